// The policy of one account under study at work: when its next post appears and what it is. What is in force stands in
// Studied and changes between days alone, where a phase ends or the account learns.
#pragma once
#include <vector>

#include "sim/engine/columns.hpp"
#include "sim/engine/week.hpp"
#include "sim/engine/world.hpp"

namespace passalong {

class Policy {
 public:
  Policy(const Setting& setting, std::size_t studied);

  void begin(Studied& account) const;  // before the first tick
  // Before the first tick of a day: ends a phase, pays and chooses where it learns. True where it posts more or less
  // often from now on.
  bool turn(Studied& account, std::uint32_t day) const;

  // At a tick of a run that `before` has governed so far: what is in force from now on. Posts that were made and time
  // that has passed count; where nothing differs, nothing changes. True as for `turn`.
  bool take_over(Studied& account, const Policy& before, Tick now);

  Tick due(const Regime& now, std::uint32_t ordinal) const;
  Content content(const Regime& now, std::uint32_t ordinal) const;
  double hours(PostKind kind) const;  // of work on a post
  double pitch_share(const Regime& now) const { return mixes_[now.place].shares[pitch_in_mix]; }
  double reward(const Studied& account) const;    // won so far
  std::uint32_t most_alive(Tick lifetime) const;  // posts that are born within a lifetime, at most

 private:
  struct Mix {  // of a phase, or of an arm it chooses from
    double shares[kinds_in_mix];
    double posts;       // a day
    double begins = 0;  // a phase: its first day
  };
  void add_mix(const double (&shares)[kinds_in_mix], double stated, double begins = 0);
  void change(Regime& now, std::uint32_t day, std::size_t place) const;
  std::size_t choose(const Studied& account, std::uint32_t day) const;
  Content drawn(const Regime& now, std::uint32_t ordinal) const;
  Content logged(const Regime& now, std::uint32_t ordinal) const;
  Content filled(PostKind kind, const Words& words) const;
  void put_in_order(const Studied& from, Tick now);

  bool is_logged() const { return !policy_.calendar.file.empty(); }
  std::size_t place_in_log(const Regime& now, std::uint32_t ordinal) const;
  bool same_log(const Policy& other) const;
  bool same_order(const Policy& other) const;
  std::uint32_t place_on(Studied& account, const Policy& before, std::uint32_t day) const;
  double progress(const Studied& account, const Regime& now, double day) const;
  void rebase(Studied& account, const Policy& before, const Regime& old, Tick now) const;

  const Scenario& scenario_;
  const StrategySection& policy_;
  AccountId author_;
  Week week_;
  std::vector<double> topics_;  // weights
  std::vector<Mix> mixes_;
  std::vector<Content> ordered_;    // every post of the run, where their order is not as drawn
  std::uint32_t ordered_from_ = 0;  // ordinal of the first of them
  std::uint32_t every_ = 0;         // days a choice lasts
  Stream time_, content_, learning_;
};

}  // namespace passalong
