// Cascades against their definition, and what is recorded of a world whose figures are known.
#include <gtest/gtest.h>

#include <numeric>

#include "sim/observe/cascade.hpp"
#include "sim/observe/network_figures.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/observe/tables.hpp"
#include "tests/fake_world.hpp"

namespace passalong {
namespace {

using Parents = std::vector<std::uint32_t>;

// ---- cascades ----

// Distances of all pairs by Floyd and Warshall; generations by climbing to the root.
Cascade measure_slowly(const Parents& parents) {
  const std::size_t n = parents.size();
  std::vector<std::vector<unsigned>> d(n, std::vector<unsigned>(n, 1000));
  for (std::size_t k = 0; k < n; ++k) d[k][k] = 0;
  for (std::size_t k = 1; k < n; ++k) d[k][parents[k]] = d[parents[k]][k] = 1;
  for (std::size_t via = 0; via < n; ++via)
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b) d[a][b] = std::min(d[a][b], d[a][via] + d[via][b]);
  Cascade c{.size = static_cast<std::uint32_t>(n)};
  std::vector<std::uint32_t> generation(n);
  double sum = 0;
  for (std::size_t a = 0; a < n; ++a) {
    c.depth = std::max(c.depth, d[0][a]);
    c.breadth = std::max(c.breadth, ++generation[d[0][a]]);
    for (std::size_t b = 0; b < n; ++b) sum += d[a][b];
  }
  if (n > 1) c.first = generation[1];
  if (n > 2) c.second = generation[2];
  if (n > 1) c.structural_virality = sum / static_cast<double>(n * (n - 1));
  return c;
}

void expect_same(const Cascade& got, const Cascade& expected) {
  EXPECT_EQ(got.size, expected.size);
  EXPECT_EQ(got.depth, expected.depth);
  EXPECT_EQ(got.breadth, expected.breadth);
  EXPECT_DOUBLE_EQ(got.structural_virality, expected.structural_virality);
}

TEST(Cascade, OfTheAuthorAloneHasNoDistances) {
  expect_same(measure_cascade(Parents{0}), {1, 0, 1, 0});
  expect_same(measure_cascade(Parents{99}), {1, 0, 1, 0});  // parents[0] is not read
  expect_same(measure_cascade({}), {1, 0, 1, 0});
}

TEST(Cascade, StarsAndPathsHaveClosedForms) {
  for (const std::uint32_t n : {2U, 3U, 10U, 100U, 5000U}) {
    Parents star(n, 0), path(n, 0);
    std::iota(path.begin() + 1, path.end(), 0);
    expect_same(measure_cascade(star), {n, 1, n - 1, 2.0 * (n - 1) / n});
    expect_same(measure_cascade(path), {n, n - 1, 1, (n + 1) / 3.0});
  }
  EXPECT_DOUBLE_EQ(measure_cascade(Parents(100, 0)).structural_virality, 1.98);
}

TEST(Cascade, EveryTreeOfUpToEightAccountsAgreesWithAllPairs) {
  std::size_t trees = 0;
  for (std::uint32_t n = 1; n <= 8; ++n) {
    Parents parents(n, 0);
    for (bool more = true; more; ++trees) {  // counts through all parents[k] < k
      const Cascade got = measure_cascade(parents), slowly = measure_slowly(parents);
      expect_same(got, slowly);
      EXPECT_EQ(got.first, slowly.first);
      EXPECT_EQ(got.second, slowly.second);
      std::uint32_t k = 1;
      while (k < n && ++parents[k] == k) parents[k++] = 0;
      more = k < n;
    }
  }
  EXPECT_EQ(trees, 1U + 1 + 2 + 6 + 24 + 120 + 720 + 5040);
}

TEST(Cascade, AMillionInARowDoNotOverflow) {
  Parents path(1'000'000, 0);
  std::iota(path.begin() + 1, path.end(), 0);
  EXPECT_NEAR(measure_cascade(path).structural_virality / (1'000'001 / 3.0), 1, 1e-10);
}

// ---- the recorder ----

struct Watched {
  Scenario scenario = fake_scenario();
  Team team{1};
  Ground ground;
  Population people;
  WorldRecord record;
  std::vector<Quantity> quantities;

