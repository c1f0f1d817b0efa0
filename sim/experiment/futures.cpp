// From words to futures: their names, their day, and the arms they have.
#include "sim/experiment/futures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/experiment/changes.hpp"
#include "sim/network/import/tokens.hpp"
#include "sim/scenario/changed.hpp"
#include "sim/scenario/units.hpp"

namespace passalong {
namespace {

constexpr const char* form_of_future =
    "such as --future \"softer: strategy.pitch.mix.value=0.5, strategy.pitch.posts=1 per day\"";

std::string trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\n");
  return from == text.npos ? "" : std::string(text.substr(from, text.find_last_not_of(" \t\n") - from + 1));
}

// Parts between commas that stand in no bracket and no quote.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else {
      depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    }
    if (c == ',' && depth == 0 && quote == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (std::string& part : parts) part = trimmed(part);
  std::erase(parts, "");
  return parts;
}

// As values do that hold one.
bool closes_quotes_around_colons(std::string_view text) {
  char quote = 0;
  for (const char c : text) {
    if (c == ':' && quote == 0) return false;
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
  }
  return quote == 0 || text.find(':') == text.npos;
}

[[noreturn]] void refuse_moment(const std::string& text, const std::string& why, const std::string& help) {
  throw Failure(Exit::usage, fmt::format("--at {}: {}", harmless(text, 60), why), help);
}

// In hours.
double read_hours(const std::string& text) {
  constexpr const char* form = "such as --at \"day 60\", --at 60, --at \"60 days\" or --at \"1440 h\"";
  std::string_view rest = text;
  double days = 0;
  const bool named = rest.starts_with("day ");
  if (named) rest.remove_prefix(4);
  const std::string_view number = rest;
  if (take_number(rest, days) && rest.empty() && std::isfinite(days)) return days * 24;
  const Quantity duration = read_duration(number);
  if (named || !duration.problem.empty()) refuse_moment(text, "this is no day of the run", form);
  return duration.value;
}

// The names an arm brings into a result: its own, or those of its brands.
std::vector<std::string> names_of(const FutureArm& arm) {
  return arm.brands.empty() ? std::vector<std::string>{arm.name} : arm.brands;
}

bool is_taken(const FutureArm& arm, const Result& result, const std::vector<FutureArm>& others) {
  std::vector<std::string> taken = result.arms();
  for (const FutureArm& other : others)
    for (const std::string& name : names_of(other)) taken.push_back(name);
  const auto names = names_of(arm);
  return std::ranges::any_of(names, [&](const auto& n) { return std::ranges::find(taken, n) != taken.end(); });
}

// The arms that a future changes: those it names, or all.
std::vector<std::size_t> parents_of(const Scenario& past, const FutureWish& wish) {
  std::vector<std::size_t> parents;
  for (const std::string& change : wish.changes) {
    const std::size_t policy = policy_of_key(past, key_of_change(change));
    if (past.brands.empty() && policy < past.policies().size()) parents.push_back(policy);
  }
  if (parents.empty())
    for (std::size_t arm = 0; arm < past.arms(); ++arm) parents.push_back(arm);
  std::ranges::sort(parents);
  parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
  return parents;
}

// "pitch from day 60", "softer pitch" or, of one of several, "pitch: no suspicion"; numbered where it is taken.
std::string name_in(const std::string& name, const FutureWish& wish, bool alone, const BranchMoment& moment,
                    int number) {
  const std::string plain = wish.name.empty() ? name + " from " + moment.text
                            : alone           ? wish.name
                                              : name + ": " + wish.name;
  return number == 1 ? plain : fmt::format("{} ({})", plain, number);
}

FutureArm arm_of(std::size_t parent, const FutureWish& wish, bool alone, const Result& result,
                 const BranchMoment& moment, int number) {
  FutureArm arm{name_in(result.strategies.at(parent), wish, alone, moment, number), parent};
  for (const std::string& brand : result.brands) arm.brands.push_back(name_in(brand, wish, false, moment, number));
  return arm;
}

constexpr std::size_t longest_name = 200;  // bytes

// It is to stand in files, charts and command lines.
bool check_name(const FutureWish& wish, std::vector<Fault>& faults) {
  const char* problem = !is_printable(wish.name)                                ? "is not printable text"
                        : !wish.name.empty() && trimmed(wish.name) != wish.name ? "begins or ends with a blank"
                        : wish.name.size() > longest_name                       ? "has more than 200 bytes"
                                                                                : nullptr;
  if (problem != nullptr)
    faults.push_back({.file = wish.place,
                      .message = fmt::format("the name `{}` {}", harmless(wish.name, 40), problem),
                      .help = "a short line of text in UTF-8"});
  return problem == nullptr;
}

