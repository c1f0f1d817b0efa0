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

Fault refusal(const std::vector<std::string>& changes, const std::string& key, const char* why,
              const std::string& place) {
  const auto states = [&](const std::string& change) {
    const std::string stated = key_of_change(change);
    return begins_with(key, stated) || begins_with(stated, key);
  };
  const auto at = std::ranges::find_if(changes, states);
  Fault fault{.file = place,
              .message = fmt::format("`{}` cannot change in the middle of a run: {}", harmless(key, 80), why),
              .help = "it can be another from the start: `passalong run` with --set"};
  if (at == changes.end()) return fault;
  fault.line = static_cast<unsigned>(at - changes.begin()) + 1, fault.column = 1;
  fault.end_column = static_cast<unsigned>(key_of_change(*at).size()) + 1, fault.source_line = *at;
  return fault;
}

// What is left when the changes that may not be are taken out, so that they are not told twice.
struct Kept {
  std::vector<std::string> changes;
  std::vector<unsigned> lines;  // of each, among all
};
Kept without_fixed(const Scenario& scenario, const std::vector<std::string>& changes, const std::string& place,
                   std::vector<Fault>& faults) {
  Kept kept;
  for (std::size_t k = 0; k < changes.size(); ++k) {
    const std::string key = key_of_change(changes[k]);
    const bool unknown = begins_with(key, kind_of_policies(scenario)) &&
                         policy_of_key(scenario, key) == scenario.policies().size();  // the reader suggests another
    const char* why = key.empty() || unknown ? nullptr : why_fixed(scenario, key);
    if (why != nullptr && is_known_key(key)) {
      faults.push_back(refusal(changes, key, why, place));
      continue;
    }
    kept.changes.push_back(changes[k]), kept.lines.push_back(static_cast<unsigned>(k) + 1);
  }
  return kept;
}

// What the keys alone do not tell.
void check_kind(const Scenario& scenario, const Scenario& changed, const std::string& place,
                std::vector<Fault>& faults) {
  if (scenario.follows_change() == changed.follows_change()) return;
  const char* message = scenario.follows_change()
                            ? "follows among ordinary accounts have changed so far, and could no longer do so"
                            : "follows among ordinary accounts would begin to change, which they could not so far";
  faults.push_back({.file = place,
                    .message = message,
                    .help = "[dynamics] and mechanisms through which readers meet settle that from the start: run the "
                            "scenario with it on, or leave it off"});
}

}  // namespace

// A misspelt section is for the reader to tell.
bool is_known_key(const std::string& key) {
  constexpr const char* others[] = {"seed", "tick", "warm_up", "redraw", "strategy", "brand"};
  return std::ranges::any_of(rules, [&](const Fixed& rule) { return begins_with(key, rule.key); }) ||
         std::ranges::any_of(others, [&](const char* other) { return begins_with(key, other); });
}

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
                         const std::string& place, std::vector<Fault>& faults) {
  const std::size_t before = faults.size();
  const Kept kept = without_fixed(scenario, changes, place, faults);
  std::vector<std::string> all = scenario.overrides;  // where its files are; another may take the place of one
  all.insert(all.end(), kept.changes.begin(), kept.changes.end());
  try {
    Scenario changed = parse_changed(resolved, scenario.path, model_choices(), all);
    changed.text = scenario.text;
    for (const std::string& key : differing_keys(resolved_toml(scenario), resolved_toml(changed)))
      if (const char* why = why_fixed(scenario, key)) faults.push_back(refusal(changes, key, why, place));
    if (faults.size() == before) check_kind(scenario, changed, place, faults);
    return changed;
  } catch (const Failure& failure) {
    if (failure.code() != Exit::scenario) throw;
    for (Fault fault : failure.faults()) {
      const std::size_t line = fault.line - scenario.overrides.size();  // wraps for those of the past
      if (fault.file == "--set" && line - 1 < kept.lines.size()) fault.line = kept.lines[line - 1], fault.file = place;
      faults.push_back(std::move(fault));
    }
    return {};
  }
}

}  // namespace passalong
