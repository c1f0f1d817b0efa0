// The list of generators: one line a kind.
#include "sim/network/generators/kinds.hpp"

#include <algorithm>

#include "sim/network/generators/configuration.hpp"

namespace passalong {

std::span<const KindOfNetwork> kinds_of_network() {
  static const std::vector<KindOfNetwork> kinds{
      {"configuration", generate_configuration, mean_configuration},
  };
  return kinds;
}

const KindOfNetwork* find_kind(const std::string& name) {
  const auto all = kinds_of_network();
  const auto kind = std::find_if(all.begin(), all.end(), [&](const KindOfNetwork& k) { return name == k.name; });
  return kind == all.end() ? nullptr : &*kind;
}

}  // namespace passalong
