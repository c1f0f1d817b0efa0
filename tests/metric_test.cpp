// What can be compared: totals of flows, ratios of totals, means over posts, what has one value a replicate.
#include "sim/experiment/metric.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "tests/lively.hpp"
#include "tests/sample_result.hpp"

namespace passalong {
namespace {

Variable of(const std::string& name, Column values) {
  return {name, "1", "the " + name, {"strategy", "replicate", "time"}, std::move(values), "f8", {}};
}

// One strategy, two replicates, three days.
Result flows() {
  Result r;
  r.strategies = {"a"}, r.replicates = {0, 1}, r.time = {0, 1, 2};
  r.series = {of("shares", std::vector<std::int64_t>{0, 2, 3, 0, 1, 0}),
              of("impressions", std::vector<std::int64_t>{0, 4, 16, 0, 0, 8}),
              of("posts_made", std::vector<std::int64_t>{0, 2, 2, 0, 2, 2}),
              of("followers", std::vector<std::int64_t>{10, 11, 12, 10, 9, 8})};
  return r;
}

using Curve = std::vector<double>;

TEST(Metric, AddsFlowsUp) {
  const Measure m = measure(flows(), "shares");
  EXPECT_EQ(m.basis, Basis::total);
  EXPECT_EQ(m.values[0][0], (Curve{0, 2, 5}));
  EXPECT_EQ(m.values[0][1], (Curve{0, 1, 1}));
  EXPECT_EQ(measure(flows(), "shares", true).basis, Basis::step);
  EXPECT_EQ(measure(flows(), "shares", true).values[0][0], (Curve{0, 2, 3}));
  EXPECT_EQ(measure(flows(), "followers").values[0][1], (Curve{10, 9, 8}));
}

TEST(Metric, DividesTotals) {
  const Measure m = measure(flows(), " shares / impressions");
  EXPECT_EQ(m.metric, "shares/impressions");
  EXPECT_EQ(m.basis, Basis::ratio);
  EXPECT_TRUE(std::isnan(m.values[0][0][0]));
  EXPECT_EQ(m.values[0][0][2], 0.25);
  EXPECT_TRUE(std::isnan(m.values[0][1][1]));
  EXPECT_EQ(m.values[0][1][2], 0.125);
  EXPECT_EQ(measure(flows(), "shares/impressions", true).values[0][0][2], 3.0 / 16);
  EXPECT_EQ(measure(flows(), "followers/posts").values[0][1][2], 2);
  EXPECT_EQ(measure(flows(), "followers/posts").metric, "followers/posts_made");
}

TEST(Metric, AveragesOverThePostsSoFar) {  // sizes 1, 7 | 1, 2^20, 3 of replicates 0, 1 | 0, 1, 2
  const Measure m = measure(sample(), "posts.size");
  EXPECT_EQ(m.basis, Basis::posts);
  EXPECT_EQ(m.values[0][0], (Curve{1, 1, 1, 1}));
  EXPECT_EQ(m.values[0][1], (Curve{7, 7, 7, 7}));
  EXPECT_TRUE(std::isnan(m.values[0][2][3]));  // no post
  EXPECT_TRUE(std::isnan(m.values[1][0][0]));  // on day .75
  EXPECT_EQ(m.values[1][0][1], 1);
  EXPECT_TRUE(std::isnan(m.values[1][2][2]));
  EXPECT_EQ(m.values[1][2][3], 3);
  EXPECT_TRUE(std::isnan(measure(sample(), "posts.structural_virality").values[0][0][3]));  // a post without any
}

TEST(Metric, TakesWhatHasOneValueAReplicate) {
  Result r;
  r.replicates = {0, 1, 2};
  r.series = {{"size", "accounts", "size", {"replicate"}, std::vector<std::int64_t>{4, 5, 6}, "i8", {}},
              {"depth", "steps", "depth", {"replicate"}, std::vector<std::int64_t>{2, 0, 3}, "i8", {}}};
  const Measure m = measure(r, "");
  EXPECT_EQ(m.metric, "size");
  EXPECT_EQ(m.basis, Basis::whole);
  EXPECT_TRUE(m.days.empty());
  EXPECT_EQ(m.arms, std::vector<std::string>{""});
  EXPECT_EQ(m.values[0][2], (Curve{6}));
  EXPECT_EQ(measure(r, "size/depth").values[0][0], (Curve{2}));
  EXPECT_TRUE(std::isnan(measure(r, "size/depth").values[0][1][0]));
}

TEST(Metric, ListsWhatThereIs) {
  const auto metrics = metrics_of(flows());
  std::vector<std::string> names;
  for (const Metric& m : metrics) {
    names.push_back(m.name);
    EXPECT_FALSE(m.meaning.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"shares", "impressions", "posts_made", "followers", "shares/impressions",
                                             "impressions/posts_made", "shares/posts_made", "followers/posts_made"}));
  for (const Metric& metric : metrics_of(sample())) {
    EXPECT_EQ(measure(sample(), metric.name).metric, metric.name);
  }
  EXPECT_EQ(usual_metric(flows()), "followers");
  EXPECT_EQ(usual_metric(Result{}), "");
}

TEST(Metric, RefusesWhatIsNotThere) {
  const auto refusal = [](const Result& result, const std::string& name) {
    try {
      measure(result, name, false, "my.h5");
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), Exit::usage);
      return failure.what() + std::string(" | ") + failure.faults().front().help;
    }
    return std::string("nothing");
  };
  EXPECT_NE(refusal(flows(), "shraes").find("there is no series 'shraes' in my.h5 | did you mean 'shares'? my.h5 has"),
            std::string::npos)
      << refusal(flows(), "shraes");
  EXPECT_NE(refusal(flows(), "shares/impresions").find("'impresions'"), std::string::npos);
  EXPECT_NE(refusal(flows(), "posts.size").find("'posts.size'"), std::string::npos);
  EXPECT_NE(refusal(flows(), "shares/").find("''"), std::string::npos);
  Result counted;
  counted.integers = {{"replicates_counted", 7}};
  EXPECT_NE(refusal(counted, "size").find("keep = \"all\""), std::string::npos);
}

// The list of flows is kept by name: every quantity of a world with all mechanisms on is on the right side of it.
TEST(Metric, KnowsEveryFlowOfTheConversation) {
  Team team(1);
  std::size_t flows_seen = 0;
  for (SmallWorld w : {lively(0), lively(1), restless()}) {
    w.scenario.population.posts = 1, w.scenario.strategies.back().budget = 1;
    w.generate(team);
    for (const Quantity& q : w.world(w.setting(), team)->quantities()) {
      const std::string name = std::string(q.name) == "posts" ? "posts_made" : q.name;
      EXPECT_EQ(is_flow(name), q.flow) << name;
      flows_seen += q.flow;
    }
  }
  EXPECT_GT(flows_seen, 30U);
}

}  // namespace
}  // namespace passalong
