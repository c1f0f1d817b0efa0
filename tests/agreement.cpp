// Counts by the engine's names; posts of studied accounts in order of appearance.
#include "tests/agreement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace passalong {
namespace {

std::string told(const Happening& h) {
  static constexpr const char* words[] = {"post", "share", "follow", "unfollow", "check", "adopt", "client", "deed"};
  return "tick " + std::to_string(h.tick) + ": " + words[static_cast<int>(h.what)] + " by " +
         std::to_string(h.account) + " of " + std::to_string(h.author) + ", " + std::to_string(h.ordinal);
}

// What both sides count of a studied account and of everyone, by the engine's names.
std::map<std::string, std::uint64_t> counts(const reference::Outcome& r, AccountId accounts, std::size_t studied) {
  const auto account = static_cast<AccountId>(accounts + studied);
  std::map<std::string, std::uint64_t> n{{"followers", r.followers[studied].size()},
                                         {"reach", r.reach[studied].size()}};
  static constexpr const char* names[] = {"posts",  "",          "follows", "unfollows",
                                          "checks", "adoptions", "clients", "deeds"};
  static constexpr const char* causes[] = {"other", "promotion", "irrelevance", "volume", "routine", "block"};
  for (const Happening& h : r.happenings)
    if (h.author == account || (h.author < accounts && (h.what == What::follow || h.what == What::unfollow)))
      ++n[std::string(h.author < accounts ? "world_" : "") + names[static_cast<int>(h.what)]];
  for (const Happening& h : r.happenings)
    if (h.author == account && h.what == What::unfollow) ++n[std::string("unfollows_for_") + causes[h.ordinal]];
  n["customers"] = n["adoptions"], n["world_ties"] = r.ties, n["world_accounts"] = r.present;
  for (const reference::Post& p : r.posts)
    for (const std::string whose : {"", "world_"}) {
      if (whose.empty() && p.author != account) continue;
      n[whose + "deliveries"] += p.deliveries, n[whose + "impressions"] += p.impressions;
      n[whose + "shares"] += p.shares.size();
    }
  return n;
}

void compare_counts(const EngineRun& engine, const reference::Outcome& r, AccountId accounts) {
  std::vector<std::map<std::string, std::uint64_t>> expected;
  for (std::size_t k = 0; k < r.followers.size(); ++k) expected.push_back(counts(r, accounts, k));
  auto value = engine.row.begin();
  for (const Quantity& quantity : engine.quantities)
    for (std::size_t k = 0; k < (quantity.everyones ? 1 : expected.size()); ++k, ++value)
      if (const auto further = r.further[k].find(quantity.name); further != r.further[k].end()) {
        EXPECT_EQ(*value, further->second) << quantity.name << " of " << k;  // what a witness has counted itself
      } else if (quantity.integer) {
        EXPECT_EQ(*value, static_cast<double>(expected[k][quantity.name])) << quantity.name << " of " << k;
      }
  EXPECT_TRUE(value == engine.row.end());
}

// What a policy came to; exact, like all the rest.
void compare_policies(const EngineRun& engine, const reference::Outcome& r) {
  auto value = engine.row.begin();
  for (const Quantity& quantity : engine.quantities)
    for (std::size_t k = 0; k < (quantity.everyones ? 1 : r.hours.size()); ++k, ++value) {
      const std::string name = quantity.name;
      if (name == "effort") {
        EXPECT_EQ(*value, r.hours[k]);
      }
      if (name == "reward") {
        EXPECT_EQ(*value, r.rewards[k]);
      }
      if (name == "pitch_share") {
        EXPECT_EQ(*value, r.pitch_shares[k]);
      }
    }
}

void compare_posts(const EngineRun& engine, const reference::Outcome& r, AccountId accounts) {
  std::vector<const reference::Post*> posts;
  for (const auto& p : r.posts)
    if (p.author >= accounts) posts.push_back(&p);
  ASSERT_EQ(engine.posts.size(), posts.size());
  for (std::size_t k = 0; k < posts.size(); ++k) {
    const PostRecord& e = engine.posts[k];
    const reference::Post& p = *posts[k];
    ASSERT_EQ(e.id, (PostId{p.author, p.ordinal}));
    ASSERT_EQ(e.studied, p.author - accounts);
    ASSERT_EQ(e.born, p.born);
    ASSERT_EQ(e.content.value, p.v);
    ASSERT_EQ(e.content.kind, p.kind);
    ASSERT_EQ(e.content.topic, p.topic);
    ASSERT_EQ(e.tally.deliveries, p.deliveries);
    ASSERT_EQ(e.tally.impressions, p.impressions);
    ASSERT_EQ(e.accounts.size(), p.shares.size() + 1);
    for (std::size_t n = 1; n < e.accounts.size(); ++n)
      ASSERT_EQ(p.shares[n - 1], std::tuple(e.ticks[n], e.accounts[n], e.accounts[e.parents[n]]));
  }
}

}  // namespace

EngineRun run_engine(SmallWorld& w, Team& team) {
  EngineRun run;
  const auto world = w.world(w.setting(), team);
  world->record(&run.happenings);
  const auto collect = [&] {
    for (PostRecord& p : world->take_closed()) run.posts.push_back(std::move(p));
  };
  for (Tick t = 0; t < w.scenario.last_tick(); ++t) world->step(), collect();
  world->measure(run.row);
  run.quantities = world->quantities();
  world->close_all(), collect();
  std::sort(run.happenings.begin(), run.happenings.end());
  return run;
}

std::string first_difference(const std::vector<Happening>& engine, const std::vector<Happening>& reference) {
  for (std::size_t k = 0; k < std::max(engine.size(), reference.size()); ++k) {
    if (k == engine.size()) return "only the reference has " + told(reference[k]);
    if (k == reference.size()) return "only the engine has " + told(engine[k]);
    if (engine[k] != reference[k]) return "engine: " + told(engine[k]) + "; reference: " + told(reference[k]);
  }
  return {};
}

void expect_agreement(SmallWorld& w, Team& team, EngineRun& engine) {
  engine = run_engine(w, team);
  const Setting setting = w.setting();
  const reference::Outcome r = reference::simulate(setting, w.mechanisms, w.scenario.last_tick());
  ASSERT_EQ(first_difference(engine.happenings, r.happenings), "");
  compare_counts(engine, r, setting.accounts());
  compare_policies(engine, r);
  compare_posts(engine, r, setting.accounts());
}

}  // namespace passalong
