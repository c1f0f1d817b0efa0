// A small scenario with its network, population and worlds, built in code: what the tests of the engine stand on.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/conversation.hpp"
#include "models/models.hpp"
#include "sim/engine/world.hpp"
#include "sim/network/interests.hpp"

namespace passalong {

struct SmallWorld {
  Scenario scenario = plain();
  Mechanisms mechanisms;
  Ground ground;
  Population population;
  std::uint32_t replicate = 0;

  // Copied, because making the tables of its distributions takes a while.
  static Scenario plain() {
    static const Scenario scenario;
    return scenario;
  }
  StrategySection& study(const std::string& name, double posts, double pitch, std::int64_t followers) {
    StrategySection s;
    s.name = name, s.posts = posts, s.followers = followers, s.mix[0] = 1 - pitch, s.mix[1] = pitch;
    scenario.strategies.push_back(s);
    return scenario.strategies.back();
  }
  // Those studied so far share one world as brands.
  void compete() { scenario.brands = std::exchange(scenario.strategies, {}); }
  void generate(Team& team) {
    ground = make_network(scenario, replicate, team);
    populate(team);
  }
  void take(Network network, Team& team) {
    scenario.network.accounts = network.accounts();
    ground.network = std::move(network);
    ground.interests = draw_interests(ground.network.accounts(), scenario.population,
                                      static_cast<std::uint64_t>(scenario.seed), replicate, team);
    populate(team);
  }
  void populate(Team& team) {
    scenario.parameters = std::make_shared<Mechanisms>(mechanisms);  // whether follows change
    if (ground.interests.primary.size() == ground.network.accounts()) add_newcomers(ground, scenario, replicate, team);
    population = draw_population(scenario, ground, std::make_shared<TopicTraits>(summarise_topics(ground, team)),
                                 replicate, team);
  }
  Setting setting(std::vector<const StrategySection*> studied) const {
    return {&scenario, &ground, &population, replicate, std::move(studied)};
  }
  Setting setting() const {
    std::vector<const StrategySection*> all;
    for (const StrategySection& s : scenario.policies()) all.push_back(&s);
    return setting(std::move(all));
  }
  std::unique_ptr<World> world(const Setting& setting, Team& team) {
    scenario.parameters = std::make_shared<Mechanisms>(mechanisms);
    return conversation.make(setting, team);
  }
};

}  // namespace passalong
