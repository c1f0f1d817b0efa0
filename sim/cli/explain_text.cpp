// Values and their terms in plain lines: what it came to, then what that was made of.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "sim/base/count_text.hpp"
#include "sim/cli/explain.hpp"
#include "sim/cli/readable.hpp"

namespace passalong {
namespace {

// What a value is called, where its own name would not do.
std::string title_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 24> titles{
      {{"merit", "worth V"},
       {"utility", "utility U"},
       {"friends_merit", "friends' V"},
       {"share_chance", "chance to share"},
       {"check_chance", "chance to look closer"},
       {"adopt_chance", "chance to buy"},
       {"follow_chance", "chance to follow"},
       {"client_chance", "chance to stay on"},
       {"reply_chance", "chance to reply"},
       {"block_chance", "chance to block"},
       {"idea_chance", "chance of an idea"},
       {"word_of_mouth_chance", "chance by hearsay"},
       {"delay_hours", "delay, hours"},
       {"suspicion_log_odds", "suspicion, log-odds"},
       {"trust_good", "trust, A - 1"},
       {"trust_bad", "trust, B - 1"},
       {"committed_seen", "committed, as seen"},
       {"threshold", "threshold"},
       {"hazard", "hazard, a day"},
       {"hazard_so_far", "hazard so far"},
       {"causes", "causes"},
       {"shield", "protection"},
       {"stands", "stands"},
       {"reader", "reader"}}};
  for (const auto& [known, title] : titles)
    if (known == name) return title;
  std::string words(name);
  for (char& c : words)
    if (c == '_') c = ' ';
  return words;
}

std::string words_of(const char* name) {
  std::string words = name;
  for (char& c : words)
    if (c == '_') c = ' ';
  return words;
}

std::string sum_text(const std::vector<Term>& terms) {
  std::string text;
  for (const Term& t : terms) {
    const bool minus = t.value < 0;
    text += text.empty() ? (minus ? "-" : "") : (minus ? " - " : " + ");
    text += value_text(std::fabs(t.value)) + " " + words_of(t.name);
  }
  return text;
}

std::string term_text(const Term& t) {
  static constexpr const char* tiers[] = {"a stranger", "a follower", "conversing", "met in person", "a friend"};
  if (t.name == std::string_view("tier")) return tiers[static_cast<std::size_t>(t.value)];
  return value_text(t.value) + " " + words_of(t.name);
}

std::string joined(const std::vector<Term>& terms, const char* between) {
  std::string text;
  for (const Term& t : terms) text += (text.empty() ? "" : between) + term_text(t);
  return text;
}

}  // namespace

std::string value_text(double value) { return std::isfinite(value) ? fmt::format("{:.4g}", value) : "-"; }

std::string clock_text(const Played& played, Tick tick) {
  const double hours = played.day_of(tick) * 24, hour = hours - 24 * std::floor(played.day_of(tick) + 1e-9);
  const auto minutes = static_cast<int>(hour * 60 + 0.5);
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string day_text(const Played& played, Tick tick) {
  return fmt::format("day {:.0f}, {}", std::floor(played.day_of(tick) + 1e-9), clock_text(played, tick));
}

std::string reckoning_text(const Reckoning& r) {
  std::string text = value_text(r.value);
  if (!std::isnan(r.before)) text = value_text(r.before) + " -> " + text;
  if (r.form == Form::sum) text += " = " + sum_text(r.terms);
  if (r.form == Form::product) text += " = " + joined(r.terms, " x ");
  if (r.name == std::string_view("suspicion") && !r.terms.empty())
    return text + (r.terms.front().value > 0 ? ": taken for a pitch" : ": not taken for a pitch");
  if (r.form == Form::given && !r.terms.empty()) text += ": " + joined(r.terms, ", ");
  if (!std::isnan(r.drawn))
    text += fmt::format("; drawn {}: {}", value_text(r.drawn), r.drawn < r.value ? "yes" : "no");
  return text;
}

std::string reckonings_text(const Moment& moment, std::size_t margin, std::size_t width) {
  constexpr std::size_t column = 23;
  std::string text;
  for (const Reckoning& r : moment.reckonings) {
    const std::string_view name = r.name;
    if (name.starts_with("lately_")) continue;  // they stand in the review
    const bool list = name == "reader" || name == "stands";
    text += fmt::format("{:{}}{:<22} {}\n", "", margin, title_of(name),
                        wrap(list ? joined(r.terms, ", ") : reckoning_text(r), width, margin + column));
  }
  return text;
}

std::string post_text(const Played& played, const Moment& m) {
  return fmt::format("{} post {} (topic {}, quality {})", post_kind_names[static_cast<int>(m.content.kind)],
                     played.post_name(m.post), m.content.topic + 1, value_text(m.content.value));
}

std::string checked_text(const Played& played) {
  if (played.rows_checked == 0) return "Simulated again; the result has no row as early as that to check it by.\n";
  std::string text = fmt::format(
      "Simulated again up to day {}; its {} series equal the result's bit for bit in {}.\n",
      value_text(played.day_of(played.ticks)), played.series_checked,
      played.rows_checked == 1 ? "the one row so far" : fmt::format("all {} rows so far", played.rows_checked));
  if (!played.told_terms) text += "Its model cannot tell terms: what happened is told alone.\n";
  return text;
}

}  // namespace passalong
