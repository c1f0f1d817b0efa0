// What is said while a run waits for its replicates to be enough, and after.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "sim/base/count_text.hpp"
#include "sim/experiment/confidence_sequence.hpp"
#include "sim/experiment/outlook.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
std::string count(std::int64_t n) { return count_text(static_cast<std::uint64_t>(n)); }

std::string wanted_text(const Precision& wanted) {
  return wanted.relative ? fmt::format("±{:g} %", 100 * wanted.half_width) : "±" + readable(wanted.half_width);
}

PairOutlook turned(const PairOutlook& p) {
  return {p.b, p.a, 0 - p.difference, {0 - p.sequence.high, 0 - p.sequence.low}, p.alike};
}

// The leader's lead over the next.
std::optional<PairOutlook> closest(const Outlook& s) {
  std::optional<PairOutlook> least;
  for (const PairOutlook& p : s.pairs) {
    if (p.a != s.leader() && p.b != s.leader()) continue;
    const PairOutlook lead = p.a == s.leader() ? p : turned(p);
    if (!least || std::fabs(lead.difference) < std::fabs(least->difference)) least = lead;
  }
  return least;
}

// "±1.8 %" of the larger mean, or "±84", for the pair that is known least.
std::string width_text(const Outlook& s) {
  const double width = s.width() * s.until.precision.half_width;
  if (!std::isfinite(width)) return "not known yet";
  return s.until.precision.relative ? fmt::format("known to ±{:.2g} %", 100 * width) : "known to ±" + readable(width);
}

std::string lead_text(const Outlook& s) {
  const auto lead = closest(s);
  if (!lead || !std::isfinite(lead->difference)) return "nothing to compare yet";
  if (lead->difference == 0) return fmt::format("{} and {} are alike so far", s.arms[lead->a], s.arms[lead->b]);
  const bool below = lead->difference < 0;
  const PairOutlook gap =
      below ? PairOutlook{lead->a, lead->b, -lead->difference, turned(*lead).sequence, lead->alike} : *lead;
  const std::string by = readable(gap.difference);
  if (gap.alike > 0) return fmt::format("{} leads by {} in each", s.arms[gap.a], by);
  if (!std::isfinite(gap.sequence.low)) return fmt::format("{} leads by {}", s.arms[gap.a], by);
  return fmt::format("{} leads by {} ({})", s.arms[gap.a], by, readable(gap.sequence));
}

bool is_level(const PairOutlook& p) { return p.difference == 0 && !excludes_zero(p.sequence); }

// Of n values all alike others may be as rare as one in n / 3 (1 - 3 / n to the power of n is 5 %).
std::string missed_text(std::size_t alike) {
  if (alike < least_judged) return "too few to judge";
  return fmt::format("all alike in {} replicates: one in {} may differ, and by how much is not known",
                     count(static_cast<std::int64_t>(alike)), count(static_cast<std::int64_t>(alike) / 3));
}

std::string range_text(const Interval& sequence, std::size_t alike) {
  return alike > 0 ? missed_text(alike) : readable_signed(sequence);
}

// Pairs that kept it open.
std::string open_text(const Outlook& s) {
  std::vector<std::string> open;
  for (const PairOutlook& p : s.pairs) {
    if ((p.a != s.leader() && p.b != s.leader()) || excludes_zero(p.sequence)) continue;
    const PairOutlook lead = p.a == s.leader() ? p : turned(p);
    open.push_back(is_level(lead) ? fmt::format("'{}' and '{}' are alike so far", s.arms[lead.a], s.arms[lead.b])
                                  : fmt::format("'{}' may not be ahead of '{}'", s.arms[lead.a], s.arms[lead.b]));
  }
  return fmt::format("{} on {}", fmt::join(open, ", "), spoken(s.until.metric));
}

std::string precision_text(const Outlook& s) {
  return fmt::format("{} in {} {} {}; {} was wanted", s.pairs.empty() ? "the mean" : "differences",
                     spoken(s.until.metric), s.pairs.empty() ? "is" : "are", width_text(s),
                     wanted_text(s.until.precision));
}

std::string what_is_known(const Outlook& s) {
  if (!s.until.decided) return precision_text(s);
  if (s.is_decided())
    return fmt::format("'{}' is ahead of all others on {}", s.arms[s.leader()], spoken(s.until.metric));
  return open_text(s);
}
}  // namespace

std::string outlook_line(const Outlook& s) {
  return fmt::format("{} of at most {} replicates; {}", count(s.replicates), count(s.most),
                     s.until.decided ? lead_text(s) : width_text(s) + ", wanted " + wanted_text(s.until.precision));
}

std::string ended_line(const Outlook& s) {
  const std::string replicates = count(s.replicates) + (s.replicates == 1 ? " replicate" : " replicates");
  if (s.stopped == "interrupted") return fmt::format("interrupted after {}: {}", replicates, what_is_known(s));
  const char* aim = s.until.decided ? "decided" : "precise";
  if (s.stopped != "replicates")
    return fmt::format("{} after {} of at most {} replicates: {}", aim, count(s.replicates), count(s.most),
                       what_is_known(s));
  const std::string few = s.most < static_cast<std::int64_t>(least_judged)
                              ? fmt::format(" (fewer than {} are not judged)", least_judged)
                              : "";
  return fmt::format("not {} after {}, the most allowed{}: {}", aim, replicates, few, what_is_known(s));
}

std::string intervals_text(const Outlook& s) {
  std::vector<std::string> each;
  for (const PairOutlook& p : s.pairs)
    each.push_back(fmt::format("{} - {} {} ({})", s.arms[p.a], s.arms[p.b], readable_signed(p.difference),
                               range_text(p.sequence, p.alike)));
  if (s.pairs.empty())
    each.push_back(fmt::format("{} {} ({})", s.arms.empty() ? "the mean" : s.arms.front(), readable(s.means.front()),
                               s.alone_alike > 0 ? missed_text(s.alone_alike) : readable(s.alone)));
  const std::string all = s.pairs.size() > 1 ? fmt::format(" for all {} pairs together", s.pairs.size()) : "";
  return fmt::format(
      "Intervals of {} that hold however often one looks (95 %{}): {}. They are for differences not far from normal; "
      "rare large events can fool them.",
      spoken(s.until.metric), all, fmt::join(each, "; "));
}

}  // namespace passalong
