// Independent cascades on a directed configuration model: cascade-large and cascade-fused (W1: ten seeds at p = 0.2,
// which reach about half of the network), cascade-small (W2: one seed, ten accounts reached on average).
#include "sim/engine/cascades/cascades.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/stopwatch.hpp"
#include "sim/engine/world.hpp"
#include "sim/experiment/bench/workload.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

constexpr double full_accounts = 1e6;
constexpr double large_chance = 0.2, small_chance = 0.056;
constexpr unsigned lanes = 512;
constexpr std::uint32_t digested = 2 * lanes;  // replicates; further ones are for more threads alone

Scenario scenario_of(double scale) {
  const auto accounts = std::max<std::int64_t>(2000, static_cast<std::int64_t>(full_accounts * scale));
  return load_network_scenario(
      "", model_choices(),
      {"network.kind=\"configuration\"", "network.accounts=" + std::to_string(accounts), "network.mean_followers=9.92",
       "network.exponent=2.5", "network.cutoff=0.05", "network.followee_sigma=1", "network.reciprocity=0"});
}

std::string digest_of(const std::vector<std::uint32_t>& sizes) {
  const std::size_t count = std::min<std::size_t>(sizes.size(), digested);
  std::string bytes;
  for (std::size_t r = 0; r < count; ++r)
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(sizes[r] >> shift & 255);
  return sha256_hex(bytes);
}

class Cascading : public Course {
 public:
  Cascading(double scale, Team& team) : caches_(read_caches()) {
    const Scenario scenario = scenario_of(scale);
    network_ =
        find_kind("configuration")->generate(scenario.network, static_cast<std::uint64_t>(scenario.seed), 0, team);
    accounts = network_.accounts(), follows = network_.follows();
    bytes_per_edge = bytes_a_follow(network_);
    plan_.network = &network_;
    plan_.chances.probability = large_chance;
    plan_.seeds.random = 10;
  }

 protected:
  struct Spread {
    CascadeOutcome outcome;
    double seconds = 0, reached = 0;  // accounts, over all replicates
  };
  Spread time_it(Team& team) const {
    const Stopwatch watch;
    Spread s;
    s.outcome = spread(plan_, team);
    s.seconds = watch.seconds();
    for (const std::uint32_t size : s.outcome.sizes) s.reached += size;
    return s;
  }
  Lap lap_of(const Spread& s, double items, double lines) const {
    const double trials = static_cast<double>(s.outcome.trials);
    return {items,
            s.seconds,
            lines,
            digest_of(s.outcome.sizes),
            {{"cascades", static_cast<double>(plan_.replicates)},
             {"trials", trials},
             {"trials_per_second", trials / s.seconds},
             {"cascades_per_second", plan_.replicates / s.seconds},
             {"mean_size", s.reached / plan_.replicates}}};
  }
  // Of everyone reached: where the list begins, its lines (16 followers each).
  static double list_lines(const Spread& s) { return 2 * s.reached + static_cast<double>(s.outcome.trials) / 16; }

  Network network_;
  CascadePlan plan_;
  Caches caches_;
};

class Large : public Cascading {
 public:
  Large(double scale, Team& team) : Cascading(scale, team) {
    plan_.replicates = 32, plan_.algorithm = CascadeAlgorithm::single;
    bytes_per_account = 1.0 / 8;
  }
  std::vector<Lap> round(Team& team) override {
    const Spread s = time_it(team);
    const double marks =
        static_cast<double>(s.outcome.successes) * miss_rate(static_cast<double>(accounts) / 8, caches_.second);
    return {lap_of(s, static_cast<double>(s.outcome.trials), list_lines(s) + marks)};
  }
};

class Fused : public Cascading {
 public:
  Fused(double scale, Team& team) : Cascading(scale, team) {
    plan_.replicates = lanes * std::max(2U, team.workers());
    plan_.times = false, plan_.algorithm = CascadeAlgorithm::lazy, plan_.lanes = lanes;
    bytes_per_account = static_cast<double>(cascade_bytes(plan_, 1)) / static_cast<double>(accounts);
  }
  std::vector<Lap> round(Team& team) override {
    const Spread s = time_it(team);
    const double passes = plan_.replicates / static_cast<double>(lanes);
    // A pass meets each follow of those reached at least once, and the mask of the follower is a line of its own.
    const double met = std::min(1.0, s.reached / plan_.replicates / static_cast<double>(accounts) * 1.5);
    const double lines = passes * met * static_cast<double>(follows + 2 * accounts);
    return {lap_of(s, static_cast<double>(s.outcome.trials), lines)};
  }
};

class Small : public Cascading {
 public:
  Small(double scale, Team& team) : Cascading(scale, team) {
    plan_.chances.probability = small_chance, plan_.seeds.random = 1;
    plan_.replicates = static_cast<std::uint32_t>(std::clamp(1e6 * scale, 2000.0, 4e9));
    plan_.algorithm = CascadeAlgorithm::sparse;
  }
  std::vector<Lap> round(Team& team) override {
    const Spread s = time_it(team);
    return {lap_of(s, plan_.replicates, list_lines(s))};
  }
};

template <class Kind>
std::unique_ptr<Course> make(double scale, Team& team) {
  return std::make_unique<Kind>(scale, team);
}

std::uint64_t network_bytes(double scale) { return forecast_network_bytes(scenario_of(scale)); }

}  // namespace

Family cascade_large_family() {
  return {
      .workloads = {{"cascade-large", 1, "trials", Bound::random_lines,
                     "one independent cascade at a time, exact, on one thread: ten seeds, p = 0.2, half of 1 million "
                     "accounts reached at scale 1 (W1)",
                     "2 a reached account + trials / 16 + successes x misses of the marks"}},
      .usual_scale = 1,
      .one_thread = true,
      .bytes = [](double scale) { return 2 * network_bytes(scale); },
      .make = make<Large>};
}

Family cascade_fused_family() {
  return {.workloads = {{"cascade-fused", 1, "trials", Bound::random_lines,
                         "the same cascades, 512 in one pass over the network, each follow of each with a draw of its "
                         "own; final sizes (W1)",
                         "of each pass: 2 an account and 1 a follow that any of its cascades meets, taken as 1.5 times "
                         "the share that one meets"}},
          .usual_scale = 0.25,
          .bytes = [](double scale) { return 2 * network_bytes(scale) + (std::uint64_t{4} << 30) / 2; },
          .make = make<Fused>};
}

Family cascade_small_family() {
  return {.workloads = {{"cascade-small", 1, "cascades", Bound::random_lines,
                         "cascades from one seed that reach ten accounts on average, a million of them at scale 1 (W2)",
                         "2 a reached account + trials / 16"}},
          .usual_scale = 1,
          .bytes = [](double scale) { return 2 * network_bytes(scale) + static_cast<std::uint64_t>(1e7 * scale); },
          .make = make<Small>};
}

}  // namespace passalong
