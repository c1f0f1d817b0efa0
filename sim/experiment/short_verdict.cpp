// Every number in it is one of the comparison's; nothing is judged here that the intervals do not say.
#include "sim/experiment/short_verdict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/experiment/ranking.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
struct Setting {
  const Comparison& c;
  bool counts;
  const StrategyResult& leader;
  std::vector<PairResult> rivals;  // of the leader, nearest first
  std::string who;                 // leads: 'a', or all that lead as one: 'a' and 'b'
  bool several = false;            // ... it is these
};

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

std::string on_day(const Comparison& c) { return "after " + days_text(c.at); }

std::string holding(const Setting& s) {
  const std::string value = readable(s.leader.value.mean), what = spoken(s.c.metric);
  if (s.several)
    return s.counts ? fmt::format("they have {} {} each", value, what) : fmt::format("their {} is {}", what, value);
  return s.counts ? fmt::format("it has {} {}", value, what) : fmt::format("its {} is {}", what, value);
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
  return fmt::format("{}{} {} than {}", readable(std::fabs(p.difference.mean)), share, more, in_quotes(p.b));
}

std::string leads(const Setting& s) {
  const auto& rivals = s.rivals;
  if (rivals.size() == 1) return lead_over(s, rivals[0]);
  if (rivals.size() == 2) return lead_over(s, rivals[0]) + " and " + lead_over(s, rivals[1]);
  return lead_over(s, rivals.front()) + ", the next, and " + lead_over(s, rivals.back()) + ", the last";
}

// The pair seen from the side that is ahead.
PairResult ahead(const Setting& s, const PairResult& p) {
  const double mean = p.difference.mean;
  return mean < 0 || (mean == 0 && less_is_better(s.c.metric)) ? p.turned() : p;
}

double share_of(std::int64_t count, const PairResult& p) {
  return static_cast<double>(count) / static_cast<double>(std::max<std::int64_t>(1, p.above + p.level + p.below));
}

// What is least certain: of what is said of it, the others give no less.
const PairResult& closest(const std::vector<PairResult>& rivals) {
  const auto margin = [](const PairResult& p) {
    const Interval& i = p.interval();
    return std::fabs(p.difference.mean) / std::max(1e-300, i.high - i.low);
  };
  return *std::ranges::min_element(rivals, {}, margin);
}

// The leader is ahead of this one in the fewest replicates; of several such, the least certain.
const PairResult& hardest(const Setting& s) {
  const auto wins = [&](const PairResult& p) {
    const PairResult seen = ahead(s, p);
    return share_of(seen.above, seen);
  };
  const PairResult& least = closest(s.rivals);
  const auto fewest = std::ranges::min_element(s.rivals, {}, wins);
  return wins(*fewest) < wins(least) ? *fewest : least;
}

// From when on the leader is ahead of all; nothing where that cannot be said of one of them.
std::optional<double> last_crossing(const Setting& s) {
  double last = 0;
  for (const PairResult& p : s.rivals) {
    if (!p.crossing_day) return {};
    last = std::max(last, *p.crossing_day);
  }
  return last;
}

// How sure it is goes by p; how usual in a single run, by the replicates.
std::string words_of_sureness(const Setting& s, const PairResult& seen) {
  if (s.c.replicates < 8) return "This is unlikely to be luck, though the replicates are few";
  double p = 0;
  bool stopped = false;  // by what it saw: then there is no p, and 95 % are all that is known
  for (const PairResult& rival : s.rivals) p = std::max(p, rival.p_adjusted), stopped |= rival.sequence.has_value();
  const double wins = share_of(seen.above, seen);
  if (!stopped && p <= 0.001 && wins >= 0.95) return "This is as good as certain within the model";
  const char* luck = !stopped && p <= 0.01 ? "very unlikely to be luck" : "unlikely to be luck";
  if (wins >= 0.75) return fmt::format("This is {}", luck);
  return fmt::format("On average this is {}, but a single run can well {}", luck,
                     seen.level > seen.below ? "end level" : "go the other way");
}

std::string confidence(const PairResult& p) {
  return p.sequence ? "with 95 % confidence (allowing for how the run chose when to stop)" : "with 95 % confidence";
}

