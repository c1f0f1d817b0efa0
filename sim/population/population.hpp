// Who the accounts are: traits as columns, drawn once per replicate and shared by every strategy of it. The accounts
// of the network come first, then those that join during the run.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/network/network.hpp"
#include "sim/population/topics.hpp"

namespace passalong {

// Rates are summed in whole 1/65536 posts a day, so that no order of adding can matter.
inline constexpr double activity_unit = 1.0 / (1 << 16);
inline std::uint64_t activity_units(float posts_a_day) {
  return static_cast<std::uint64_t>(static_cast<double>(posts_a_day) / activity_unit + 0.5);
}
inline float load_of(std::uint64_t units) { return static_cast<float>(static_cast<double>(units) * activity_unit); }

struct Population {
  std::shared_ptr<const TopicTraits> topics;
  HugeColumn<float> attention;            // posts read a day
  HugeColumn<float> activity;             // posts made a day
  HugeColumn<float> load;                 // posts a day from all followees
  std::vector<std::uint64_t> load_units;  // the same, as the sum of activity_units; only where follows change
  HugeColumn<float> affinity;             // liking of the studied product, 0..1
  HugeColumn<float> audience_affinity;    // mean over followers
  HugeColumn<std::uint8_t> seller;        // pitches a product of its own
  HugeColumn<std::uint8_t> expertise;     // x 255
  HugeColumn<std::uint8_t> cohort;  // of the scenario's, in order, then that of the rest; only where there are any
  HugeColumn<std::uint8_t> place;   // where it lives, from 0; only where there are places
  double mean_affinity = 0;
  double celebrity_followers = 1;  // F_c: followers of the top `celebrity_share`

  // The first audiences of the accounts under study, most eager first. Strategies share one: a strategy with N
  // followers gets the first N, so audiences of different size are nested and those of the same size equal. Brands,
  // which share a world, have one each; these overlap as chance has it.
  struct Fan {
    AccountId account;
    bool reciprocal;
  };
  std::vector<std::vector<Fan>> audiences;
  const std::vector<Fan>& audience(std::size_t studied) const {
    return audiences[studied < audiences.size() ? studied : 0];
  }

  double fame(double followers) const { return followers / (followers + celebrity_followers); }
  std::uint64_t bytes() const;
};

// Gives those who will join interests of their own, as if the network had no follows of theirs to mix them along.
// Failure(Exit::scenario) where there would be more accounts than ids.
void add_newcomers(Ground& ground, const Scenario& scenario, std::uint32_t replicate, Team& team);

Population draw_population(const Scenario& scenario, const Ground& ground, std::shared_ptr<const TopicTraits> topics,
                           std::uint32_t replicate, Team& team);
// The accounts of the network whose place strategies take, in the strategies' order. They neither read nor post as
// ordinary ones, in any arm. Failure(Exit::scenario) for a label that is not there.
std::vector<AccountId> accounts_taken(const Scenario& scenario, const Network& network);
// The followers of such an account, reciprocal where it follows back.
std::vector<Population::Fan> audience_of(const Network& network, AccountId account);
// The studied account's own topics: weight of topic t, summing to 1 (the product topic first, then decaying).
std::vector<double> brand_topics(const Scenario& scenario);
std::uint64_t forecast_population_bytes(const Scenario& scenario, std::uint64_t accounts);

}  // namespace passalong
