// The story of a post: where it went by day, the tree of those who passed it on, why they did, and why others did not.
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "sim/base/count_text.hpp"
#include "sim/cli/explain.hpp"
#include "sim/cli/readable.hpp"

namespace passalong {
namespace {

std::string days_text(const PostStory& story) {
  std::string text =
      fmt::format("\nWhere it went\n  {:>5}{:>14}{:>14}{:>10}\n", "day", "deliveries", "impressions", "shares");
  for (const PostDay& d : story.days)
    text += fmt::format("  {:>5}{:>14}{:>14}{:>10}\n", d.day, count_text(d.deliveries), count_text(d.impressions),
                        count_text(d.shares));
  return text;
}

std::string tree_text(const PostStory& story) {
  if (story.copies.size() < 2) return "";
  std::string text = "\nWho passed it on\n";
  std::map<AccountId, std::size_t> depths;
  for (const Copy& c : story.copies) {
    const bool root = &c == &story.copies.front();
    const std::size_t depth = depths[c.sharer] = root ? 0 : depths[c.through] + 1;
    const std::string how = root ? "posts it" : "through " + story.played.name_of(c.through);
    text += fmt::format("  {}{}  {}, {}, before {} follower{}\n",
                        std::string(2 * std::min<std::size_t>(depth, 20), ' '), story.played.name_of(c.sharer),
                        day_text(story.played, c.tick), how, count_text(c.followers), c.followers == 1 ? "" : "s");
  }
  return text;
}

std::string sharers_text(const PostStory& story, std::size_t width) {
  std::string text;
  for (const Moment& m : story.sharers) {
    text += fmt::format("\n  {}  {} sees it {} and passes it on, {:g} h later\n", day_text(story.played, m.tick),
                        story.played.name_of(m.account),
                        m.from == m.post.author ? "from its author" : "through " + story.played.name_of(m.from),
                        m.delay * story.played.tick_hours);
    text += reckonings_text(m, 6, width);
  }
  return text.empty() ? "" : "\nWhy they did" + text;
}

std::string means_text(const PostStory& story) {
  if (story.means.empty()) return "";
  std::string text = fmt::format("\nWhat they had in common: means\n  {:<28}{:>14}{:>14}\n", "",
                                 fmt::format("{} sharers", count_text(story.sharing_readers)),
                                 fmt::format("{} others", count_text(story.other_readers)));
  for (const Mean& m : story.means) {
    const std::size_t dot = m.name.find('.');
    std::string name = dot == m.name.npos ? m.name : "  " + m.name.substr(dot + 1);
    for (char& c : name)
      if (c == '_') c = ' ';
    text += fmt::format("  {:<28}{:>14}{:>14}\n", name, value_text(m.sharers), value_text(m.others));
  }
  return text;
}

std::string reasons_text(const PostStory& story) {
  if (story.reasons.empty()) return "";
  std::string text = "\nWhy the others did not\n";
  for (const Reason& r : story.reasons) text += fmt::format("  {:>9}  {}\n", count_text(r.readers), r.text);
  return text;
}

}  // namespace

std::string story_text(const PostStory& story, std::size_t width) {
  const Played& played = story.played;
  std::string text = fmt::format("Post {}{}: {}, topic {}, quality {}, {}\n", story.name,
                                 story.row ? fmt::format(" (row {} of /posts)", *story.row) : "",
                                 post_kind_names[static_cast<int>(story.content.kind)], story.content.topic + 1,
                                 value_text(story.content.value), day_text(played, story.born));
  text += wrap(checked_text(played), width);
  text +=
      days_text(story) + tree_text(story) + sharers_text(story, width) + means_text(story) + reasons_text(story) + "\n";
  std::string summary =
      fmt::format("In sum: seen by {} account{}, {} cop{} put before followers, passed on {} time{}",
                  count_text(story.impressions), story.impressions == 1 ? "" : "s", count_text(story.deliveries),
                  story.deliveries == 1 ? "y" : "ies", count_text(story.shares), story.shares == 1 ? "" : "s");
  if (story.depth > 0) summary += fmt::format(", {} generation{} deep", story.depth, story.depth == 1 ? "" : "s");
  if (!story.reasons.empty())
    summary += fmt::format("; of those who saw it and did not, most ({}): {}",
                           count_text(story.reasons.front().readers), story.reasons.front().text);
  if (!story.whole) summary += "; it was still alive then";
  return text + wrap(summary + ".", width) + "\n";
}

}  // namespace passalong