std::string tell_sureness(const Setting& s) {
  const PairResult &p = hardest(s), seen = ahead(s, p);
  const char* side = less_is_better(s.c.metric) || p.difference.mean < 0 ? "below" : "ahead of";
  std::string text = fmt::format("{}: {} came out {} {} in {}, {} the difference is {}", words_of_sureness(s, seen),
                                 s.several ? "they" : "it", side, in_quotes(p.b), count_wins(seen), confidence(p),
                                 readable(seen.interval()));
  if (const auto day = last_crossing(s))
    text += fmt::format(
        ", and {} held from day {:g} on",
        s.rivals.size() > 1 ? fmt::format("the lead over {} has", s.rivals.size() == 2 ? "both" : "all") : "it has",
        *day);
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

// The interval by itself would do; not so among many.
std::string tell_range(const Setting& s, const PairResult& p) {
  const PairResult seen = ahead(s, p);
  if (!std::isfinite(p.interval().low))
    return fmt::format("{} replicates are too few to say how large the difference is", s.c.replicates);
  if (excludes_zero(p.interval()))
    return fmt::format("By itself a difference of {} would count, but not as one of {} comparisons",
                       readable(seen.interval()), s.c.pairs.size());
  return fmt::format("W{} the difference lies anywhere from {}", confidence(p).substr(1),
                     readable_signed(p.interval()));
}

ShortVerdict tell_undecided(const Setting& s) {
  std::vector<PairResult> open = s.rivals;
  std::erase_if(open, [](const PairResult& p) { return p.decided(); });
  const PairResult& p = closest(open);
  const std::string most = less_is_better(s.c.metric) ? "lowest" : s.counts ? "most" : "highest";
  ShortVerdict v;
  v.who = fmt::format("There is no clear winner: {} {} {} the {} {}, {}, but {} may be chance.", on_day(s.c), s.who,
                      s.several ? "have" : "has", most, spoken(s.c.metric), readable(s.leader.value.mean),
                      p.difference.mean == 0
                          ? "what sets " + std::string(s.several ? "them" : "it") + " apart from " + in_quotes(p.b)
                          : lead_over(s, p));
  v.sure = fmt::format("{}, and {} {} ahead in {}{}.", tell_range(s, p), s.who, s.several ? "were" : "was",
                       count_wins(ahead(s, p)), tell_more(s, p));
  return v;
}

ShortVerdict tell_one_replicate(const Setting& s) {
  const std::string value = readable(s.leader.value.mean), what = spoken(s.c.metric);
  std::string who = fmt::format("In the one replicate there is, {} {} ", on_day(s.c), s.who);
  who += s.counts ? fmt::format("has {} {}", value, what)
                  : fmt::format("has the {} {}, {}", less_is_better(s.c.metric) ? "lowest" : "highest", what, value);
  return {who + (s.rivals.empty() ? "." : ", " + leads(s) + "."),
          "One replicate cannot tell a better " + s.c.arm +
              " from luck: run more, such as replicates = 16, before trusting a difference."};
}

ShortVerdict tell_alone(const Setting& s) {
  const std::string value = readable(s.leader.value.mean), what = spoken(s.c.metric);
  return {s.counts ? fmt::format("A{} {} has {} {} on average.", on_day(s.c).substr(1), s.who, value, what)
                   : fmt::format("A{} the {} of {} is {} on average.", on_day(s.c).substr(1), what, s.who, value),
          fmt::format("With 95 % confidence the mean is {}; there is no other {} to compare it with.",
                      readable(s.leader.value.ci), s.c.arm)};
}

ShortVerdict tell_alike(const Setting& s) {
  return {
      fmt::format("A{} all {} have exactly the same {}: {}.", on_day(s.c).substr(1), several(s.c.arm),
                  spoken(s.c.metric), readable(s.leader.value.mean)),
      fmt::format("They agree on that in every one of {} replicates; other figures may still differ.", s.c.replicates)};
}

// Those who agree with the leader in every replicate lead with it, and the others are their rivals.
void join_twins(Setting& s) {
  std::vector<std::string> all{in_quotes(s.leader.name)};
  for (const PairResult& p : s.rivals)
    if (p.alike()) all.push_back(in_quotes(p.b));
  std::erase_if(s.rivals, [](const PairResult& p) { return p.alike(); });
  s.several = all.size() > 1;
  const std::string last = all.back();
  all.pop_back();
  s.who = all.empty() ? last : fmt::format("{} and {}", fmt::join(all, ", "), last);
}

ShortVerdict tell_winner(const Setting& s) {
  const bool judged = more_is_better(s.c.metric) || less_is_better(s.c.metric);
  const std::string lead = s.several ? fmt::format("{} lead with exactly the same {}", s.who, spoken(s.c.metric))
                                     : fmt::format("{} {}", judged ? "The winner is" : "Highest is", s.who);
  return {fmt::format("{}: {} {} on average, {}.", lead, on_day(s.c), holding(s), leads(s)), tell_sureness(s)};
}
}  // namespace

PairResult seen_from(const PairResult& pair, const std::string& leader) {
  return pair.a == leader ? pair : pair.turned();
}

ShortVerdict write_short_verdict(const Comparison& c, bool made_of_counts) {
  const StrategyResult& leader = c.strategies.at(leader_of(c));
  Setting s{c, made_of_counts, leader, rivals_of(c, leader.name), in_quotes(leader.name)};
  if (!std::isfinite(leader.value.mean))
    return {"Nothing is known of " + spoken(c.metric) + " on this day.", "No replicate has a value."};
  if (c.replicates < 2) return tell_one_replicate(s);
  if (s.rivals.empty()) return tell_alone(s);
  join_twins(s);
  if (s.rivals.empty()) return tell_alike(s);
  const bool decided = std::all_of(s.rivals.begin(), s.rivals.end(), [&](const auto& p) { return is_won(c, p); });
  return decided ? tell_winner(s) : tell_undecided(s);
}

}  // namespace passalong
