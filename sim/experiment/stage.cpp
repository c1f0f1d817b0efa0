// One mutex guards the book-keeping; making happens outside it.
#include "sim/experiment/stage.hpp"

#include <algorithm>
#include <string>

#include "sim/base/failure.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/network/followees.hpp"

namespace passalong {
namespace {

// What the scenario alone cannot tell of a network from a file.
void check_audiences(const Scenario& scenario, const Network& network) {
  const std::int64_t most = network.accounts() / 2;
  const std::string noun = scenario.brands.empty() ? "strategy" : "brand";
  std::vector<Fault> faults;
  for (const StrategySection& s : scenario.policies())
    if (s.account.empty() && s.followers > most)
      faults.push_back({.file = scenario.path,
                        .message = noun + " '" + s.name + "' starts with " + std::to_string(s.followers) +
                                   " followers, but the network has only " + std::to_string(network.accounts()) +
                                   " accounts",
                        .help = "at most half of them can be the first audience: followers = " + std::to_string(most)});
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
}

// All labels are there, and no two brands stand in one place: two spellings can mean one account.
void check_places(const Scenario& scenario, const Network& network) {
  std::vector<AccountId> taken = accounts_taken(scenario, network);
  std::ranges::sort(taken);
  if (!scenario.brands.empty() && std::ranges::adjacent_find(taken) != taken.end())
    throw Failure(Exit::scenario, {Fault{.file = scenario.path,
                                         .message = "two brands take the place of one account",
                                         .help = "two accounts cannot stand in one place of one world"}});
}

}  // namespace

Setting setting_on(const Stage& stage, const Scenario& scenario, std::size_t arm, std::uint32_t replicate) {
  Setting setting{&scenario, stage.ground.get(), stage.population.get(), replicate, {}};
  if (!scenario.strategies.empty()) setting.studied = {&scenario.strategies[arm]};
  for (const StrategySection& brand : scenario.brands) setting.studied.push_back(&brand);
  return setting;
}

Stages::Stages(const Scenario& scenario, std::size_t arms)
    : scenario_(scenario),
      arms_(arms),
      own_network_(scenario.redraw == "network"),
      own_people_(scenario.redraw != "behaviour") {}

void Stages::prepare_network(unsigned threads) {
  if (own_network_) return;
  Team team(threads);
  shared_ = make_ground(0, team);
}

void Stages::prepare_population(unsigned threads) {
  if (own_people_) return;
  Team team(threads);
  shared_.population =
      std::make_shared<const Population>(draw_population(scenario_, *shared_.ground, shared_.topics, 0, team));
}

void Stages::survey(Team& team) {
  if (!own_network_) note_figures(0, shared_.ground->network, team);
}

void Stages::note_figures(std::size_t replicate, const Network& network, Team& team) {
  const NetworkFigures figures = measure_network(network, team);
  const std::scoped_lock lock(mutex_);
  figures_[replicate] = figures;
}

Stage Stages::make_ground(std::size_t replicate, Team& team) const {
  Stage stage;
  Ground ground = passalong::make_ground(scenario_, static_cast<std::uint32_t>(replicate), team);
  add_newcomers(ground, scenario_, static_cast<std::uint32_t>(replicate), team);
  check_audiences(scenario_, ground.network);
  check_places(scenario_, ground.network);
  stage.topics = std::make_shared<const TopicTraits>(summarise_topics(ground, team));
  ground.interests = {};  // four times as large, and not read again
  if (scenario_.parameters && scenario_.parameters->feed() != nullptr)
    ground.followees = std::make_shared<const Followees>(followees_of(ground.network, team));
  stage.ground = std::make_shared<const Ground>(std::move(ground));
  return stage;
}

Stage Stages::make(std::size_t replicate, Team& team) {
  Stage stage = own_network_ ? make_ground(replicate, team) : shared_;
  if (own_network_) note_figures(replicate, stage.ground->network, team);
  stage.population = std::make_shared<const Population>(
      draw_population(scenario_, *stage.ground, stage.topics, static_cast<std::uint32_t>(replicate), team));
  return stage;
}

Stage Stages::take(std::size_t replicate, Team& team) {
  if (!own_people_) return shared_;
  std::unique_lock lock(mutex_);
  const auto [at, first] = places_.try_emplace(replicate);
  Place& place = at->second;
  if (first) {
    place.arms_left = arms_;
    lock.unlock();
    fill(place, replicate, team);
    lock.lock();
    place.ready = true;
    changed_.notify_all();
  }
  changed_.wait(lock, [&] { return place.ready; });
  if (place.failure) std::rethrow_exception(place.failure);
  return place.stage;
}

// Touched by its maker alone until it is ready.
void Stages::fill(Place& place, std::size_t replicate, Team& team) {
  try {
    place.stage = make(replicate, team);
  } catch (...) {
    place.failure = std::current_exception();
  }
}

void Stages::give_back(std::size_t replicate) {
  const std::scoped_lock lock(mutex_);
  const auto at = places_.find(replicate);
  if (at != places_.end() && --at->second.arms_left == 0) places_.erase(at);
}

std::vector<NetworkFigures> Stages::figures(const std::vector<std::int64_t>& of) const {
  if (!own_network_) return {figures_.at(0)};
  std::vector<NetworkFigures> all;
  for (const std::int64_t replicate : of) all.push_back(figures_.at(static_cast<std::size_t>(replicate)));
  return all;
}

}  // namespace passalong
