// Contagion in steps as one would write it on a blackboard, from models/ODD.md: in every step everybody looks at
// everybody. The serial reference of the models of thresholds and adoption.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/seeds.hpp"

namespace passalong {

struct PlainCourse {
  std::vector<std::vector<double>> rows;  // of each step
  std::uint32_t depth = 0;
  std::vector<std::vector<double>> table{};  // of signals
  bool operator==(const PlainCourse&) const = default;
};

// Who follows whom, read off once.
struct PlainNetwork {
  struct Followee {
    AccountId account;
    double weight;
  };
  std::vector<std::vector<Followee>> followees;

  explicit PlainNetwork(const Network& network) : followees(network.accounts()) {
    for (AccountId a = 0; a < network.accounts(); ++a)
      for (std::uint64_t f = network.offsets[a]; f < network.offsets[a + 1ULL]; ++f)
        followees[network.followers[f]].push_back(
            {a, network.weights.empty() ? 1.0 : static_cast<double>(network.weights[f])});
  }
  std::size_t accounts() const { return followees.size(); }
  std::uint64_t active(AccountId account, const std::vector<char>& is) const {
    std::uint64_t count = 0;
    for (const Followee& f : followees[account]) count += is[f.account] != 0;
    return count;
  }
};

class PlainContagion {
 public:
  PlainContagion(const Network& network, std::vector<Seed> seeds, std::uint64_t seed, std::uint32_t replicate)
      : network_(network), seeds_(std::move(seeds)), seed_(seed), replicate_(replicate), active_(network.accounts()) {}

  std::uint32_t last = 1000;  // step
  std::uint32_t traits = 0;   // the replicate whose traits hold
  bool neighbourhood = false;

  // of: "share", "number", "weight", "relative-weight".
  PlainCourse thresholds(const Distribution& threshold, const std::string& of, bool one_by_one);
  PlainCourse signals(const std::vector<double>& chances);
  PlainCourse fractions(double share, double overload, std::uint32_t shares_for);
  PlainCourse adoption_in_steps(double p, double q, bool well_mixed);
  PlainCourse adoption_in_time(double p, double q, bool well_mixed);

 private:
  Stream stream(Purpose purpose, std::uint32_t replicate) const { return {seed_, replicate, purpose}; }
  std::uint64_t strike(double step);  // seeds whose moment has come
  bool seeds_left() const { return struck_ < seeds_.size(); }
  std::uint64_t count() const { return static_cast<std::uint64_t>(std::ranges::count(active_, 1)); }
  void row(PlainCourse& course, std::uint64_t fresh) const;
  double share_of(AccountId account, bool well_mixed) const;
  bool is_reached(AccountId account, double threshold, const std::string& of) const;

  PlainNetwork network_;
  std::vector<Seed> seeds_;
  std::uint64_t seed_;
  std::uint32_t replicate_;
  std::vector<char> active_;
  std::size_t struck_ = 0;
};

// A crowd in which everybody sees everybody: how many take part after each step.
std::vector<double> plain_crowd(const std::vector<double>& thresholds, bool share);

}  // namespace passalong
