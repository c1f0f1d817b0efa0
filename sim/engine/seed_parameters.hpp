// The keys with which classic models say who is active at the start, and their rule on a network.
#pragma once
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/engine/seeds.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

struct SeedParameters {
  std::vector<AccountChoice> choices{{.random = 1}};
  bool same = false;
  bool may_be_none = false;  // something begins without

  void declare(Fields& f, const char* who, const char* source);  // who: "who is active at the start"
  void check(const Scenario& scenario, Fields& f) const;
  // Without a network: so many accounts. Adds what the network has not to the faults.
  SeedRule rule(const Scenario& scenario, const Network* network, std::vector<Fault>& faults) const;
};

}  // namespace passalong
