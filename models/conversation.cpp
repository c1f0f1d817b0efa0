// The flagship: readers with limited attention appraise posts, learn to suspect and to trust their authors, pass on
// what their friends will like too, follow, buy, and leave.
#include "models/conversation.hpp"

#include <fmt/format.h>

#include "models/conversation/world.hpp"
#include "models/models.hpp"

namespace passalong {

void Mechanisms::check(const Scenario& scenario, Fields& f) {
  further.each([&](auto& m) {
    if constexpr (requires { m.check(scenario, f); }) m.check(scenario, f);
  });
  if (feed() == nullptr) return;
  f.check("attention", scenario.population.posts > 0,
          "`form` = \"feed\" needs everyone's posts: the background is load only",
          "simulate it: [population] posts = \"0.7 per day\"");
  f.check("attention", attention.feed.window >= scenario.tick, "`window` of the feed is shorter than a tick",
          fmt::format("at least \"{:g} h\"", scenario.tick));
}

namespace {

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Mechanisms>(); }
std::unique_ptr<World> make(const Setting& setting, Team& team) {
  return std::make_unique<ConversationWorld>(setting,
                                             *std::static_pointer_cast<Mechanisms>(setting.scenario->parameters), team);
}

}  // namespace

const ModelEntry conversation = {
    {"conversation",
     "value-add against pitch: attention, appraisal, suspicion, trust, forwarding, follow, unfollow, ladder",
     parameters},
    make};

}  // namespace passalong
