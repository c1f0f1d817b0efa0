// Epidemics on a fixed network: accounts are susceptible, perhaps exposed, infected, and perhaps recovered; whoever is
// infected passes it on along each follow, by a chance in each step or at a rate in continuous time. models/ODD.md 7.6.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>

#include "sim/engine/processes/process.hpp"
#include "sim/engine/seeds.hpp"

namespace passalong {

// How long an account stays in a state.
struct Stay {
  double chance = 0;  // to leave it at the end of each step; or the rate at which it leaves; 0: never
  double ticks = 0;   // above 0: exactly so long instead
};

struct EpidemicPlan {
  bool continuous = false;
  double infection = 0;     // by follow: chance in a step, or rate a tick
  bool well_mixed = false;  // everybody follows everybody, whatever the network
  bool exposes = false;     // who is infected is exposed first, and passes nothing on
  bool recovers = false, immune = false;
  Stay incubation{}, infectious{}, immunity{};  // as far as there are such
  SeedRule seeds{};
  std::uint64_t seed = 0;
  double most_ticks = std::numeric_limits<double>::infinity();
  double days_a_tick = 1.0 / 24;

  // Somebody can be infected more than once.
  bool returns() const { return (recovers && !immune) || immunity.chance > 0 || immunity.ticks > 0; }
};

// The network must outlive it.
std::unique_ptr<Process> make_epidemic(EpidemicPlan plan, const Network& network);

}  // namespace passalong
