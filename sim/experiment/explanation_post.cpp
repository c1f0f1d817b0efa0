// The post's side: where it went, who passed it on and why, and what those who saw it and did not had in common.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "sim/base/count_text.hpp"
#include "sim/base/failure.hpp"
#include "sim/experiment/explanation.hpp"
#include "sim/experiment/replay.hpp"

namespace passalong {
namespace {

const Group* posts_of(const Result& result) {
  const auto at = std::ranges::find(result.groups, "posts", &Group::name);
  return at == result.groups.end() ? nullptr : &*at;
}

std::int64_t value_of(const Group& posts, const std::string& name, std::size_t row) {
  const auto at = std::ranges::find(posts.variables, name, &Variable::name);
  if (at == posts.variables.end()) return 0;
  return std::visit([&](const auto& values) { return static_cast<std::int64_t>(values.at(row)); }, at->values);
}

// Which post is meant: of which world and author, and its number: among all of the run, or among those of the result,
// which leaves out the warm-up.
struct Meant {
  std::string strategy;
  std::int64_t replicate = 0;
  std::uint32_t number = 0;
  std::optional<std::size_t> row{};  // then the number is one of the result's
};

template <class T>
std::optional<T> number_of(std::string_view text) {
  T value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

// Rows of a world's author stand together, in the order of its posts.
Meant meant_by_row(const Result& result, std::size_t row) {
  const Group* posts = posts_of(result);
  if (posts == nullptr)
    throw Failure(Exit::usage, "this result has no /posts, whose rows --post could number",
                  fmt::format("name the post as --post {}:REPLICATE:NUMBER", result.arm()));
  const std::size_t all = posts->dimensions.at("post");
  if (row >= all)
    throw Failure(Exit::usage, fmt::format("there is no post {} in this result", count_text(row)),
                  all == 0 ? "it has none" : fmt::format("they are numbered from 0 to {}", count_text(all - 1)));
  const std::string by = result.arm();
  const auto place = [&](std::size_t r) {
    return std::pair(value_of(*posts, by, r), value_of(*posts, "replicate", r));
  };
  Meant meant{result.arms().at(static_cast<std::size_t>(place(row).first)), place(row).second, 0, row};
  while (row > 0 && place(row - 1) == place(*meant.row)) --row;
  meant.number = static_cast<std::uint32_t>(*meant.row - row);
  return meant;
}

Meant meant_by(const Result& result, const std::string& text) {
  if (const auto row = number_of<std::size_t>(text)) return meant_by_row(result, *row);
  const std::size_t second = text.rfind(':'),
                    first = second == 0 || second == text.npos ? text.npos : text.rfind(':', second - 1);
  if (first != text.npos) {
    const auto replicate = number_of<std::int64_t>(std::string_view(text).substr(first + 1, second - first - 1));
    const auto number = number_of<std::uint32_t>(std::string_view(text).substr(second + 1));
    if (replicate && number) return {text.substr(0, first), *replicate, *number, {}};
  }
  throw Failure(Exit::usage, fmt::format("--post: `{}` names no post", harmless(text, 60)),
                fmt::format("a row of /posts, such as 0, or {}:replicate:number, such as {}:0:0", result.arm(),
                            result.arms().empty() ? "pitch" : result.arms().front()));
}

// Sums over readers, by name.
class Tallies {
 public:
  void add(const Moment& m) {
    for (const Reckoning& r : m.reckonings) {
      const std::string name = r.name;
      if (name == "reader")
        for (const Term& t : r.terms) add(t.name, t.value);
      if (name != "merit" && name != "utility" && name != "friends_merit" && name != "share_chance" &&
          name != "committed_seen" && name != "threshold")
        continue;
      add(name, r.value);
      for (const Term& t : r.terms) add(name + "." + t.name, t.value);
    }
  }
  double mean(const std::string& name) const {
    const auto at = sums_.find(name);
    return at == sums_.end() ? Reckoning::none : at->second.first / static_cast<double>(at->second.second);
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  void add(const std::string& name, double value) {
    const auto [at, first] = sums_.try_emplace(name);
    if (first) names_.push_back(name);
    at->second.first += value, ++at->second.second;
  }
  std::map<std::string, std::pair<double, std::uint64_t>> sums_;
  std::vector<std::string> names_;  // in the order in which they came
};

const Reckoning* reckoned(const Moment& m, std::string_view name) {
  for (const Reckoning& r : m.reckonings)
    if (r.name == name) return &r;
  return nullptr;
}

const char* why_not(const Moment& m) {
  if (m.would_share) return "would have, after the post's life is over";
  const Reckoning *utility = reckoned(m, "utility"), *friends = reckoned(m, "friends_merit");
  if (reckoned(m, "threshold") != nullptr) return "too few of those it follows had committed";
  if (reckoned(m, "share_chance") == nullptr) return "nobody passes such a post on like this";
  if (utility != nullptr && utility->value <= 0) return "it was worth nothing to the reader (utility at or below 0)";
  if (friends != nullptr && reckoned(m, "share_chance")->value <= 0)
    return "it was worth nothing to the reader's friends (their merit at or below 0)";
  return "both would have gained, but chance was against it";
}

class PostTeller {
 public:
  explicit PostTeller(PostStory& story) : story_(story) {}

  void tell(Inquiry& inquiry) {
    for (const Copy& c : std::exchange(inquiry.copies, {})) {
      if (story_.copies.empty()) story_.born = c.tick;
      const std::uint64_t depth = story_.copies.empty() ? 0 : depths_[c.through] + 1;
      depths_[c.sharer] = depth, story_.depth = std::max(story_.depth, depth);
      PostDay& day = day_of(c.tick);
      day.deliveries += c.followers, day.shares += !story_.copies.empty();
      story_.deliveries += c.followers, story_.shares += !story_.copies.empty();
      story_.copies.push_back(c);
    }
    for (Moment& m : inquiry.take()) tell(m);
  }

  void finish() {
    for (const std::string& name : others_.names())
      story_.means.push_back({name, sharers_.mean(name), others_.mean(name)});
    for (const std::string& name : sharers_.names())
      if (std::isnan(others_.mean(name))) story_.means.push_back({name, sharers_.mean(name), Reckoning::none});
    for (const auto& [text, readers] : reasons_) story_.reasons.push_back({text, readers});
    std::ranges::stable_sort(story_.reasons, std::greater(), &Reason::readers);
  }

 private:
  void tell(Moment& m) {
    story_.content = m.content;
    story_.impressions += m.fresh, day_of(m.tick).impressions += m.fresh;
    if (m.shares) {
      sharers_.add(m), ++story_.sharing_readers;
      story_.sharers.push_back(std::move(m));
    } else if (m.fresh) {
      others_.add(m), ++story_.other_readers;
      ++reasons_[why_not(m)];
    }
  }
  PostDay& day_of(Tick tick) {
    const auto day = static_cast<std::int64_t>(std::floor(story_.played.day_of(tick)));
    if (story_.days.empty() || story_.days.back().day != day) story_.days.push_back({.day = day});
    return story_.days.back();
  }

  PostStory& story_;
  std::map<AccountId, std::uint64_t> depths_;
  Tallies sharers_, others_;
  std::map<std::string, std::uint64_t> reasons_;
};

// What the result says of a post that had closed.
void check_row(const PostStory& story, const Result& result) {
  const Group* posts = posts_of(result);
  if (!story.row || !story.whole || posts == nullptr) return;
  const auto same = [&](const char* name, std::uint64_t value) {
    if (value_of(*posts, name, *story.row) == static_cast<std::int64_t>(value)) return;
    throw Failure(
        Exit::run,
        fmt::format("simulated again, `{}` of post {} is {}, but the result has {}", name, *story.row, value,
                    value_of(*posts, name, *story.row)),
        fmt::format("it was made by {} (commit {}); use that version", story.played.source, story.played.commit));
  };
  same("deliveries", story.deliveries), same("impressions", story.impressions), same("shares", story.shares);
  same("depth", story.depth);
}

}  // namespace

PostStory explain_post(const Result& result, const Question& question) {
  const Meant meant = meant_by(result, question.post);
  Question where = question;
  where.strategy = meant.strategy, where.replicate = meant.replicate;
  Replay replay(result, where);
  PostStory story;
  story.played = replay.played(), story.row = meant.row;
  const AccountId author = story.played.accounts + static_cast<AccountId>(replay.place().brand.value_or(0));
  std::uint32_t number = meant.number, posted = 0;
  Inquiry inquiry;
  const Tick first = meant.row ? replay.played().warm_up : 0;
  inquiry.account = ~AccountId{0};  // nobody, until the post has its number
  replay.play(first, inquiry, [&](const std::vector<Happening>& all) {
    posted += static_cast<std::uint32_t>(
        std::ranges::count_if(all, [&](const Happening& h) { return h.what == What::post && h.author == author; }));
  });
  if (meant.row) number += posted;
  inquiry.account.reset();
  inquiry.post = story.post = PostId{author, number};
  story.author = story.played.name_of(author), story.name = story.played.post_name(story.post);
  const Tick end = question.to ? replay.first_of_day(*question.to + 1) : replay.last();
  PostTeller teller(story);
  while (replay.now() < end && (story.copies.empty() || replay.now() <= story.born + story.played.lifetime + 1))
    replay.play(replay.now() + 1, inquiry, [&](const std::vector<Happening>& all) {
      posted += static_cast<std::uint32_t>(
          std::ranges::count_if(all, [&](const Happening& h) { return h.what == What::post && h.author == author; }));
      teller.tell(inquiry);
    });
  if (story.copies.empty())
    throw Failure(Exit::usage, fmt::format("'{}' has made no post {} by then", story.author, number),
                  posted == 0 ? "it has made none" : fmt::format("its posts are numbered from 0 to {}", posted - 1));
  story.whole = replay.now() > story.born + story.played.lifetime || replay.now() >= replay.last();
  teller.finish();
  story.played = replay.check();
  check_row(story, result);
  return story;
}

}  // namespace passalong
