// One paragraph: who wins, by how much, how sure, from which day, and what the claim is about. It says as plainly when
// nothing is decided, and what would decide it.
#include "sim/experiment/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/experiment/ranking.hpp"
#include "sim/experiment/sequences.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_told = 6;  // pairs told one by one

std::string with_interval(const Estimate& e) {
  return fmt::format("{} on average (95 % interval {})", readable(e.mean), readable(e.ci));
}

// To two digits, upwards.
std::string rough(std::int64_t count) {
  std::int64_t unit = count < 10 ? 1 : 5;
  for (; count > 100 * unit; unit *= 10) {
  }
  return readable(static_cast<double>((count + unit - 1) / unit * unit));
}

std::string what_is_lacking(const PairResult& p) {
  constexpr std::int64_t hopeless = 100'000;
  if (!p.replicates_more && p.sequence && !std::isfinite(p.sequence->low))
    return " Differences that are all alike tell nothing yet of rarer ones.";
  if (!p.replicates_more) return " No number of replicates would tell so small a difference.";
  if (*p.replicates_more > hopeless)
    return fmt::format(" If it is real, it is too small to show even with {} more replicates.", readable(hopeless));
  return fmt::format(" If it is real, about {} more replicates{} would show it (with a chance of 80 %; a rough guide).",
                     rough(*p.replicates_more), p.paired ? "" : " in each file");
}

std::string parting(const PairResult& p, double at) {
  if (std::isnan(at)) return {};
  if (!p.crossing_day) return ", though no day can be named from which the two stay apart";
  return fmt::format(", and {} for good from day {:g} on", *p.crossing_day <= at ? "apart" : "they part",
                     *p.crossing_day);
}

std::string in_how_many(const PairResult& p, bool above) {
  return fmt::format("{} in {}", above ? "higher" : "lower", count_wins(above ? p : p.turned()));
}

std::string tell_decided(const PairResult& p, double at) {
  const bool above = p.difference.mean > 0;
  const PairResult gap = above ? p : p.turned();
  return fmt::format(" {} is {} {} {} (95 % interval {}), {}{}.", in_quotes(p.a), readable(gap.difference.mean),
                     above ? "above" : "below", in_quotes(p.b), readable(gap.interval()), in_how_many(p, above),
                     parting(p, at));
}

// The interval alone would do; with so many pairs it may yet be chance.
std::string tell_lost_among_many(const PairResult& p, std::size_t pairs) {
  return fmt::format(
      " {} against {}: the difference of {} (95 % interval {}) would count by itself, but not as one of {} comparisons "
      "(adjusted p = {:.2g}).{}",
      in_quotes(p.a), in_quotes(p.b), readable_signed(p.difference.mean), readable_signed(p.difference.ci), pairs,
      p.p_adjusted, what_is_lacking(p));
}

std::string tell_pair(const PairResult& p, const Comparison& c) {
  const std::string both = fmt::format(" {} against {}", in_quotes(p.a), in_quotes(p.b));
  if (!std::isfinite(p.difference.mean)) return both + ": no replicate has a value for both.";
  if (!std::isfinite(p.difference.ci.low) && std::min(p.replicates_a, p.replicates_b) > 1) {
    return fmt::format("{}: a difference of {}, the same in all {} replicates, which are too few to judge by that.",
                       both, readable_signed(p.difference.mean), std::min(p.replicates_a, p.replicates_b));
  }
  if (!std::isfinite(p.difference.ci.low)) {
    return fmt::format("{}: a difference of {} in one replicate.", both, readable_signed(p.difference.mean));
  }
  if (p.alike()) return both + (p.paired ? ": exactly alike in every replicate." : ": exactly alike.");
  if (p.decided()) return tell_decided(p, c.at);
  if (excludes_zero(p.interval())) return tell_lost_among_many(p, c.pairs.size());
  return fmt::format("{} is undecided: the difference of {} may be chance (95 % interval {}; {}).{}", both,
                     readable_signed(p.difference.mean), readable_signed(p.interval()), in_how_many(p, true),
                     what_is_lacking(p));
}

std::string tell_pairs(const std::vector<PairResult>& pairs, const Comparison& c) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most_told, pairs.size()); ++i) text += tell_pair(pairs[i], c);
  if (pairs.size() > most_told) text += fmt::format(" The other {} are in the table.", pairs.size() - most_told);
  return text;
}

// The nearest first: these are the ones in question.
std::vector<PairResult> pairs_of(const Comparison& c, const std::string& leader) {
  std::vector<PairResult> pairs;
  for (const PairResult& p : c.pairs) {
    if (p.a == leader) pairs.push_back(p);
    if (p.b == leader) pairs.push_back(p.turned());
  }
  if (pairs.size() > most_told)
    std::stable_sort(pairs.begin(), pairs.end(), [](const PairResult& a, const PairResult& b) {
      return std::fabs(a.difference.mean) < std::fabs(b.difference.mean);
    });
  return pairs;
}

