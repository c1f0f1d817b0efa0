// Explanations of results: the played world is the result's, what is told is what its file counts, and a result that
// is not this program's is refused.
#include "sim/experiment/explanation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {
namespace {

constexpr const char* text = R"(
title = "Explained"
seed = 5
duration = "12 days"
warm_up = "2 days"
replicates = 2
[network]
accounts = 800
mean_followers = 20
[population]
posts = "0.5 per day"
[model.dialogue]
on = true
[[strategy]]
name = "value"
posts = "2 per day"
followers = 100
mix = { value = 0.9, pitch = 0.1 }
[[strategy]]
name = "pitch"
posts = "2 per day"
followers = 100
mix = { value = 0.1, pitch = 0.9 }
)";

const Result& result() {
  static const Result made = run(parse_scenario(text, "explained.toml", model_choices(), {}), {.threads = 1}).result;
  return made;
}

std::int64_t of_row(const Result& r, const char* name, std::size_t row) {
  const Group& posts = *std::ranges::find(r.groups, "posts", &Group::name);
  const Variable& v = *std::ranges::find(posts.variables, name, &Variable::name);
  return std::visit([&](const auto& values) { return static_cast<std::int64_t>(values[row]); }, v.values);
}

TEST(Explanation, PostsAreTheRowsOfTheResult) {
  const Group& posts = *std::ranges::find(result().groups, "posts", &Group::name);
  const std::size_t all = posts.dimensions.at("post");
  std::uint64_t shares = 0;
  for (std::size_t row = 3; row < all; row += all / 6) {
    SCOPED_TRACE(row);
    const PostStory s = explain_post(result(), {.file = "x.h5", .post = std::to_string(row)});
    EXPECT_EQ(static_cast<std::int64_t>(s.deliveries), of_row(result(), "deliveries", row));
    EXPECT_EQ(static_cast<std::int64_t>(s.impressions), of_row(result(), "impressions", row));
    EXPECT_EQ(static_cast<std::int64_t>(s.shares), of_row(result(), "shares", row));
    EXPECT_EQ(static_cast<std::int64_t>(s.depth), of_row(result(), "depth", row));
    EXPECT_EQ(static_cast<std::int64_t>(s.content.kind), of_row(result(), "kind", row));
    EXPECT_EQ(s.copies.size(), s.shares + 1);
    EXPECT_GE(s.sharers.size(), s.shares);  // one that lands after the run's end has been decided
    EXPECT_EQ(s.sharing_readers + s.other_readers, s.impressions);
    EXPECT_GT(s.played.rows_checked, 0U);
    const PostStory same = explain_post(result(), {.file = "x.h5", .post = s.name});  // by its name
    EXPECT_EQ(same.impressions, s.impressions);
    std::uint64_t told = 0, reasons = 0;
    for (const PostDay& d : s.days) told += d.impressions;
    for (const Reason& r : s.reasons) reasons += r.readers;
    EXPECT_EQ(told, s.impressions);
    EXPECT_EQ(reasons, s.other_readers);
    shares += s.shares;
  }
  EXPECT_GT(shares, 0U);
}

TEST(Explanation, AnAccountsStoryAddsUp) {
  const AccountStory s =
      explain_account(result(), {.file = "x.h5", .account = "leaver", .strategy = "pitch", .replicate = 1});
  EXPECT_EQ(s.played.rows_checked, result().time.size());
  EXPECT_EQ(s.bonds[0].posts, 28U);  // warm-up included
  EXPECT_EQ(s.bonds[0].left, 1U);
  EXPECT_TRUE(s.bonds[0].at_start && !s.bonds[0].at_end);
  std::uint64_t seen = 0, left = 0;
  const Moment* parting = nullptr;
  for (const Occurrence& o : s.occurrences) {
    if (!o.moment) continue;
    seen += o.moment->kind == Moment::Kind::sight && o.moment->fresh;
    if (o.moment->leave) ++left, parting = &*o.moment;
  }
  EXPECT_EQ(seen, s.bonds[0].seen);
  ASSERT_EQ(left, 1U);
  EXPECT_GT(s.ordinary_seen, 0U);
  // Its hazard has come up to its threshold on that day, and not before.
  double so_far = 0, today = 0, threshold = 0;
  for (const Reckoning& r : parting->reckonings) {
    if (r.name == std::string("hazard_so_far")) so_far = r.value;
    if (r.name == std::string("hazard")) today = r.value;
    if (r.name == std::string("patience")) threshold = r.terms[0].value;
  }
  EXPECT_GE(so_far, threshold * (1 - 1e-5));
  EXPECT_LT(so_far - today, threshold * (1 + 1e-5));
}

