// A model with a parameter of every kind, so that the tests of scenarios need no real one; and one without strategies.
#pragma once
#include <memory>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace passalong {

struct FakeModel : ModelParameters {
  bool on = true;
  double gain = 0.1;
  std::int64_t slots = 15;
  double memory = 48, pace = 0.5;
  std::string order = "ranked", note = "none";
  Distribution noise = Distribution::exponential(3);
  void declare(Fields& f) override {
    f.rate("pace", pace, {.low = 0, .high = 10, .help = "how fast"});
    f.section("trust", {.help = "what posts have earned"}, [&](Fields& g) {
      g.flag("on", on, {.help = "off: no trust", .source = "assumption"});
      g.number("gain", gain, {.low = 0, .high = 1, .help = "what a good post adds", .source = "assumption"});
      g.distribution("noise", noise, {.low = 0, .help = "noise"});
    });
    f.section("feed", {.help = "what is on the screen"}, [&](Fields& g) {
      g.integer("slots", slots, {.low = 1, .high = 1000, .help = "slots"});
      g.duration("memory", memory, {.low = 1, .high = 1000, .help = "how long a post stays"});
      g.choice("order", order, {"ranked", "newest-first"}, {.help = "order"});
      g.text("note", note, {.help = "a note"});
    });
  }
};

struct FakeCascade : ModelParameters {
  double probability = 0;
  void declare(Fields& f) override {
    f.number("probability", probability, {.low = 0, .high = 1, .help = "chance along each follow", .required = true});
  }
};

inline const std::vector<ModelChoice>& fake_models() {
  static const std::vector<ModelChoice> models = {
      {"conversation", "a stand-in",
       [] { return std::static_pointer_cast<ModelParameters>(std::make_shared<FakeModel>()); }},
      {"independent-cascade", "a stand-in without strategies",
       [] { return std::static_pointer_cast<ModelParameters>(std::make_shared<FakeCascade>()); }, false}};
  return models;
}

// A scenario that is whole; tests add lines to it or override it.
inline constexpr const char* whole_scenario = R"(duration = "30 days"
[[strategy]]
name = "give"
posts = "2 per day"
mix = { value = 0.9, pitch = 0.1 }
[[strategy]]
name = "sell v1.0"
posts = "14 per week"
mix = { pitch = 1 }
followers = 100
)";

inline Scenario parse_fake(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return parse_scenario(text, "test.toml", fake_models(), overrides);
}

}  // namespace passalong
