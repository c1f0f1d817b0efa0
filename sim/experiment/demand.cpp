// Every figure that was measured rather than derived stands in `measured`, with what it means.
#include "sim/experiment/demand.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/experiment/run.hpp"
#include "sim/network/network.hpp"
#include "sim/population/population.hpp"

namespace passalong {
namespace {

namespace measured {
// Bytes.
constexpr double program = 24 << 20;         // code, libraries, tables of distributions
constexpr double line_of_text = 12;          // of an edge list; a third of it compressed
constexpr double a_relation = 150;           // a reader's row about a studied account, with index and spare room
constexpr double a_live_post = 120;          // of the background, with its shares
constexpr double a_value_in_result = 8 * 4;  // record, result, file image and its copy
constexpr double quantities = 25;
constexpr double a_post_in_result = 400;
// Spread.
constexpr double reach_of_followers = 30;     // accounts reached, per follower of a studied account
constexpr double growth = 1.15;               // followers over the run, against the start
constexpr double deliveries_by_shares = 1.5;  // per delivery to own followers
constexpr double follows_an_account = 8;      // of a network file, whose accounts are not known before it is read
// Seconds on one thread.
constexpr double an_account_made = 1.5e-6;  // a network's account
constexpr double a_follow_made = 1.2e-7;
constexpr double an_account_peopled = 1.2e-6;
constexpr double a_follow_peopled = 1e-8;
constexpr double a_delivery = 2e-8;
constexpr double an_account_a_world = 1e-7;
constexpr double a_follower_a_day = 1e-6;
constexpr double a_tick = 5e-6;
}  // namespace measured

std::uint64_t whole(double x) { return static_cast<std::uint64_t>(std::max(0.0, x)); }

void size_network(const Scenario& s, Demand& d) {
  const NetworkSection& n = s.network;
  d.accounts = static_cast<std::uint64_t>(n.accounts);
  d.follows = whole(static_cast<double>(n.accounts) * n.mean_followers);
  if (n.file.empty()) return;
  std::error_code absent;
  const auto size = std::filesystem::file_size(resolve_path(s, n.file), absent);
  const double bytes_a_line = measured::line_of_text / (n.file.ends_with(".gz") ? 3 : 1);
  const double lines = absent ? 0 : static_cast<double>(size) / bytes_a_line;
  d.follows = whole(lines * (n.direction == "undirected" ? 2 : 1));
  d.accounts = whole(lines / measured::follows_an_account);
}

struct Activity {  // summed over the arms, for one replicate
  double followers = 0, posts = 0, deliveries = 0;
};

Activity expect_activity(const Scenario& s, const Demand& d) {
  const double days = (s.duration + s.warm_up) / 24;
  Activity a;
  for (const StrategySection& strategy : s.strategies) {
    const double followers = std::min<double>(static_cast<double>(strategy.followers), static_cast<double>(d.accounts));
    a.followers += followers;
    a.posts += strategy.posts * days;
    a.deliveries += strategy.posts * days * followers * measured::growth * (1 + measured::deliveries_by_shares);
  }
  a.deliveries += static_cast<double>(d.arms) * s.population.posts * days * static_cast<double>(d.follows) *
                  (1 + measured::deliveries_by_shares);
  return a;
}

void size_memory(const Scenario& s, const Activity& a, Demand& d) {
  const double accounts = static_cast<double>(d.accounts), follows = static_cast<double>(d.follows),
               topics = static_cast<double>(s.population.topics), worlds = static_cast<double>(d.worlds);
  d.making = forecast_network_bytes(s);
  d.ground = whole(accounts * (8 + 4 + 4 * topics + 1 + 2 * topics) + 4 * follows);
  d.people = forecast_population_bytes(s, d.accounts) -
             std::min(forecast_population_bytes(s, d.accounts), whole(accounts * 2 * topics));
  const double followers = a.followers / static_cast<double>(d.arms);
  const double live = accounts * s.population.posts * s.content.lifetime / 24;
  d.world = whole(4 * accounts + measured::a_relation * std::min(accounts, measured::reach_of_followers * followers) +
                  measured::a_live_post * live);
  const double rows = s.duration / s.output.every + 1;
  d.records = whole(worlds * rows * measured::quantities * measured::a_value_in_result +
                    (s.output.posts ? static_cast<double>(s.replicates) * a.posts * measured::a_post_in_result : 0));
}

void size_time(const Scenario& s, const Activity& a, Demand& d) {
  const double accounts = static_cast<double>(d.accounts), follows = static_cast<double>(d.follows),
               worlds = static_cast<double>(d.worlds), replicates = static_cast<double>(s.replicates);
  const double network = accounts * measured::an_account_made + follows * measured::a_follow_made;
  const double people = accounts * measured::an_account_peopled + follows * measured::a_follow_peopled;
  d.seconds_once = (d.own_network ? 0 : network) + (s.redraw == "behaviour" ? people : 0);
  d.seconds_a_replicate = (d.own_network ? network : 0) + (s.redraw == "behaviour" ? 0 : people);
  d.seconds_of_worlds = replicates * a.deliveries * measured::a_delivery +
                        replicates * a.followers * measured::a_follower_a_day * (s.duration + s.warm_up) / 24 +
                        worlds * (accounts * measured::an_account_a_world + s.last_tick() * measured::a_tick);
}

}  // namespace

Demand estimate_demand(const Scenario& s) {
  Demand d;
  d.arms = std::max<std::size_t>(1, s.strategies.size());
  d.worlds = d.arms * static_cast<std::uint64_t>(s.replicates);
  d.own_network = s.redraw == "network";
  size_network(s, d);
  const Activity a = expect_activity(s, d);
  d.deliveries = whole(static_cast<double>(s.replicates) * a.deliveries);
  size_memory(s, a, d);
  size_time(s, a, d);
  return d;
}

// Worlds side by side belong to neighbouring replicates.
std::uint64_t Demand::bytes(unsigned groups) const {
  const std::uint64_t replicates = std::min(worlds / arms, (groups + arms - 2) / arms + 1);
  const std::uint64_t standing = (own_network ? replicates : 1) * ground + replicates * people + groups * world;
  const std::uint64_t while_making = making + (own_network ? standing - ground : 0);
  return static_cast<std::uint64_t>(measured::program) + std::max(standing, while_making) + records;
}

unsigned Demand::groups_within(std::uint64_t bytes_to_use, unsigned threads) const {
  unsigned groups = static_cast<unsigned>(std::min<std::uint64_t>(worlds, threads));
  while (groups > 1 && bytes(groups) > bytes_to_use) --groups;
  return std::max(1U, groups);
}

Forecast forecast(const Scenario& scenario, unsigned threads) {
  const Demand d = estimate_demand(scenario);
  const unsigned workers = threads == 0 ? hardware_threads() : threads;
  const unsigned groups = d.groups_within(available_memory(), workers);
  const double replicates = static_cast<double>(d.worlds / d.arms);
  const double seconds =
      d.seconds_once / workers + (d.seconds_a_replicate * replicates + d.seconds_of_worlds) / workers;
  return {d.accounts, d.follows, d.bytes(groups), d.deliveries, seconds};
}

}  // namespace passalong