TEST(Explanation, TheSameForAnyNumberOfThreadsAndWithinDays) {
  const Question whole{.file = "x.h5", .account = "sharer"};
  Question more = whole;
  more.threads = 3;
  const AccountStory one = explain_account(result(), whole), three = explain_account(result(), more);
  ASSERT_EQ(one.occurrences.size(), three.occurrences.size());
  for (std::size_t k = 0; k < one.occurrences.size(); ++k) {
    const auto &a = one.occurrences[k].moment, &b = three.occurrences[k].moment;
    ASSERT_EQ(a.has_value(), b.has_value());
    if (!a) continue;
    ASSERT_EQ(a->post, b->post);
    ASSERT_EQ(a->shares, b->shares);
    for (std::size_t r = 0; r < a->reckonings.size(); ++r) ASSERT_EQ(a->reckonings[r].value, b->reckonings[r].value);
  }
  Question part = whole;
  part.account = one.label, part.from = 3, part.to = 4;
  const AccountStory days = explain_account(result(), part);
  const auto inside = [&](const Occurrence& o) {
    return one.played.day_of(o.tick) >= 3 && one.played.day_of(o.tick) < 5;
  };
  EXPECT_EQ(days.occurrences.size(), static_cast<std::size_t>(std::ranges::count_if(one.occurrences, inside)));
  EXPECT_EQ(days.played.rows_checked, 6U);
  EXPECT_EQ(days.bonds[0].posts, 4U);
}

std::string refusal(const Result& r, const Question& question, Exit code) {
  try {
    question.post.empty() ? void(explain_account(r, question)) : void(explain_post(r, question));
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), code);
    return failure.what() + (" / " + failure.faults().front().help);
  }
  ADD_FAILURE() << "not refused";
  return {};
}

TEST(Explanation, RefusesWhatThisProgramDidNotMake) {
  Result changed = result();
  for (Variable& v : changed.series)
    if (v.name == "impressions") ++std::get<std::vector<std::int64_t>>(v.values)[5];
  const std::string told = refusal(changed, {.file = "x.h5", .account = "3", .strategy = "value"}, Exit::run);
  EXPECT_NE(told.find("differs from the result from day 5 on"), told.npos) << told;
  EXPECT_NE(told.find("impressions"), told.npos) << told;
  EXPECT_NE(told.find("the file have been changed since"), told.npos) << told;  // of this version's results
  for (auto& [name, text] : changed.text)
    if (name == "git_commit") text = "another";
  const std::string foreign = refusal(changed, {.file = "x.h5", .account = "3", .strategy = "value"}, Exit::run);
  EXPECT_NE(foreign.find("it was made by passalong"), foreign.npos) << foreign;
  Result posts = result();
  for (Group& g : posts.groups)
    if (g.name == "posts")
      ++std::get<std::vector<std::int64_t>>(std::ranges::find(g.variables, "shares", &Variable::name)->values)[0];
  EXPECT_NE(refusal(posts, {.file = "x.h5", .post = "0"}, Exit::run).find("shares"), std::string::npos);
}

TEST(Explanation, RefusesWhatTheResultHasNot) {
  const auto says = [&](const Question& q, const char* words) {
    const std::string told = refusal(result(), q, Exit::usage);
    EXPECT_NE(told.find(words), told.npos) << told;
  };
  says({.file = "x.h5", .account = "800"}, "numbered from 0 to 799");
  says({.file = "x.h5", .account = "pitch"}, "--post 'pitch:0:0'");
  says({.file = "x.h5", .account = "1", .strategy = "pich"}, "did you mean 'pitch'?");
  says({.file = "x.h5", .account = "1", .replicate = 2}, "it has 0, 1");
  says({.file = "x.h5", .post = "9999"}, "numbered from 0 to");
  says({.file = "x.h5", .post = "pitch:0:99"}, "numbered from 0 to 27");
  says({.file = "x.h5", .post = "first"}, "value:0:0");
}

}  // namespace
}  // namespace passalong
