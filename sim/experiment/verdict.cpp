// One paragraph: who wins, by how much, how sure, from which day, and what the claim is about. It says as plainly when
// nothing is decided.
#include "sim/experiment/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
std::string quote(const std::string& name) { return "'" + name + "'"; }

std::string with_interval(const Estimate& e) {
  return fmt::format("{} on average (95 % interval {})", readable(e.mean), readable(e.ci));
}

PairResult turned(const PairResult& p) {
  PairResult t = p;
  t.a = p.b, t.b = p.a;
  t.difference = {0 - p.difference.mean, {0 - p.difference.ci.high, 0 - p.difference.ci.low}};
  t.p_a_beats_b = 1 - p.p_a_beats_b;
  return t;
}

bool alike(const PairResult& p) {
  return p.difference.mean == 0 && p.difference.ci.low == 0 && p.difference.ci.high == 0;
}

// How many replicates would show a true difference of this size in four of five studies, to two digits.
std::string replicates_needed(const PairResult& p, double replicates) {
  const double half = 0.5 * (p.difference.ci.high - p.difference.ci.low), ratio = half / p.difference.mean;
  const double need = 2.04 * replicates * ratio * ratio;  // ((1.96 + 0.84) / 1.96)^2
  if (!(need > replicates && need < 1e5)) return {};
  const double unit = need < 100 ? 5 : need < 1000 ? 50 : need < 10'000 ? 500 : 5000;
  return fmt::format(" If it is real, about {} replicates would show it.", readable(unit * std::ceil(need / unit)));
}

std::string parting(const PairResult& p, double at) {
  if (!p.crossing_day) return ", though no day can be named from which the two stay apart";
  return fmt::format(", and {} for good from day {:g} on", *p.crossing_day <= at ? "apart" : "they part",
                     *p.crossing_day);
}

std::string tell_decided(const PairResult& p, double at) {
  const bool above = p.difference.mean > 0;
  const Estimate gap = above ? p.difference : turned(p).difference;
  return fmt::format(" {} is {} {} {} (95 % interval {}), {} in {} of the replicates{}.", quote(p.a),
                     readable(gap.mean), above ? "above" : "below", quote(p.b), readable(gap.ci),
                     above ? "higher" : "lower", percent(above ? p.p_a_beats_b : 1 - p.p_a_beats_b), parting(p, at));
}

std::string tell_pair(const PairResult& p, const Comparison& c) {
  const std::string both = fmt::format(" {} against {}", quote(p.a), quote(p.b));
  if (!std::isfinite(p.difference.mean)) return both + ": no replicate has a value for both.";
  if (!std::isfinite(p.difference.ci.low)) {
    return fmt::format("{}: a difference of {} in one replicate.", both, readable_signed(p.difference.mean));
  }
  if (alike(p)) return both + ": exactly alike in every replicate.";
  if (excludes_zero(p.difference.ci)) return tell_decided(p, c.at);
  return fmt::format(
      "{} is undecided: the difference of {} may be chance (95 % interval {}; higher in {} of the replicates).{}", both,
      readable_signed(p.difference.mean), readable_signed(p.difference.ci), percent(p.p_a_beats_b),
      replicates_needed(p, static_cast<double>(c.replicates)));
}

// The best on the metric; where neither more nor less is plainly better, the highest.
const StrategyResult& find_leader(const Comparison& c) {
  const double sign = less_is_better(c.metric) ? -1 : 1;
  const auto value = [&](const StrategyResult& s) {
    return std::isfinite(s.value.mean) ? sign * s.value.mean : -1e300;
  };
  return *std::max_element(c.strategies.begin(), c.strategies.end(),
                           [&](const auto& a, const auto& b) { return value(a) < value(b); });
}

std::vector<PairResult> pairs_of(const Comparison& c, const std::string& leader) {
  std::vector<PairResult> pairs;
  for (const PairResult& p : c.pairs) {
    if (p.a == leader) pairs.push_back(p);
    if (p.b == leader) pairs.push_back(turned(p));
  }
  return pairs;
}

