// Every kind of network that can be generated. Each generator is one function of the section, the seed and the
// replicate, the same for any team; each file under this folder makes one kind or a few that are alike.
#pragma once
#include <cstdint>
#include <span>

#include "sim/network/network.hpp"

namespace passalong {

struct KindOfNetwork {
  const char* name;  // as [network] kind
  Network (*generate)(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
  double (*mean_followers)(const NetworkSection& section);  // expected, for forecasts
};

// All but "power-law", whose follows are made along interests (interest_network.hpp).
std::span<const KindOfNetwork> kinds_of_network();
// The one of that name; null where there is none.
const KindOfNetwork* find_kind(const std::string& name);

}  // namespace passalong
