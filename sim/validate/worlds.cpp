#include "sim/validate/worlds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace passalong {

std::string sure_forwarding() {
  return "forwarding.friends = false\nforwarding.rate = 1\nforwarding.steepness = 1000\nforwarding.stranger = 1\n";
}

std::string PlainWorld::toml() const {
  std::string text = fmt::format(
      "duration = \"{}\"\ntick = \"{}\"\nreplicates = "
      "{}\n{}\n[network]\n{}\n[population]\n{}\n[audience]\n{}\n[content]\n"
      "lifetime = \"{}\"\n{}\n[output]\nevery = \"{}\"\n{}\n[model]\nname = \"conversation\"\n{}\n",
      duration, tick, replicates, root, network, population, audience, lifetime, content, every, output, model);
  for (const char* mechanism :
       {"attention", "appraisal", "suspicion", "trust", "forwarding", "delay", "follow", "unfollow", "ladder"})
    if (std::find(on.begin(), on.end(), mechanism) == on.end()) text += fmt::format("{}.on = false\n", mechanism);
  return text + fmt::format("[[strategy]]\nname = \"one\"\nposts = \"{}\"\nmix = {}\n{}\n", posts, mix, strategy);
}

}  // namespace passalong
