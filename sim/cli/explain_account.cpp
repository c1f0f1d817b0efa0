// The story of an account: a heading for each day with something happening, a line an event, its terms beneath.
#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "sim/base/count_text.hpp"
#include "sim/cli/explain.hpp"
#include "sim/cli/readable.hpp"

namespace passalong {
namespace {

constexpr std::size_t margin = 10;

const char* why_left(std::uint32_t cause) {
  constexpr const char* texts[] = {"for no reason the model knows",      "because of promotion",
                                   "because of posts off its interests", "because of too many unwanted posts",
                                   "because of posts about daily life",  "because it has blocked the account"};
  return cause < std::size(texts) ? texts[cause] : texts[0];
}

std::string age_text(const Played& played, Tick age) {
  return age == 0 ? "new" : fmt::format("{:g} h old", age * played.tick_hours);
}

std::string decision_text(const Played& played, const Moment& m) {
  std::string text;
  const auto add = [&](const std::string& what) { text += (text.empty() ? "" : ", ") + what; };
  if (m.shares) add(fmt::format("shares it, which appears {:g} h later", m.delay * played.tick_hours));
  if (m.would_share && !m.shares && m.kind == Moment::Kind::sight) add("would share it, but too late for its life");
  if (m.would_share && !m.shares && m.kind == Moment::Kind::ordinary) add("would share it, but has or it is too late");
  if (m.check) add("looks closer");
  if (m.adopt) add("buys");
  if (m.follow) add("follows the account from now on");
  return text.empty() ? "does nothing about it" : text;
}

std::string sight_text(const Played& played, const Moment& m) {
  const std::string source = m.from == m.post.author ? "from its author" : "through " + played.name_of(m.from);
  const std::string copies = m.copies > 1 ? fmt::format(", {} copies", m.copies) : "";
  return fmt::format("sees {}{}, {}, {}{}: {}", m.fresh ? "" : "again ", post_text(played, m), age_text(played, m.age),
                     source, copies, decision_text(played, m));
}

std::string review_text(const Played& played, const Moment& m) {
  std::string text;
  if (m.stay) text += "becomes a client of '" + played.name_of(m.post.author) + "'; ";
  if (m.adopt) text += "buys, by hearsay; ";
  if (m.leave) return text + fmt::format("leaves '{}' {}", played.name_of(m.post.author), why_left(m.cause));
  return text + fmt::format("stays with '{}'", played.name_of(m.post.author));
}

const Reckoning* find(const Moment& m, std::string_view name) {
  for (const Reckoning& r : m.reckonings)
    if (r.name == name) return &r;
  return nullptr;
}

// In one line how close a follower is to leaving.
std::string patience_text(const Moment& m) {
  const Reckoning *patience = find(m, "patience"), *hazard = find(m, "hazard");
  if (patience == nullptr || hazard == nullptr) return "";
  const double threshold = patience->terms.front().value;
  return fmt::format("; hazard {} a day, {} of its patience of {} used up", value_text(hazard->value),
                     value_text(threshold - patience->value), value_text(threshold));
}

std::string step_text(const Played& played, const Moment& m) {
  std::string text = m.event;
  const auto add = [&](const std::string& what) { text += (text.empty() ? "" : ", ") + what; };
  if (m.follow) add("follows '" + played.name_of(m.post.author) + "' from now on");
  if (m.leave) add(fmt::format("leaves '{}' {}", played.name_of(m.post.author), why_left(m.cause)));
  return fmt::format("{}{} ({})", text, text.empty() ? "what it is to the account changes" : "", m.mechanism);
}

std::string happening_text(const Played& played, const Happening& h) {
  const std::string who = "'" + played.name_of(h.author) + "'";
  switch (h.what) {
    case What::post:
      return fmt::format("posts {}", played.post_name({h.author, h.ordinal}));
    case What::share:
      return fmt::format("passes on {} from its feed, in place of a post", played.post_name({h.author, h.ordinal}));
    case What::follow:
      return h.author < played.accounts ? "follows " + who : "follows " + who + ", out of the blue";
    case What::unfollow:
      return h.author < played.accounts ? "stops following " + who : "leaves " + who;
    case What::check:
      return "looks closer at " + who;
    case What::adopt:
      return "buys from " + who;
    case What::client:
      return "becomes a client of " + who;
    case What::deed:
      return "does something about " + who;
  }
  return {};
}

bool is_quiet(const Occurrence& o) {  // an ordinary end of a day
  return o.moment && o.moment->kind == Moment::Kind::review && !o.moment->leave && !o.moment->stay && !o.moment->adopt;
}

// Of an ordinary post that it does not pass on: the little there is to say, in the same line.
std::string brief_text(const Moment& m) {
  const Reckoning *utility = find(m, "utility"), *chance = find(m, "share_chance");
  if (utility == nullptr || chance == nullptr) return "";
  return fmt::format(" (U {}, chance {}, drawn {})", value_text(utility->value), value_text(chance->value),
                     value_text(chance->drawn));
}

std::string moment_text(const Played& played, const Moment& m) {
  switch (m.kind) {
    case Moment::Kind::sight:
      return sight_text(played, m);
    case Moment::Kind::ordinary:
      return sight_text(played, m) + (m.shares ? "" : brief_text(m));
    case Moment::Kind::review:
      return review_text(played, m) + patience_text(m);
    case Moment::Kind::step:
      return step_text(played, m);
  }
  return {};
}

std::string occurrence_text(const Played& played, const Occurrence& o, std::size_t width) {
  const std::string what = o.moment ? moment_text(played, *o.moment) : happening_text(played, *o.happening);
  const std::string line = fmt::format("  {}   {}\n", clock_text(played, o.tick), wrap(what, width, margin));
  const bool brief = !o.moment || is_quiet(o) || (o.moment->kind == Moment::Kind::ordinary && !o.moment->shares);
  return brief ? line : line + reckonings_text(*o.moment, margin, width);
}

std::string heading(const Played& played, Tick tick) {
  const double day = std::floor(played.day_of(tick) + 1e-9);
  return day < 0 ? fmt::format("\nDay {:.0f} (warm-up)\n", day) : fmt::format("\nDay {:.0f}\n", day);
}

// Days on which nothing but their end happened are left out.
std::string days_text(const AccountStory& story, std::size_t width) {
  std::string text, day;
  bool eventful = false;
  double current = -1e300;
  const auto close = [&] {
    if (eventful) text += day;
    day.clear(), eventful = false;
  };
  for (const Occurrence& o : story.occurrences) {
    const double of = std::floor(story.played.day_of(o.tick) + 1e-9);
    if (of != current) close(), current = of, day = heading(story.played, o.tick);
    day += occurrence_text(story.played, o, width);
    eventful = eventful || !is_quiet(o);
  }
  close();
  return text;
}

std::string times(std::uint64_t n) { return n == 1 ? "once" : fmt::format("{} times", count_text(n)); }

std::string summary_of(const Bond& b, const std::string& name) {
  std::string text = fmt::format("saw {} of {} post{} of '{}', shared {}", count_text(b.seen), count_text(b.posts),
                                 b.posts == 1 ? "" : "s", name, count_text(b.shared));
  if (b.checks > 0) text += ", looked closer " + times(b.checks);
  if (b.adoptions > 0) text += ", bought";
  if (b.clients > 0) text += ", became a client";
  if (b.followed > 0)
    text += b.at_start ? ", followed again " + times(b.followed) : ", began to follow " + times(b.followed);
  if (b.left > 0)
    text += fmt::format(", left {}on day {:.0f} {}", b.left > 1 ? times(b.left) + ", at last " : "",
                        std::floor(b.last_left + 1e-9), why_left(b.cause));
  else if (b.at_end)
    text += ", still followed at the end";
  else if (b.followed == 0)
    text += ", never followed it";
  return text;
}

std::string traits_text(const AccountStory& story) {
  std::string text;
  for (const Term& t : story.traits)
    text += (text.empty() ? "" : ", ") + std::string(t.name) + " " + value_text(t.value);
  return text;
}

}  // namespace

std::string story_text(const AccountStory& story, std::size_t width) {
  const Played& played = story.played;
  std::string text =
      fmt::format("Account {}{}, replicate {}\n", story.label,
                  played.authors.size() == 1 ? " and '" + played.authors[0] + "'" : "", played.replicate);
  text += wrap(traits_text(story), width) + "\n" + wrap(checked_text(played), width) + days_text(story, width) + "\n";
  std::string summary;
  for (std::size_t k = 0; k < story.bonds.size(); ++k)
    if (story.asked_about(k)) summary += (summary.empty() ? "" : "; ") + summary_of(story.bonds[k], played.authors[k]);
  if (story.ordinary_seen > 0)
    summary += fmt::format("; of ordinary accounts it saw {} copies of posts and shared {}",
                           count_text(story.ordinary_seen), count_text(story.ordinary_shared));
  text += wrap(fmt::format("In sum: account {} {}.", story.label, summary), width) + "\n";
  if (story.occurrences.empty())
    text += wrap("Nothing happened to it. Accounts with a story: --account leaver, sharer, buyer, follower or client.",
                 width) +
            "\n";
  return text;
}

}  // namespace passalong