std::string superlative(const std::string& metric) { return less_is_better(metric) ? "lowest" : "highest"; }

std::string headline(const Comparison& c, const StrategyResult& leader, const std::vector<PairResult>& pairs) {
  const std::string metric = spoken(c.metric), when = fmt::format("after {:g} days", c.at);
  const bool decided =
      std::all_of(pairs.begin(), pairs.end(), [](const auto& p) { return excludes_zero(p.difference.ci); });
  if (std::all_of(pairs.begin(), pairs.end(), alike)) {
    return fmt::format("On {} all {} are exactly alike {}: {}.", metric, several(c.arm), when,
                       with_interval(leader.value));
  }
  if (!decided) {
    return fmt::format("No {} is shown to be ahead of all others on {}: {} {} has the {} mean, {}.", c.arm, metric,
                       when, quote(leader.name), superlative(c.metric), readable(leader.value.mean));
  }
  const bool judged = more_is_better(c.metric) || less_is_better(c.metric);
  const char* claim = judged ? "wins on" : "is highest in";
  return fmt::format("{} {} {}: {} it averages {} (95 % interval {}){}.", quote(leader.name), claim, metric, when,
                     readable(leader.value.mean), readable(leader.value.ci),
                     less_is_better(c.metric) ? ", the lowest" : "");
}

std::string tell_all(const Comparison& c) {
  const StrategyResult& leader = find_leader(c);
  const auto pairs = pairs_of(c, leader.name);
  std::string text = headline(c, leader, pairs);
  for (const PairResult& p : pairs) text += tell_pair(p, c);
  return text;
}

std::string tell_against(const Comparison& c, const std::string& baseline) {
  std::string text;
  for (const StrategyResult& s : c.strategies) {
    if (s.name != baseline) continue;
    text =
        fmt::format("{} after {:g} days: {} has {}.", spoken(c.metric), c.at, quote(baseline), with_interval(s.value));
    text[0] = static_cast<char>(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
  }
  for (const PairResult& p : c.pairs) text += tell_pair(p, c);
  return text;
}

std::string tell_chance(const Comparison& c, const Circumstances& now) {
  if (c.replicates == 1) {
    return fmt::format(
        " One replicate cannot tell a better {} from luck: run more (replicates = 16) before trusting a difference.",
        c.arm);
  }
  std::string text = fmt::format(" These are {} replicates", c.replicates);
  if (now.redraw == "population") text += ", each with a new population and audience";
  if (now.redraw == "behaviour") text += " of one population, so the intervals hold for that population only";
  if (now.redraw == "network") text += ", each with a new network and population";
  text += c.replicates < 5 ? "; so few make the intervals rough." : ".";
  if (now.left_out > 0) {
    text += fmt::format(" Up to {} of them have no value for a {} (nobody to average over) and are left out.",
                        now.left_out, c.arm);
  }
  if (c.pairs.size() > 5) text += " Each interval is for its own comparison; among many, some miss.";
  return text;
}
// What one brand has, another may lack: that is not what it would have alone.
std::string tell_competition(const Comparison& c) {
  if (c.arm != "brand" || c.strategies.size() < 2) return {};
  return " The brands compete for attention in one world, so this is not how each would do alone.";
}
}  // namespace

std::string write_verdict(const Comparison& c, const Circumstances& circumstances) {
  std::string text;
  if (c.strategies.size() == 1) {
    text = fmt::format("{} after {:g} days: {}; there is no other {} to compare it with.", quote(c.strategies[0].name),
                       c.at, with_interval(c.strategies[0].value), c.arm);
  } else {
    text = circumstances.baseline.empty() ? tell_all(c) : tell_against(c, circumstances.baseline);
  }
  return text + tell_competition(c) + tell_chance(c, circumstances) +
         " This is what the model does under this scenario's assumptions, not a forecast for a real account.";
}

}  // namespace passalong
