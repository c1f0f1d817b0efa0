// Independent cascades (Goldenberg, Libai & Muller 2001; Kempe, Kleinberg & Tardos 2003) on a fixed network: an account
// that becomes active has one chance, in the next step, to activate each of its followers. Exact: every follow of every
// replicate has a draw of its own, named by the two (Purpose::live_edge), so all algorithms give the same cascades.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/engine/seeds.hpp"
#include "sim/network/network.hpp"

namespace passalong {

// How likely a follower is to be activated, once, by the account followed.
struct Chances {
  enum class Kind : std::uint8_t {
    uniform,    // probability
    weights,    // the network's
    followees,  // 1 / (how many the follower follows): 'weighted cascade'
    levels,     // one of three, drawn for each follow: 'trivalency'
  };
  Kind kind = Kind::uniform;
  double probability = 0.1;
  std::shared_ptr<const std::vector<std::uint8_t>> levels = {};  // by follow (levels.hpp); spread draws what is missing
};
// How likely that follow is to carry, whatever the kind; not for inner loops.
double chance_of(const Network& network, const Chances& chances, std::uint64_t edge, AccountId follower);

// A seed is active from the first step on that is not before its moment.
inline std::uint32_t step_of(const Seed& seed) {
  const double at = seed.at - 1e-9;  // moments are quotients
  const auto whole = static_cast<std::uint32_t>(at > 0 ? at : 0);
  return whole + static_cast<std::uint32_t>(at > whole);
}

enum class CascadeAlgorithm : std::uint8_t {
  choose,  // by choose_algorithm
  single,  // one replicate at a time on a worker; a bit an account
  sparse,  // hundreds of small ones interleaved on a worker; no work or memory by account
  levels,  // 64 to 512 replicates in one pass, step by step
  lazy,    // the same in whichever order saves most: no depth, no steps
};
const char* name_of(CascadeAlgorithm algorithm);

inline constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();

struct CascadePlan {
  const Network* network = nullptr;
  Chances chances{};
  SeedRule seeds{};
  std::uint64_t seed = 1;
  std::uint32_t first_replicate = 0;
  std::uint32_t replicates = 1;
  std::uint32_t most_steps = no_limit;       // what is active then activates nobody
  bool times = true;                         // depth is wanted
  bool exact = false;                        // no cascades at all: spread_exactly (exact.hpp)
  bool steps = false;                        // and how many became active at each step; not lazily
  std::uint32_t most_kept_steps = no_limit;  // of one replicate; a row that is so long may have been longer
  bool trees = false;                        // and structural virality, of one seed; by the walks alone
  std::uint32_t large = 0;  // cascades below this size are counted by size alone; 0: each has its place
  CascadeAlgorithm algorithm = CascadeAlgorithm::choose;
  unsigned lanes = 0;                                    // replicates a pass: 64, 128, 256 or 512; 0: as memory allows
  std::uint64_t memory = std::uint64_t{4} << 30;         // for the state of all workers
  std::function<bool()> go_on{};                         // asked now and then; false: begin no more
  std::function<void(std::uint64_t replicates)> done{};  // so many more are done; from any worker
};

// Cascades of one size: how many, and the sums of their depths and of the distances of all their pairs.
struct SizeCount {
  std::uint64_t count = 0, depths = 0, distances = 0;
  SizeCount& operator+=(const SizeCount& o) {
    count += o.count, depths += o.depths, distances += o.distances;
    return *this;
  }
};

struct LargeCascade {
  std::uint32_t replicate = 0, size = 0, depth = 0;
  AccountId seed = 0;  // the first
  double structural_virality = 0;
};

struct CascadeOutcome {
  CascadeAlgorithm algorithm = CascadeAlgorithm::choose;
  std::uint32_t begun = 0;                        // replicates, from the first; all of them are whole
  std::vector<std::uint32_t> sizes;               // by replicate: accounts active in the end; 0: not begun
  std::vector<std::uint32_t> depths;              // steps until the last of them; empty without times
  std::vector<double> viralities;                 // structural: mean distance of two accounts; empty without trees
  std::vector<std::vector<std::uint32_t>> steps;  // by replicate and step: how many became active
  // In place of these, where small ones are only counted:
  std::vector<SizeCount> small;     // by size
  std::vector<LargeCascade> large;  // by replicate
  // In all: follows tried (those of everyone active, but for the last step of a limit), tries that succeeded, whether
  // or not the follower was active already, and accounts active in the end that are no seeds.
  std::uint64_t trials = 0, successes = 0, activations = 0;
};

// The same for any team, algorithm and number of lanes.
CascadeOutcome spread(const CascadePlan& plan, Team& team);

// From the plan and its network alone, never from the machine.
CascadeAlgorithm choose_algorithm(const CascadePlan& plan);
// Accounts that one cascade is expected to reach, roughly: a branching process along follows, at most all accounts.
double expect_reached(const CascadePlan& plan);
// Bytes of state on so many workers.
std::uint64_t cascade_bytes(const CascadePlan& plan, unsigned workers);

}  // namespace passalong
