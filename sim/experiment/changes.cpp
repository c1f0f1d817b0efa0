// Values decide, not the way they are stated: whatever differs between the two scenarios is asked for.
#include "sim/experiment/changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/engine/world.hpp"
#include "sim/scenario/changed.hpp"

namespace passalong {
namespace {

struct Fixed {
  const char *key, *why;
};
constexpr const char *past = "the past has been made with it", *layout = "the state of the past is laid out by it",
                     *rows = "all arms of a result share it", *first = "it concerns the first audience alone",
                     *planned = "events that are under way were planned by it";
// The first that a key begins with decides; null: it may change.
constexpr Fixed rules[] = {{"audience.inflow", nullptr},
                           {"audience.inflow_near", nullptr},
                           {"audience", first},
                           {"network", "all futures share the network"},
                           {"population", "all futures share the people"},
                           {"dynamics.newcomers", "who joins, and when, is settled from the start"},
                           {"dynamics.newcomer_rate", "who joins, and when, is settled from the start"},
                           {"dynamics", nullptr},
                           {"content.lifetime", layout},
                           {"content", nullptr},
                           {"effort", nullptr},
                           {"model.name", layout},
                           {"model.attention.form", layout},
                           {"model.mob.deadline", planned},
                           {"model.ties.met", first},
                           {"model.ties.friends", first},
                           {"model", nullptr},
                           {"duration", rows},
                           {"replicates", rows},
                           {"until", rows},
                           {"output", rows},
                           {"title", rows}};

bool begins_with(const std::string& key, const std::string& rule) { return key == rule || key.starts_with(rule + "."); }

// "pitch.mix" of "strategy.pitch.mix".
std::string below(const std::string& key) { return key.substr(std::min(key.size(), key.find('.') + 1)); }

const char* kind_of_policies(const Scenario& scenario) { return scenario.brands.empty() ? "strategy" : "brand"; }

const char* why_fixed_of_policy(const Scenario& scenario, const std::string& key) {
  const std::size_t at = policy_of_key(scenario, key);
  if (at == scenario.policies().size()) return "the accounts under study are those of the past";
  const std::string own = below(key).substr(std::min(below(key).size(), scenario.policies()[at].name.size() + 1));
  if (own == "name") return "it names what the past belongs to; --name names a future";
  if (own == "account" || own == "followers") return first;
  return nullptr;
}

Fault refusal(const std::vector<std::string>& changes, const std::string& key, const char* why) {
  const auto states = [&](const std::string& change) {
    const std::string stated = key_of_change(change);
    return begins_with(key, stated) || begins_with(stated, key);
  };
  const auto at = std::ranges::find_if(changes, states);
  Fault fault{.file = "--set",
              .message = fmt::format("`{}` cannot change in the middle of a run: {}", harmless(key, 80), why),
              .help = "it can be another from the start: `passalong run` with --set"};
  if (at == changes.end()) return fault;
  fault.line = static_cast<unsigned>(at - changes.begin()) + 1, fault.column = 1;
  fault.end_column = static_cast<unsigned>(key_of_change(*at).size()) + 1, fault.source_line = *at;
  return fault;
}

void refuse_keys(const Scenario& scenario, const std::vector<std::string>& keys,
                 const std::vector<std::string>& changes, std::vector<Fault>& faults) {
  for (const std::string& key : keys)
    if (const char* why = why_fixed(scenario, key)) faults.push_back(refusal(changes, key, why));
}

// What the keys alone do not tell.
void check_kind(const Scenario& scenario, const Scenario& changed, std::vector<Fault>& faults) {
  if (scenario.follows_change() == changed.follows_change()) return;
  faults.push_back(
      {.message =
           fmt::format("follows among ordinary accounts {} in the past of this future, which has {} "
                       "account for that",
                       scenario.follows_change() ? "change" : "do not change", scenario.follows_change() ? "to" : "no"),
       .help = "whether they do is settled from the start, by [dynamics] and by mechanisms through which "
               "readers meet; run the scenario with that on"});
}

}  // namespace

std::size_t policy_of_key(const Scenario& scenario, const std::string& key) {
  const std::vector<StrategySection>& all = scenario.policies();
  std::size_t found = all.size(), longest = 0;
  if (!begins_with(key, kind_of_policies(scenario))) return found;
  for (std::size_t k = 0; k < all.size(); ++k)
    if (begins_with(below(key), all[k].name) && all[k].name.size() >= longest) found = k, longest = all[k].name.size();
  return found;
}

const char* why_fixed(const Scenario& scenario, const std::string& key) {
  if (begins_with(key, "strategy") || begins_with(key, "brand")) return why_fixed_of_policy(scenario, key);
  for (const Fixed& rule : rules)
    if (begins_with(key, rule.key)) return rule.why;
  return past;
}

Scenario change_scenario(const Scenario& scenario, const std::string& resolved, const std::vector<std::string>& changes,
                         std::vector<Fault>& faults) {
  std::vector<std::string> all = changes;
  all.insert(all.end(), scenario.overrides.begin(), scenario.overrides.end());  // where its files are
  try {
    Scenario changed = parse_changed(resolved, scenario.path, model_choices(), all);
    changed.text = scenario.text;
    const std::size_t before = faults.size();
    refuse_keys(scenario, differing_keys(resolved_toml(scenario), resolved_toml(changed)), changes, faults);
    if (faults.size() == before) check_kind(scenario, changed, faults);
    return changed;
  } catch (const Failure& failure) {
    if (failure.code() != Exit::scenario) throw;
    std::vector<std::string> keys;
    for (const std::string& change : changes) keys.push_back(key_of_change(change));
    std::erase_if(keys, [](const std::string& key) { return key.empty() || key == "strategy" || key == "brand"; });
    refuse_keys(scenario, keys, changes, faults);
    faults.insert(faults.end(), failure.faults().begin(), failure.faults().end());
    return {};
  }
}

}  // namespace passalong
