// The policies of studied accounts as models/ODD.md tells them, for the reference simulator: what appears when, what it
// is, what a learner chooses.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/engine/world.hpp"

namespace passalong::reference {

struct Work {  // of one studied account
  Work(const Setting& setting, std::size_t studied);

  // When a post falls due, in days since the run's start.
  double due(std::uint32_t n) const;
  struct Piece {
    std::size_t kind;  // in the order of the mix
    std::size_t topic;
    float quality;
  };
  Piece content(std::uint32_t n) const;
  // The first day with `won` so far, or the next: what is in force from then on.
  void begin_day(std::uint32_t day, double won);
  double won(double followers_gained, double adoptions, double shares) const;

  double cost(PostKind kind) const;  // hours

  double R = 0;  // posts a day in force
  double pitch_share() const { return mix[1]; }

 private:
  double u(Purpose purpose, std::uint32_t n, std::size_t word, std::uint32_t block = 0) const;
  double clock(double day) const;
  double day_at(double reading) const;
  void take(const std::vector<double>& shares, double posts, std::uint32_t day);
  std::size_t best_arm(std::uint32_t period) const;
  Piece drawn(std::uint32_t n) const;
  void sort_all();

  const Scenario& s;
  const StrategySection& p;
  const Setting& world;
  AccountId author;
  std::vector<double> mix, rates;  // rates: by hour of the week; empty: even
  double made = 0;                 // M
  std::uint32_t since = 0;
  std::size_t phase = 0, arm = 0;
  double last_won = 0;
  std::vector<std::pair<std::size_t, double>> rewards;  // arm, reward
  std::vector<Piece> sorted;
};

}  // namespace passalong::reference
