// Every number in it is one of the comparison's; nothing is judged here that the intervals do not say.
#include "sim/experiment/short_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
struct Setting {
  const Comparison& c;
  bool counts;
  const StrategyResult& leader;
  std::vector<PairResult> rivals;  // of the leader, nearest first
};

double score(const Comparison& c, const StrategyResult& s) {
  if (!std::isfinite(s.value.mean)) return -1e300;
  return less_is_better(c.metric) ? -s.value.mean : s.value.mean;
}

std::vector<PairResult> rivals_of(const Comparison& c, const std::string& leader) {
  std::vector<PairResult> rivals;
  for (const PairResult& p : c.pairs)
    if ((p.a == leader || p.b == leader) && std::isfinite(p.difference.mean)) rivals.push_back(seen_from(p, leader));
  std::stable_sort(rivals.begin(), rivals.end(), [](const auto& p, const auto& q) {
    return std::fabs(p.difference.mean) < std::fabs(q.difference.mean);
  });
  return rivals;
}

double mean_named(const Comparison& c, const std::string& name) {
  for (const StrategyResult& s : c.strategies)
    if (s.name == name) return s.value.mean;
  return NAN;
}

std::string on_day(const Comparison& c) { return fmt::format("after {:g} {}", c.at, c.at == 1 ? "day" : "days"); }

std::string holding(const Setting& s) {
  const double mean = s.leader.value.mean;
  const std::string value = readable(s.counts && std::fabs(mean) >= 100 ? std::round(mean) : mean);
  return s.counts ? fmt::format("it has {} {}", value, spoken(s.c.metric))
                  : fmt::format("its {} is {}", spoken(s.c.metric), value);
}

// People and posts come in whole numbers, and a mean of many may as well.
std::string amount(const Setting& s, double value) {
  return readable(s.counts && std::fabs(value) >= 100 ? std::round(value) : value);
}

// Whole above ten, else with a digit: 45 %, 2.5 %
std::string in_percent(double part) {
  const double tenths = std::round(1000 * part) / 10;
  return readable(tenths >= 10 ? std::round(100 * part) : tenths) + " %";
}

// 1,124 (45 %) more than mixed
std::string lead_over(const Setting& s, const PairResult& p) {
  const double other = mean_named(s.c, p.b), part = p.difference.mean / other;
  const bool above = p.difference.mean > 0;
  const char* more = s.counts ? (above ? "more" : "fewer") : (above ? "higher" : "lower");
  const std::string share =
      other > 0 && std::isfinite(part) && std::fabs(part) < 100 ? " (" + in_percent(std::fabs(part)) + ")" : "";
  return fmt::format("{}{} {} than {}", amount(s, std::fabs(p.difference.mean)), share, more, p.b);
}

std::string leads(const Setting& s) {
  const auto& rivals = s.rivals;
  if (rivals.size() == 1) return lead_over(s, rivals[0]);
  if (rivals.size() == 2) return lead_over(s, rivals[0]) + " and " + lead_over(s, rivals[1]);
  return lead_over(s, rivals.front()) + ", the next, and " + lead_over(s, rivals.back()) + ", the last";
}

std::string replicates(double wins, std::int64_t n) {
  if (wins == static_cast<double>(n)) return fmt::format("all {} replicates", n);
  return fmt::format("{} of {} replicates", readable(wins), n);
}

double wins_of(const Setting& s, const PairResult& p) {
  const double share = p.difference.mean > 0 ? p.p_a_beats_b : 1 - p.p_a_beats_b;
  return std::round(2 * share * static_cast<double>(s.c.replicates)) / 2;
}

std::string range(const Setting& s, const PairResult& p) {
  const Interval& i = p.difference.ci;
  if (!std::isfinite(i.low) || !std::isfinite(i.high)) return "unknown";
  return p.difference.mean >= 0 ? amount(s, i.low) + " to " + amount(s, i.high)
                                : amount(s, 0 - i.high) + " to " + amount(s, 0 - i.low);
}

// The rival whose difference is least certain: what is said of it holds for the others all the more.
const PairResult& closest(const Setting& s) {
  const auto margin = [](const PairResult& p) {
    return std::fabs(p.difference.mean) / std::max(1e-300, p.difference.ci.high - p.difference.ci.low);
  };
  return *std::min_element(s.rivals.begin(), s.rivals.end(),
                           [&](const auto& p, const auto& q) { return margin(p) < margin(q); });
}

std::string tell_sureness(const Setting& s) {
  const PairResult& p = closest(s);
  const double wins = wins_of(s, p), n = static_cast<double>(s.c.replicates);
  const char* words = wins >= 0.95 * n ? (n >= 8 ? "This is as good as certain within the model"
                                                 : "This is unlikely to be luck, though the replicates are few")
                      : wins >= 0.75 * n
                          ? "This is very unlikely to be luck"
                          : "On average this is unlikely to be luck, but a single run can well go the other way";
  const char* side = less_is_better(s.c.metric) || p.difference.mean < 0 ? "below" : "ahead of";
  std::string text = fmt::format("{}: it came out {} {} in {}, with 95 % confidence the difference is {}", words, side,
                                 p.b, replicates(wins, s.c.replicates), range(s, p));
  if (p.crossing_day) text += fmt::format(", and it has held from day {:g} on", *p.crossing_day);
  return text + ".";
}