std::string superlative(const std::string& metric) { return less_is_better(metric) ? "lowest" : "highest"; }

std::string tell_who_may_lead(const Comparison& c) {
  std::vector<std::string> names;
  for (const Ranked& r : c.ranking)
    if (r.best_possible) names.push_back(in_quotes(r.name));
  if (names.size() < 2 || names.size() == c.strategies.size()) return {};
  const std::string last = names.back();
  names.pop_back();
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return fmt::format(" Only {} or {} can be the {} (95 % confidence).", text, last, superlative(c.metric));
}

// " and 'b'": those that agree with the leader in every replicate.
std::string names_alike(const std::vector<PairResult>& pairs) {
  std::string text;
  for (const PairResult& p : pairs)
    if (p.alike()) text += " and " + in_quotes(p.b);
  return text;
}

// The one with the best mean; that may be of more replicates than the differences are.
const StrategyResult& extreme(const Comparison& c) {
  const double sign = less_is_better(c.metric) ? -1 : 1;
  return *std::ranges::max_element(c.strategies, {}, [&](const StrategyResult& s) {
    return std::isfinite(s.value.mean) ? sign * s.value.mean : -1e300;
  });
}

std::string headline(const Comparison& c, const StrategyResult& leader, const std::vector<PairResult>& pairs) {
  const std::string metric = name_of_metric(c), when = moment_of(c);
  if (std::all_of(pairs.begin(), pairs.end(), [](const PairResult& p) { return p.alike(); })) {
    return fmt::format("On {} all {} are exactly alike {}: {}.", metric, several(c.arm), when,
                       with_interval(leader.value));
  }
  const auto settled = [&](const PairResult& p) { return p.alike() || is_won(c, p); };
  const bool decided = std::all_of(pairs.begin(), pairs.end(), settled);
  const std::string twins = names_alike(pairs);
  if (decided && !twins.empty())
    return fmt::format("{}{} lead on {} with exactly the same mean: {} {}.", in_quotes(leader.name), twins, metric,
                       when, with_interval(leader.value));
  if (!decided) {
    const StrategyResult& top = extreme(c);
    return fmt::format("No {} is shown to be ahead of all others on {}: {} {} has the {} mean, {}.{}", c.arm, metric,
                       when, in_quotes(top.name), superlative(c.metric), readable(top.value.mean),
                       tell_who_may_lead(c));
  }
  const bool judged = more_is_better(c.metric) || less_is_better(c.metric);
  const char* claim = judged ? "wins on" : "is highest in";
  return fmt::format("{} {} {}: {} it averages {} (95 % interval {}){}.", in_quotes(leader.name), claim, metric, when,
                     readable(leader.value.mean), readable(leader.value.ci),
                     less_is_better(c.metric) && leader.name == extreme(c).name ? ", the lowest" : "");
}

