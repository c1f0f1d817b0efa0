#include "sim/engine/seed_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/network/labels.hpp"

namespace passalong {
namespace {
using Faults = std::vector<Fault>;

std::vector<AccountId> find_labels(const Scenario& scenario, const Network& network,
                                   const std::vector<std::string>& labels, Faults& faults) {
  std::vector<AccountId> accounts;
  for (const std::string& label : labels) {
    try {
      accounts.push_back(account_labelled(network, label));
    } catch (const Failure& failure) {
      const Fault& found = failure.faults().front();
      faults.push_back({.file = scenario.path, .message = "`seeds`: " + found.message, .help = found.help});
    }
  }
  return accounts;
}

// In ticks. A whole number of ticks is one, though the quotient of hours may miss it by rounding.
double moment_of(const AccountChoice& choice, const Scenario& scenario) {
  const double at = choice.at / scenario.tick, whole = std::floor(at + 0.5);
  return std::abs(at - whole) < 1e-9 * std::max(1.0, whole) ? whole : at;
}

SeedGroup group_of(const AccountChoice& choice, const Scenario& scenario, const Network* network, Faults& faults) {
  SeedGroup group{.random = static_cast<std::uint64_t>(choice.random), .at = moment_of(choice, scenario)};
  if (network == nullptr) {
    group.accounts.resize(choice.labels.size() + static_cast<std::size_t>(choice.top));
    return group;
  }
  const std::int64_t asked = choice.random + choice.top;
  if (asked > network->accounts())
    faults.push_back({.file = scenario.path,
                      .message = fmt::format("`seeds` asks for {} of {} accounts", asked, network->accounts()),
                      .help = "ask for no more than there are"});
  group.accounts = choice.top > 0 ? most_followed(*network, static_cast<std::uint64_t>(choice.top))
                                  : find_labels(scenario, *network, choice.labels, faults);
  return group;
}
}  // namespace

void SeedParameters::declare(Fields& f, const char* who, const char* source) {
  constexpr const char* forms =
      "accounts: [\"12\"], { random = 10 }, { top = 10 }, { labels = [\"12\"], at = \"2 h\" }, or a list of these";
  About about{.unit = forms, .help = who, .source = source};
  if (may_be_none) about.low = 0;
  f.accounts("seeds", choices, about);
  f.flag("same_seeds", same,
         {.help = "random seeds are the same in all replicates, not drawn anew in each", .source = "assumption"});
}

void SeedParameters::check(const Scenario& scenario, Fields& f) const {
  const NetworkSection& network = scenario.network;
  std::int64_t wanted = 0;
  double last = 0;
  for (const AccountChoice& choice : choices) {
    wanted = std::max({wanted, choice.random, choice.top});
    last = std::max(last, choice.at);
  }
  f.check("seeds", !network.file.empty() || wanted <= network.accounts,
          fmt::format("`seeds` asks for {} accounts, the network has {}", wanted, network.accounts),
          fmt::format("at most {}", network.accounts));
  f.check("seeds", scenario.duration <= 0 || last <= scenario.duration, "some `seeds` come after the end of the run",
          "let them come earlier, or make `duration` longer");
}

SeedRule SeedParameters::rule(const Scenario& scenario, const Network* network, Faults& faults) const {
  SeedRule rule{.same = same};
  if (choices.empty()) return rule;
  for (const AccountChoice& choice : choices) rule.further.push_back(group_of(choice, scenario, network, faults));
  if (rule.further.front().at > 0) return rule;
  rule.accounts = std::move(rule.further.front().accounts), rule.random = rule.further.front().random;
  rule.further.erase(rule.further.begin());
  return rule;
}

}  // namespace passalong