  explicit Watched(const std::function<void(Scenario&)>& change = {}) {
    if (change) change(scenario);
    ground.network = network_from_edges(3, {{0, 1}, {1, 2}});
    people.mean_affinity = 0.125;
    FakeWorld world({&scenario, &ground, &people, 3, {&scenario.strategies[2]}}, team);
    quantities = world.quantities();
    Recorder recorder(scenario, world);
    for (recorder.observe(); world.now() < scenario.last_tick(); recorder.observe()) world.step();
    record = recorder.finish();
  }
  const std::vector<double>& column(const std::string& name) const {
    for (std::size_t q = 0; q < quantities.size(); ++q)
      if (quantities[q].name == name) return record.columns[q];
    throw std::out_of_range(name);
  }
};

TEST(Recorder, TakesStocksAsTheyStandAndFlowsAsDifferences) {
  const Watched w;
  EXPECT_EQ(w.column("followers"), std::vector<double>(11, 2003));
  EXPECT_EQ(w.column("trust_mean"), std::vector<double>(11, 0.125));
  for (std::size_t day = 0; day <= 10; ++day) {
    const double d = static_cast<double>(day);
    EXPECT_EQ(w.column("impressions")[day], day == 0 ? 0 : 64 * 24);
    EXPECT_EQ(w.column("attention")[day], day == 0 ? 0 : 12);
    EXPECT_EQ(w.column("deliveries")[day], day == 0 ? 0 : 24 * 24 * (d - 1) + 300) << day;
  }
}

TEST(Recorder, LeavesTheWarmUpOut) {
  const Watched w([](Scenario& s) { s.warm_up = 72; });
  ASSERT_EQ(w.column("deliveries").size(), 11U);
  EXPECT_EQ(w.column("deliveries")[0], 0);
  EXPECT_EQ(w.column("deliveries")[1], 24 * 24 * 3 + 300);  // the fourth day's
  EXPECT_EQ(w.record.work.deliveries, 312U * 313 / 2);      // work counts it
  const auto posts = w.record.posts;
  ASSERT_EQ(posts.size(), 40U);  // of 52
  EXPECT_EQ(posts.front().ordinal, 12U);
  EXPECT_EQ(posts.front().day, 0);
  EXPECT_EQ(posts.back().ordinal, 51U);
  EXPECT_EQ(posts.back().day, 9.75);
}

TEST(Recorder, FollowsTicksAndStepsOfAnyLength) {
  const Watched w([](Scenario& s) { s.tick = 0.5, s.output.every = 6, s.duration = 48; });
  EXPECT_EQ(output_days(w.scenario), (std::vector<double>{0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2}));
  ASSERT_EQ(w.column("attention").size(), 9U);
  EXPECT_EQ(w.column("attention")[8], 6);
  EXPECT_EQ(w.record.posts[1].day, 0.125);
}

TEST(Recorder, KeepsEveryPostOnce) {
  const Watched w;
  ASSERT_EQ(w.record.posts.size(), 40U);
  for (std::uint32_t k = 0; k < 40; ++k) {
    const PostRow& post = w.record.posts[k];
    EXPECT_EQ(post.ordinal, k);
    EXPECT_EQ(post.day, 0.25 * k);
    EXPECT_EQ(post.kind, k % 2 ? PostKind::pitch : PostKind::value);
    EXPECT_EQ(post.deliveries, 100 + k);
    EXPECT_EQ(post.impressions, 10 + k);
    EXPECT_EQ(post.cascade.size, k % 5 + 1);
    EXPECT_EQ(post.cascade.depth, k % 2 ? std::min(1U, k % 5) : k % 5);
  }
  EXPECT_TRUE(Watched([](Scenario& s) { s.output.posts = false; }).record.posts.empty());
}

// ---- tables ----

const Variable& variable(const Group& group, const std::string& name) {
  for (const Variable& v : group.variables)
    if (v.name == name) return v;
  throw std::out_of_range(name);
}
const std::vector<std::int64_t>& counts(const Variable& v) { return std::get<std::vector<std::int64_t>>(v.values); }
const std::vector<double>& figures(const Variable& v) { return std::get<std::vector<double>>(v.values); }

TEST(Tables, HoldPostsByArmReplicateAndOrdinal) {
  const Watched w([](Scenario& s) { s.duration = 48; });
  const WorldRecord& r = w.record;
  const Ensemble ensemble{{"a", "b"}, {}, {0, 4}, w.quantities, {{&r, &r}, {&r, &r}}};
  const Group posts = tabulate_posts(ensemble, 4);
  const std::size_t n = 4 * 8;
  ASSERT_EQ(posts.dimensions.at("post"), n);
  EXPECT_EQ(variable(posts, "strategy").meanings, ensemble.strategies);
  EXPECT_EQ(variable(posts, "kind").meanings[1], "pitch");
  for (std::size_t k = 0; k < n; ++k) {
    const auto ordinal = static_cast<std::int64_t>(k % 8);
    EXPECT_EQ(counts(variable(posts, "strategy"))[k], k / 16);
    EXPECT_EQ(counts(variable(posts, "replicate"))[k], k / 8 % 2 ? 4 : 0);
    EXPECT_EQ(counts(variable(posts, "deliveries"))[k], 100 + ordinal);
    EXPECT_EQ(counts(variable(posts, "shares"))[k], ordinal % 5);
    EXPECT_EQ(counts(variable(posts, "went_viral"))[k], ordinal % 5 + 1 >= 4);
    EXPECT_EQ(figures(variable(posts, "time"))[k], 0.25 * static_cast<double>(ordinal));
    EXPECT_EQ(figures(variable(posts, "quality"))[k], 0.25 * static_cast<double>(ordinal % 4));
  }
  for (const Variable& v : posts.variables) EXPECT_EQ(v.dimensions, std::vector<std::string>{"post"}) << v.name;
}

TEST(Tables, HaveNoStrategyWhereTheModelHasNone) {
  const Watched w;
  const auto series = tabulate_series({{}, {}, {0}, w.quantities, {{&w.record}}});
  ASSERT_EQ(series.size(), w.quantities.size());
  EXPECT_EQ(series[0].dimensions, (std::vector<std::string>{"replicate", "time"}));
  EXPECT_EQ(series[0].dtype, "i8");
  EXPECT_EQ(series[4].name, "trust_mean");
  EXPECT_EQ(series[4].dtype, "f8");
}

TEST(NetworkFigures, CountAccountsByDegree) {
  // 0 is followed by 1..5, 1 by 0, nobody else by anyone.
  const Network network = network_from_edges(7, {{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {0, 1}});
  const Group group = tabulate_networks({measure_network(network)}, false);
  EXPECT_EQ(group.dimensions.at("degree_bin"), 4U);
  EXPECT_EQ(counts(variable(group, "degree_low")), (std::vector<std::int64_t>{0, 1, 2, 4}));
  EXPECT_EQ(counts(variable(group, "follower_histogram")), (std::vector<std::int64_t>{5, 1, 0, 1}));
  EXPECT_EQ(counts(variable(group, "followee_histogram")), (std::vector<std::int64_t>{1, 6, 0, 0}));
  EXPECT_EQ(counts(variable(group, "edges")), std::vector<std::int64_t>{6});
  EXPECT_TRUE(variable(group, "edges").dimensions.empty());
  EXPECT_DOUBLE_EQ(figures(variable(group, "reciprocity"))[0], 1.0 / 3);
}

TEST(NetworkFigures, TellTheShapeOfTheNetwork) {
  // A mutual triangle, and one who follows it from outside.
  const Network network = network_from_edges(4, {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 2}, {2, 0}, {3, 0}});
  Team team(2);
  const Group group = tabulate_networks({measure_network(network, team)}, false);
  EXPECT_EQ(figures(variable(group, "triangles"))[0], 1);
  EXPECT_EQ(figures(variable(group, "triangles_error"))[0], 0);
  EXPECT_DOUBLE_EQ(figures(variable(group, "clustering"))[0], (1.0 / 3 + 1 + 1) / 4);
  EXPECT_DOUBLE_EQ(figures(variable(group, "transitivity"))[0], 3.0 / 5);
  EXPECT_NEAR(figures(variable(group, "spectral_radius"))[0], 2, 1e-3);
  EXPECT_DOUBLE_EQ(figures(variable(group, "mean_path"))[0], 4.0 / 3);
  EXPECT_EQ(counts(variable(group, "largest_component")), std::vector<std::int64_t>{4});
  EXPECT_EQ(counts(variable(group, "largest_strong_component")), std::vector<std::int64_t>{3});
  EXPECT_EQ(counts(variable(group, "triangles_sampled")), std::vector<std::int64_t>{0});
  for (const Variable& v : group.variables) {
    EXPECT_FALSE(v.units.empty()) << v.name;
    EXPECT_FALSE(v.long_name.empty()) << v.name;
  }
}

TEST(NetworkFigures, OfSeveralNetworksShareTheirBins) {
  const Network small = network_from_edges(2, {{1, 0}}), large = network_from_edges(4, {{1, 0}, {2, 0}, {3, 0}});
  const Group group = tabulate_networks({measure_network(small), measure_network(large)}, true);
  EXPECT_EQ(variable(group, "accounts").dimensions, std::vector<std::string>{"replicate"});
  EXPECT_EQ(variable(group, "follower_histogram").dimensions, (std::vector<std::string>{"replicate", "degree_bin"}));
  EXPECT_EQ(counts(variable(group, "follower_histogram")), (std::vector<std::int64_t>{1, 1, 0, 3, 0, 1}));
}

}  // namespace
}  // namespace passalong