std::string tell_all(const Comparison& c) {
  const StrategyResult& leader = c.strategies[leader_of(c)];
  const auto pairs = pairs_of(c, leader.name);
  return headline(c, leader, pairs) + tell_pairs(pairs, c);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string tell_against(const Comparison& c, const std::string& baseline) {
  std::string text;
  for (const StrategyResult& s : c.strategies) {
    if (s.name != baseline) continue;
    text = capitalised(
        fmt::format("{} {}: {} has {}.", name_of_metric(c), moment_of(c), in_quotes(baseline), with_interval(s.value)));
  }
  return text + tell_pairs(c.pairs, c);
}

// A result that lasts longer is left where the shortest ends.
std::string tell_days(const Circumstances& now) {
  if (!(now.goes_on_to > now.shared_until + 1e-9)) return {};
  return fmt::format(" The files share the days up to {:g}; the longest goes on to day {:g}.", now.shared_until,
                     now.goes_on_to);
}

// Which arms were paired by replicate, and why the others were not.
std::string tell_pairing(const Comparison& c, const Circumstances& now) {
  if (c.files.size() < 2 || c.pairs.empty()) return {};
  const auto lone = std::find_if(c.pairs.begin(), c.pairs.end(), [](const PairResult& p) { return !p.paired; });
  if (lone == c.pairs.end())
    return " The files met the same people and chances, replicate by replicate, so their differences are paired.";
  const bool some = std::any_of(c.pairs.begin(), c.pairs.end(), [](const PairResult& p) { return p.paired; });
  std::string text =
      fmt::format(" {} are compared as independent (Welch's t): {}.",
                  some ? "Arms of different files that did not meet the same draws" : "The files", lone->reason);
  if (now.other_network)
    text +=
        " They have different networks, one each: how much comes of the networks, the intervals cannot tell (redraw = "
        "\"network\" would).";
  return text;
}

// Means are of all replicates of an arm, paired differences of those that both have.
std::string tell_fewer(const Comparison& c) {
  std::map<std::string, std::int64_t> own;
  for (const Ranked& r : c.ranking) own[r.name] = r.replicates;
  const auto is_part = [&](const PairResult& p) {
    return p.paired && p.replicates_a > 0 && p.replicates_a < std::max(own[p.a], own[p.b]);
  };
  const auto part = std::ranges::find_if(c.pairs, is_part);
  if (part == c.pairs.end()) return {};
  return fmt::format(
      " Differences are of the replicates that both have ({} of {} - {}), means of all that each has, so the two need "
      "not agree.",
      part->replicates_a, in_quotes(part->a), in_quotes(part->b));
}

std::string tell_stopping(const Comparison& c, const Circumstances& now) {
  const auto allowed = std::ranges::count_if(c.pairs, [](const PairResult& p) { return p.sequence.has_value(); });
  if (!now.stopped_itself || (allowed > 0 && allowed == std::ssize(c.pairs))) return {};
  return fmt::format(
      " {} was to end as soon as it had seen enough, for which {}intervals do not allow: they are a little too narrow.",
      c.files.size() > 1 ? "A run" : "The run", allowed > 0 ? "the other " : "these ");
}

std::string tell_ranking(const Comparison& c, const Circumstances& now) {
  if (now.baseline.empty() || c.strategies.size() < 3) return {};
  return " Ranks are judged over all pairs, the differences over those told here.";
}

std::string count_of_replicates(const Comparison& c) {
  const auto [least, most] = std::minmax_element(
      c.files.begin(), c.files.end(), [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  if (c.files.empty() || least->replicates == most->replicates) return readable(static_cast<double>(c.replicates));
  return fmt::format("{} to {}", least->replicates, most->replicates);
}

std::string tell_chance(const Comparison& c, const Circumstances& now) {
  if (c.replicates <= 1) {
    return fmt::format(
        " One replicate cannot tell a better {} from luck: run more (replicates = 16) before trusting a difference.",
        c.arm);
  }
  std::string text =
      fmt::format(" These are {} replicates{}", count_of_replicates(c), c.files.size() > 1 ? " a file" : "");
  if (c.arm == "file" && !now.covered.empty())
    text += fmt::format("; the intervals cover {}", now.covered);
  else if (now.redraw == "population")
    text += ", each with a new population and audience";
  else if (now.redraw == "behaviour")
    text += " of one population, so the intervals hold for that population only";
  else if (now.redraw == "network")
    text += ", each with a new network and population";
  text += c.replicates < 5 ? "; so few make the intervals rough." : ".";
  if (now.left_out > 0) {
    text += fmt::format(" Up to {} of them have no value for a {} (nobody to average over) and are left out.",
                        now.left_out, c.arm);
  }
  if (c.pairs.size() > 1 && sequences_text(c).empty())
    text += fmt::format(
        " Each interval is for its own comparison; all {} verdicts together err with a chance of at most 5 %.",
        c.pairs.size());
  return text;
}

// What one brand has, another may lack: that is not what it would have alone.
std::string tell_competition(const Comparison& c) {
  if (c.arm != "brand" || c.strategies.size() < 2) return {};
  return " The brands compete for attention in one world, so this is not how each would do alone.";
}
}  // namespace

std::string name_of_metric(const Comparison& c) {
  const std::string metric = spoken(c.metric);
  if (c.basis == "total") return "total " + metric;
  return c.basis.starts_with("step") ? metric + " in the output step" : metric;
}

std::string moment_of(const Comparison& c) { return std::isnan(c.at) ? "in the end" : "after " + days_text(c.at); }

std::string write_verdict(const Comparison& c, const Circumstances& circumstances) {
  std::string text;
  if (c.strategies.size() == 1) {
    text = fmt::format("{} {}: {}; there is no other {} to compare it with.", in_quotes(c.strategies[0].name),
                       moment_of(c), with_interval(c.strategies[0].value), c.arm);
  } else {
    text = circumstances.baseline.empty() ? tell_all(c) : tell_against(c, circumstances.baseline);
  }
  return text + tell_competition(c) + tell_pairing(c, circumstances) + tell_days(circumstances) + tell_fewer(c) +
         tell_ranking(c, circumstances) + tell_chance(c, circumstances) + sequences_text(c) +
         tell_stopping(c, circumstances) +
         " This is what the model does under this scenario's assumptions, not a forecast for a real account.";
}

}  // namespace passalong