// Nor can what is changed be told later where it is no text.
bool are_printable(const FutureWish& wish, std::vector<Fault>& faults) {
  const auto bad = std::ranges::find_if_not(wish.changes, is_printable);
  if (bad == wish.changes.end()) return true;
  faults.push_back({.file = wish.place,
                    .message = fmt::format("`{}` is not printable text", harmless(*bad, 60)),
                    .help = "keys and values are a line of UTF-8 each"});
  return false;
}

// As a fault's place says it.
std::string place_of(const FutureWish& wish) {
  return fmt::format("--future '{}'", harmless(wish.name.empty() ? wish.changes.front() : wish.name, 40));
}

void add_arms(Futures& futures, std::size_t future, const Scenario& past, const Result& result,
              const BranchMoment& moment, std::vector<Fault>& faults) {
  const FutureWish& wish = futures.wishes[future];
  const std::vector<std::size_t> parents = parents_of(past, wish);
  if (!check_name(wish, faults)) return;
  for (const std::size_t parent : parents) {
    const bool alone = parents.size() == 1;
    FutureArm arm = arm_of(parent, wish, alone, result, moment, 1);
    for (int n = 2; wish.name.empty() && is_taken(arm, result, futures.arms); ++n)
      arm = arm_of(parent, wish, alone, result, moment, n);
    if (is_taken(arm, result, futures.arms))
      faults.push_back({.file = wish.place,
                        .message = fmt::format("two arms would be called `{}`", harmless(names_of(arm).front(), 60)),
                        .help = "give each future a name of its own"});
    arm.future = future;
    futures.arms.push_back(std::move(arm));
  }
}

}  // namespace

FutureWish read_future(const std::string& text) {
  FutureWish wish;
  std::string_view rest = text;
  const std::size_t colon = rest.find(':');
  if (colon != rest.npos && colon < rest.find_first_of("=\"'")) {
    wish.name = trimmed(rest.substr(0, colon));
    rest.remove_prefix(colon + 1);
    if (wish.name.empty()) throw Failure(Exit::usage, "--future has an empty name", form_of_future);
  } else if (!closes_quotes_around_colons(text) && !is_known_key(key_of_change(text))) {
    throw Failure(
        Exit::usage,
        fmt::format("--future \"{}\": a name cannot hold quotes or =, and no key begins like that", harmless(text, 60)),
        form_of_future);
  }
  wish.changes = split(rest);
  if (wish.changes.empty())
    throw Failure(Exit::usage, fmt::format("--future \"{}\" changes nothing", harmless(text, 60)), form_of_future);
  wish.place = place_of(wish);
  return wish;
}

BranchMoment read_moment(const std::string& text, const Scenario& scenario) {
  const double hours = read_hours(trimmed(text)), ticks = std::round(hours / scenario.tick);
  const std::string last = fmt::format("the run ends on day {:g}", scenario.duration / 24);
  if (!(hours >= 0)) refuse_moment(text, "this is before the output starts", "day 0 is its start");
  if (hours >= scenario.duration) refuse_moment(text, "nothing is left of the run by then", last);
  if (std::abs(ticks * scenario.tick - hours) > 1e-6)
    refuse_moment(text, "this falls within a tick", fmt::format("a tick of this scenario is {:g} h", scenario.tick));
  return {scenario.ticks(scenario.warm_up) + static_cast<Tick>(ticks), hours / 24, fmt::format("day {}", hours / 24)};
}

Futures read_futures(const Scenario& past, const Result& result, const BranchMoment& moment,
                     std::vector<FutureWish> wishes) {
  Futures futures{std::move(wishes), {}, {}};
  const std::string resolved = result.text_of("scenario_resolved");
  std::vector<Fault> faults;
  for (std::size_t k = 0; k < futures.wishes.size(); ++k) {
    const FutureWish& wish = futures.wishes[k];
    futures.scenarios.emplace_back();
    if (!are_printable(wish, faults)) continue;
    futures.scenarios.back() = change_scenario(past, resolved, wish.changes, wish.place, faults);
    add_arms(futures, k, past, result, moment, faults);
  }
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
  return futures;
}

}  // namespace passalong
