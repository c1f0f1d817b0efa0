// One world: a population on its network, with the studied accounts' policies, stepping tick by tick. This is all
// that the layers above see of it; one virtual call a tick.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/posts.hpp"
#include "sim/engine/share_log.hpp"
#include "sim/engine/trust_ledger.hpp"
#include "sim/population/population.hpp"

namespace passalong {

// What a world is made of. Everything here is shared and constant; it must outlive the world.
struct Setting {
  const Scenario* scenario = nullptr;
  const Ground* ground = nullptr;
  const Population* population = nullptr;
  std::uint32_t replicate = 0;
  std::vector<const StrategySection*> studied;  // the policies of the studied accounts that share this world

  const Network& network() const { return ground->network; }
  // Those of the network, then those who join during the run; the studied accounts' ids come after.
  AccountId accounts() const {
    return static_cast<AccountId>(ground->network.accounts() + scenario->dynamics.newcomers);
  }
  Stream stream(Purpose purpose) const { return {static_cast<std::uint64_t>(scenario->seed), replicate, purpose}; }
  Stream stream(const char* mechanism) const {
    return {static_cast<std::uint64_t>(scenario->seed), replicate, mechanism};
  }
};

// A quantity a world can report. Flows are cumulative in the world; the time series takes their differences.
struct Quantity {
  const char* name;
  const char* units;
  const char* long_name;
  bool integer;
  bool flow;
  bool everyones = false;  // not about an account under study: one value, however many of these share the world
};

// What happened, one thing at a time, in a defined order; for the reference simulator, `explain` and tests.
// deed: of a further mechanism; ordinal is then what that says.
enum class What : std::uint8_t { post, share, follow, unfollow, check, adopt, client, deed };
struct Happening {
  Tick tick;
  What what;
  AccountId account;      // who did it; the author for posts
  AccountId author;       // of the post, or the studied account concerned
  std::uint32_t ordinal;  // of the post; the cause (0..5) for an unfollow; 0 for a client; 2^32 - 1 for a
                          // purchase by no post. Among ordinary accounts:
                          // the Way for a follow, the Parting for an unfollow (rewiring.hpp)
  bool operator==(const Happening&) const = default;
  auto operator<=>(const Happening&) const = default;
};

// Seconds spent in each phase of the tick, for benchmarks.
struct PhaseSeconds {
  double publish = 0, deliver = 0, react = 0, settle = 0;
};

class World {
 public:
  virtual ~World() = default;
  virtual void step() = 0;  // publish, deliver, react, observe
  virtual Tick now() const = 0;

  virtual std::size_t studied() const { return 1; }  // accounts under study
  virtual const std::vector<Quantity>& quantities() const = 0;
  // quantities(), in order, as they stand; each as often as there are accounts under study unless it is everyone's.
  virtual void measure(std::vector<double>& row) const = 0;
  // Posts of the studied accounts that can no longer be shared, since the last call; close_all ends the rest.
  virtual std::vector<PostRecord> take_closed() = 0;
  virtual void close_all() = 0;
  // Where base rates are wanted: ordinary posts that can no longer be shared, by the tick of their birth, since the
  // last call. Those still alive when a run ends are never told.
  virtual std::vector<OrdinaryBirths> take_closed_births() { return {}; }

  // Where it is wanted: of each studied account, since the world began.
  virtual std::vector<TrustLedger> trust_ledgers() const { return {}; }

  virtual std::string save() const = 0;             // every column of the state, as bytes
  virtual void load(const std::string& bytes) = 0;  // Failure(Exit::input) where they are not this world's
  virtual std::uint64_t state_digest() const = 0;

  virtual void record(std::vector<Happening>* happenings) = 0;  // where to note what happens; null: nowhere
  virtual void time(PhaseSeconds* seconds) = 0;                 // where to add up the phases' times; null: nowhere
  virtual std::uint64_t bytes() const = 0;                      // state and buffers
};

struct CascadePlan;     // engine/cascades/cascades.hpp
struct ProcessSetting;  // engine/processes/process.hpp
struct ProcessDemand;
class Process;

// A model as the engine lists it: its replicates are worlds; or, where along each follow one independent draw decides,
// cascades, of which many are run at once; or plays of another classic process.
struct ModelEntry {
  ModelChoice choice;
  std::unique_ptr<World> (*make)(const Setting& setting, Team& team) = nullptr;
  // The plan of all replicates. Without a network: what can be told before there is one. Failure(Exit::scenario) where
  // the network has not what the scenario asks for.
  CascadePlan (*cascade)(const Scenario& scenario, const Network* network) = nullptr;
  // Failure(Exit::scenario) likewise.
  std::unique_ptr<Process> (*process)(const ProcessSetting& setting, Team& team) = nullptr;
  ProcessDemand (*demand)(const Scenario& scenario, double accounts, double follows) = nullptr;  // of a process
};
const std::vector<ModelEntry>& all_models();  // models/models.cpp: the list is the registry
std::vector<ModelChoice> model_choices();
const ModelEntry& find_model(const std::string& name);  // the scenario has been checked: it exists

}  // namespace passalong
