// The simplest worlds of the conversation model, as TOML: one account under study, and no mechanism but those named.
#pragma once
#include <string>
#include <vector>

namespace passalong {

struct PlainWorld {
  std::string network = "kind = \"ring\"\nneighbours = 2\naccounts = 2000";
  std::string duration = "10 days", tick = "1 h", every = "1 day", lifetime = "168 h";
  long replicates = 1;
  std::string root{};  // further keys of the root
  std::string population = "topics = 1\nactivity = 1\nsellers = 0";
  std::string audience = "affinity_weight = 0\ntopic_weight = 0\nreciprocal = 0\ninflow = 0";
  std::string content{}, output{};
  // [model] keys; a mechanism that is not named here is off, and what is passed on is passed on at the next tick.
  std::string model{};
  std::vector<std::string> on{};  // mechanisms that stay on
  std::string posts = "1 per day", mix = "{ value = 1 }", strategy = "followers = 1000";

  std::string toml() const;
};

// Keys of [model.forwarding] with which everyone passes on what it sees, once.
std::string sure_forwarding();

}  // namespace passalong
