// Which trees are kept, and what the table of their nodes says.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/observe/recorder.hpp"
#include "sim/observe/tables.hpp"
#include "sim/output/image.hpp"
#include "sim/output/output.hpp"
#include "tests/fake_world.hpp"

namespace passalong {
namespace {

PostRecord post_of(std::uint32_t studied, std::uint32_t ordinal, std::uint32_t size) {
  PostRecord p;
  p.id = {100 + studied, ordinal}, p.studied = studied;
  for (std::uint32_t k = 0; k < size; ++k)
    p.accounts.push_back(k == 0 ? 100 + studied : k), p.parents.push_back(k / 2), p.ticks.push_back(Tick(24 + k));
  return p;
}

using Kept = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // account under study, ordinal

Kept kept(const char* which) {
  TreeKeeper keeper(which, 4);
  for (const auto& [studied, ordinal, size] : std::vector<std::array<std::uint32_t, 3>>{
           {1, 2, 4}, {0, 3, 5}, {0, 1, 5}, {1, 0, 1}, {0, 2, 3}, {1, 1, 3}, {0, 0, 1}})
    keeper.take(post_of(studied, ordinal, size));
  Kept all;
  for (const CascadeTree& tree : keeper.finish()) all.emplace_back(tree.studied, tree.ordinal);
  return all;
}

TEST(CascadeTrees, AreKeptAsAsked) {
  EXPECT_EQ(kept("none"), Kept{});
  EXPECT_EQ(kept("viral"), (Kept{{0, 1}, {0, 3}, {1, 2}}));
  EXPECT_EQ(kept("largest"), (Kept{{0, 1}, {1, 2}}));  // of two that are as large the earlier post's
  EXPECT_EQ(kept("all"), (Kept{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 0}, {1, 1}, {1, 2}}));
}

TEST(CascadeTrees, TellAccountsApartByTheirLabels) {
  Scenario scenario = fake_scenario();
  Ground ground;
  ground.network = network_from_edges(2, {{0, 1}});
  ground.network.labels = {"anna", "ben"};
  scenario.dynamics.newcomers = 1;
  scenario.strategies[1].account = "carl";
  const Setting setting{&scenario, &ground, nullptr, 0, {&scenario.strategies[0], &scenario.strategies[1]}};
  std::vector<CascadeTree> trees{{.accounts = {3, 1, 2, 0}}, {.accounts = {4}}};
  name_accounts(trees, setting);
  EXPECT_EQ(trees[0].labels, (std::vector<std::string>{"give", "ben", "", "anna"}));
  EXPECT_EQ(trees[1].labels, std::vector<std::string>{"carl"});
  ground.network.labels.clear(), trees[0].labels.clear();
  name_accounts(trees, setting);
  EXPECT_TRUE(trees[0].labels.empty());
}

// Two worlds of two posts each, of which the second ones have trees.
struct Trees {
  WorldRecord record;
  Ensemble ensemble{{"a", "b"}, {}, {0}, {}, {{&record}, {&record}}};
  explicit Trees(bool labelled) {
    record.posts.resize(2), record.posts[1].ordinal = 1;
    record.trees = {{0, 1, {9, 5, 6, 7}, {0, 0, 0, 1}, {24, 25, 25, 36}, {}}};
    if (labelled) record.trees[0].labels = {"give", "anna", "", "carl"};
  }
};

const Variable& variable(const Group& group, const std::string& name) {
  return *std::ranges::find(group.variables, name, &Variable::name);
}
using Whole = std::vector<std::int64_t>;
Whole whole(const Group& group, const char* name) { return std::get<Whole>(variable(group, name).values); }

TEST(CascadeTrees, BecomeRowsThatFindTheirParents) {
  const Group group = tabulate_trees(Trees(false).ensemble, 1, 24);
  EXPECT_EQ(group.name, "cascades");
  EXPECT_EQ(group.dimensions.at("node"), 8U);
  EXPECT_EQ(whole(group, "post"), (Whole{1, 1, 1, 1, 3, 3, 3, 3}));
  EXPECT_EQ(whole(group, "account"), (Whole{9, 5, 6, 7, 9, 5, 6, 7}));
  EXPECT_EQ(whole(group, "parent"), (Whole{-1, 0, 0, 1, -1, 4, 4, 5}));
  EXPECT_EQ(std::get<std::vector<double>>(variable(group, "time").values),
            (std::vector<double>{0, 1 / 24.0, 1 / 24.0, .5, 0, 1 / 24.0, 1 / 24.0, .5}));
  EXPECT_TRUE(group.texts.empty());
}

TEST(CascadeTrees, AreReadAsTheyWereWritten) {
  for (const bool labelled : {false, true}) {
    const Trees trees(labelled);
    Result result;
    result.strategies = {"a", "b"}, result.replicates = {0};
    result.groups.push_back(tabulate_posts(trees.ensemble, 100));
    result.groups.push_back(tabulate_trees(trees.ensemble, 1, 24));
    result.digest = digest_of(result);
    const Result read = result_in(image_of(result));
    const Group &wrote = result.groups[1], &found = read.groups[1];
    for (const char* name : {"post", "account", "parent"}) EXPECT_EQ(whole(found, name), whole(wrote, name)) << name;
    ASSERT_EQ(found.texts.size(), labelled ? 1U : 0U);
    if (labelled) {
      EXPECT_EQ(found.texts[0].values, wrote.texts[0].values);
      EXPECT_EQ(found.texts[0].long_name, "what the account is called");
      result.groups[1].texts[0].values[2] = "dora";
      EXPECT_NE(digest_of(result), read.digest);
    }
  }
}

TEST(CascadeTrees, MayBeNone) {
  Trees trees(true);
  trees.record.trees.clear();
  Result result;
  result.strategies = {"a", "b"}, result.replicates = {0};
  result.groups.push_back(tabulate_trees(trees.ensemble, 1, 24));
  result.digest = digest_of(result);
  EXPECT_EQ(result_in(image_of(result)).groups[0].dimensions.at("node"), 0U);
}

}  // namespace
}  // namespace passalong
