// Free of locale and of the C library's printf: the same text everywhere.
#include "sim/experiment/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

namespace passalong {
namespace {
std::string group_thousands(std::string digits) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

template <std::size_t n>
bool among(const char* const (&names)[n], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// More of what a ratio divides is better or worse as the thing itself is; a post's shares as all shares are.
std::string_view judged_by(std::string_view metric) {
  if (metric.starts_with("posts.")) metric.remove_prefix(6);
  return metric.substr(0, metric.find('/'));
}
}  // namespace

std::string readable(double value) {
  if (!std::isfinite(value)) return "none";
  const double size = std::fabs(value);
  if (size == 0) return "0";
  if (size < 99.995) return fmt::format("{:.4g}", value);
  if (size >= 1e15) return fmt::format("{:.3e}", value);
  return (value < 0 ? "-" : "") + group_thousands(fmt::format("{:.0f}", size));
}

std::string readable_signed(double value) { return (std::isfinite(value) && value > 0 ? "+" : "") + readable(value); }

std::string readable(const Interval& i) {
  if (!std::isfinite(i.low) || !std::isfinite(i.high)) return "unknown";
  return readable(i.low) + " to " + readable(i.high);
}

std::string readable_signed(const Interval& i) {
  if (!std::isfinite(i.low) || !std::isfinite(i.high)) return "unknown";
  return readable_signed(i.low) + " to " + readable_signed(i.high);
}

std::string percent(double share) { return std::isfinite(share) ? fmt::format("{:.0f} %", 100 * share) : "none"; }

std::string share_text(double share) {
  if (!std::isfinite(share)) return "none";
  const double size = std::fabs(100 * share);
  int places = size >= 99.95 || size == 0 ? 0 : 1;
  for (double at = size; places > 0 && places < 6 && at < 1; at *= 10) ++places;
  return readable(std::stod(fmt::format("{:.{}f}", 100 * share, places))) + " %";
}

std::string in_quotes(const std::string& name) { return "'" + name + "'"; }

std::string days_text(double days) { return fmt::format("{:g} {}", days, days == 1 ? "day" : "days"); }

std::string spoken(std::string_view name) {
  if (name == "posts.went_viral") return "share of posts that went viral";
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  if (words.starts_with("posts.")) words = "mean " + words.substr(6) + " of posts";
  const std::size_t slash = words.find('/');
  return slash == std::string::npos ? words : words.replace(slash, 1, " per ");
}

const char* several(std::string_view arm) {
  return arm == "brand" ? "brands" : arm == "file" ? "files" : arm == "arm" ? "arms" : "strategies";
}

bool more_is_better(std::string_view series) {
  static constexpr const char* wanted[] = {"followers",   "follows",      "impressions", "shares",
                                           "replies",     "reach",        "checks",      "trust_mean",
                                           "adoptions",   "customers",    "clients",     "ideas",
                                           "attendances", "contributors", "real_ties",   "audience_diversity",
                                           "went_viral"};
  return among(wanted, judged_by(series));
}

bool less_is_better(std::string_view series) {
  static constexpr const char* unwanted[] = {"unfollows", "suspicion_mean", "blocks"};
  return judged_by(series).starts_with("unfollows_for_") || among(unwanted, judged_by(series));
}

std::string count_wins(const PairResult& p) {
  const std::int64_t all = p.above + p.level + p.below;
  const auto number = [](std::int64_t n) { return readable(static_cast<double>(n)); };
  const char* what = p.paired ? (all == 1 ? "replicate" : "replicates") : "pairs of replicates";
  if (p.above == all) return fmt::format("all {} {}", number(all), what);
  return fmt::format("{} of {} {}{}", number(p.above), number(all), what,
                     p.level > 0 ? ", level in " + number(p.level) : "");
}

bool excludes_zero(const Interval& i) { return i.low > 0 || i.high < 0; }

}  // namespace passalong
