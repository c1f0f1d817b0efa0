// Runs value-add and pitch side by side on shared networks, populations and random numbers, and takes the few figures
// that the article's claims are about. For tests of direction, not for users.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/conversation.hpp"
#include "models/models.hpp"
#include "sim/observe/cascade.hpp"

namespace passalong {

// One world at its end.
struct ArmFigures {
  double followers = 0, unfollows = 0, narrow = 0, fans = 0, sellers = 0, diversity = 0;  // narrow = fans + sellers
  double beyond = 0;  // share of posts passed on beyond one hop
  double size = 0;    // mean cascade size
  double adoptions = 0;
};

struct Arms {
  Ground ground;
  std::shared_ptr<const TopicTraits> topics;
  Scenario scenario;  // its strategies are the arms

  Arms(Scenario s, Team& team) : scenario(std::move(s)) {
    ground = make_network(scenario, 0, team);
    topics = std::make_shared<TopicTraits>(summarise_topics(ground, team));
  }

  // Figures of every strategy in one replicate of a variant of the scenario on the same network.
  std::vector<ArmFigures> run(const Scenario& s, std::uint32_t replicate) const {
    Team alone(1);
    const Population people = draw_population(s, ground, topics, replicate, alone);
    std::vector<ArmFigures> figures;
    for (const StrategySection& strategy : s.strategies) {
      const Setting setting{&s, &ground, &people, replicate, {&strategy}};
      figures.push_back(end_of(*find_model(s.model).make(setting, alone), s));
    }
    return figures;
  }

 private:
  static ArmFigures end_of(World& world, const Scenario& s) {
    ArmFigures f;
    double posts = 0;
    const auto drain = [&] {
      for (const PostRecord& r : world.take_closed()) {
        const Cascade c = measure_cascade(r.parents);
        ++posts, f.beyond += c.depth > 1, f.size += static_cast<double>(c.size);
      }
    };
    while (world.now() < s.last_tick()) {
      world.step();
      if (world.now() % 240 == 0) drain();
    }
    world.close_all();
    drain();
    f.beyond /= std::max(1.0, posts), f.size /= std::max(1.0, posts);
    std::vector<double> row;
    world.measure(row);
    const auto value = [&](const char* name) {
      for (std::size_t q = 0; q < row.size(); ++q)
        if (std::string(world.quantities()[q].name) == name) return row[q];
      return 0.0;
    };
    f.followers = value("followers"), f.unfollows = value("unfollows"), f.fans = value("fan_share");
    f.sellers = value("seller_share"), f.narrow = f.fans + f.sellers, f.diversity = value("audience_diversity");
    f.adoptions = value("adoptions");
    return f;
  }
};

// A copy of a scenario with its own copy of the conversation model's parameters, changed.
inline Scenario with(const Scenario& s, const std::function<void(Scenario&, Mechanisms&)>& change) {
  Scenario copy = s;
  auto m = std::make_shared<Mechanisms>(*std::static_pointer_cast<Mechanisms>(s.parameters));
  change(copy, *m);
  copy.parameters = m;
  return copy;
}

inline Scenario two_arms(std::int64_t accounts, std::int64_t followers, double days) {
  Scenario s;
  s.seed = 7, s.duration = 24 * days;
  s.network.accounts = accounts;
  s.parameters = std::make_shared<Mechanisms>();
  s.strategies.push_back({"value-add", 2, {0.9, 0.1, 0}, followers});
  s.strategies.push_back({"pitch", 2, {0.1, 0.9, 0}, followers});
  return s;
}

}  // namespace passalong