std::string tell_more(const Setting& s, const PairResult& p) {
  constexpr std::int64_t too_many = 100'000;
  if (!p.replicates_more || *p.replicates_more > too_many)
    return "; a difference this small is not worth more replicates";
  const std::int64_t unit = *p.replicates_more < 100 ? 5 : *p.replicates_more < 1000 ? 50 : 500;
  const std::int64_t more = (*p.replicates_more + unit - 1) / unit * unit;
  return fmt::format("; if it is real, about {} more replicates ({} in all) should show it",
                     readable(static_cast<double>(more)), readable(static_cast<double>(more + s.c.replicates)));
}

ShortVerdict tell_undecided(const Setting& s) {
  const PairResult& p = closest(s);
  const std::string most = less_is_better(s.c.metric) ? "lowest" : s.counts ? "most" : "highest";
  ShortVerdict v;
  v.who = fmt::format("There is no clear winner: {} {} has the {} {}, {}, but {} may be chance.", on_day(s.c),
                      s.leader.name, most, spoken(s.c.metric), readable(s.leader.value.mean),
                      p.difference.mean == 0 ? "what sets it apart from " + p.b : lead_over(s, p));
  v.sure = fmt::format("With 95 % confidence the difference lies anywhere from {}, and {} was ahead in {}{}.",
                       readable_signed(p.difference.ci), s.leader.name, replicates(wins_of(s, p), s.c.replicates),
                       tell_more(s, p));
  return v;
}

ShortVerdict tell_one_replicate(const Setting& s) {
  std::string who = fmt::format("In the one replicate there is, {} {} {}", on_day(s.c), s.leader.name,
                                holding(s).substr(s.counts ? 3 : 0));
  if (!s.counts)
    who = fmt::format("In the one replicate there is, {} has the best {}, {}", s.leader.name, spoken(s.c.metric),
                      readable(s.leader.value.mean));
  return {who + (s.rivals.empty() ? "." : ", " + leads(s) + "."),
          "One replicate cannot tell a better " + s.c.arm +
              " from luck: run more, such as replicates = 16, before trusting a difference."};
}

ShortVerdict tell_alone(const Setting& s) {
  return {fmt::format("A{} {}: {} on average.", on_day(s.c).substr(1), s.leader.name, holding(s)),
          fmt::format("With 95 % confidence the mean is {}; there is no other {} to compare it with.",
                      readable(s.leader.value.ci), s.c.arm)};
}

bool alike(const PairResult& p) {
  return p.difference.mean == 0 && p.difference.ci.low == 0 && p.difference.ci.high == 0;
}

ShortVerdict tell_winner(const Setting& s) {
  const bool judged = more_is_better(s.c.metric) || less_is_better(s.c.metric);
  return {fmt::format("{} {}: {} {} on average, {}.", judged ? "The winner is" : "Highest is", s.leader.name,
                      on_day(s.c), holding(s), leads(s)),
          tell_sureness(s)};
}
}  // namespace

std::size_t leader_of(const Comparison& c) {
  const auto best = std::max_element(c.strategies.begin(), c.strategies.end(),
                                     [&](const auto& a, const auto& b) { return score(c, a) < score(c, b); });
  return static_cast<std::size_t>(best - c.strategies.begin());
}

PairResult seen_from(const PairResult& pair, const std::string& leader) {
  if (pair.a == leader) return pair;
  PairResult turned = pair;
  turned.a = pair.b, turned.b = pair.a;
  turned.difference = {0 - pair.difference.mean, {0 - pair.difference.ci.high, 0 - pair.difference.ci.low}};
  turned.p_a_beats_b = 1 - pair.p_a_beats_b, turned.p_ci = {1 - pair.p_ci.high, 1 - pair.p_ci.low};
  return turned;
}

ShortVerdict write_short_verdict(const Comparison& c, bool made_of_counts) {
  const StrategyResult& leader = c.strategies.at(leader_of(c));
  const Setting s{c, made_of_counts, leader, rivals_of(c, leader.name)};
  if (!std::isfinite(leader.value.mean))
    return {"Nothing is known of " + spoken(c.metric) + " on this day.", "No replicate has a value."};
  if (c.replicates < 2) return tell_one_replicate(s);
  if (s.rivals.empty()) return tell_alone(s);
  if (std::all_of(s.rivals.begin(), s.rivals.end(), alike))
    return {
        fmt::format("All {} are exactly alike: {} each has the same {}.", several(c.arm), on_day(c), spoken(c.metric)),
        fmt::format("They agree in every one of {} replicates.", c.replicates)};
  const bool decided = std::all_of(s.rivals.begin(), s.rivals.end(), [](const auto& p) { return p.decided(); });
  return decided ? tell_winner(s) : tell_undecided(s);
}

}  // namespace passalong
