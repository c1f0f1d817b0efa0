// label: determinism
// Futures of a result: up to their day they are their past, a change of nothing stays so to the end, one on day 0 is a
// run of its own, and no number of threads is seen. All exact.
#include "sim/experiment/branch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <numeric>
#include <set>
#include <string>
#include <thread>

#include "sim/base/failure.hpp"
#include "sim/experiment/resimulation.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

constexpr const char* text = R"(
duration = "12 days"
warm_up = "1 day"
replicates = 2
[network]
accounts = 600
mean_followers = 15
[model.follow]
rate = 0.3
[model.unfollow]
rate = 0.05
[[strategy]]
name = "give"
posts = "5 per day"
mix = { value = 0.9, pitch = 0.1 }
followers = 150
[[strategy]]
name = "sell"
posts = "5 per day"
mix = { value = 0.1, pitch = 0.7, routine = 0.2 }
followers = 150
)";

std::string without(std::string from, const std::string& part) {
  return from.replace(from.find(part), part.size(), "");
}

class Branch : public testing::Test {
 protected:
  Result run_of(const std::string& scenario, const std::vector<std::string>& overrides = {}) {
    const Scenario s = parse_scenario(scenario, file, model_choices(), overrides);
    Result result = run(s, {.threads = 2, .history = "passalong run s.toml"}).result;
    result.digest = digest_of(result);
    return result;
  }
  RunReport report_of(const Result& past, const std::string& at, std::vector<FutureWish> wishes, unsigned threads = 2) {
    BranchOptions options;
    options.at = at, options.futures = std::move(wishes);
    options.run.threads = threads, options.run.history = "passalong branch s.h5", options.run.stop = &stop;
    return branch(past, scenario_of(past, file), options);
  }
  Result branch_of(const Result& past, const std::string& at, std::vector<FutureWish> wishes, unsigned threads = 2) {
    Result result = report_of(past, at, std::move(wishes), threads).result;
    result.digest = digest_of(result);
    return result;
  }
  std::string refusal(const Result& past, const std::string& at, const std::vector<std::string>& changes, Exit code) {
    try {
      branch_of(past, at, {{"", changes}});
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), code) << render_all(failure, false);
      return render_all(failure, false);
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
  }
  std::string file = "s.h5";
  std::atomic<int> stop{0};
};

// A series of one arm, by replicate and time, up to so many rows.
std::vector<double> rows_of(const Result& r, const Variable& v, std::size_t arm, std::size_t most) {
  std::vector<double> rows;
  const std::size_t size = std::visit([](const auto& all) { return all.size(); }, v.values) / r.arms().size();
  for (std::size_t i = 0; i < size; ++i)
    if (i % r.time.size() < most)
      rows.push_back(std::visit([&](const auto& all) { return static_cast<double>(all[arm * size + i]); }, v.values));
  return rows;
}
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return x == y || (x != x && y != y); });
}
void expect_same(const Result& a, std::size_t arm, const Result& b, std::size_t other, std::size_t rows) {
  for (const Variable& v : a.series) {
    ASSERT_NE(b.find(v.name), nullptr) << v.name;
    EXPECT_TRUE(same(rows_of(a, v, arm, rows), rows_of(b, *b.find(v.name), other, rows))) << v.name;
  }
}
// Of an arm, less its number.
std::vector<std::vector<double>> posts_of(const Result& r, std::size_t arm) {
  const Group& posts = *std::ranges::find(r.groups, "posts", &Group::name);
  std::vector<std::vector<double>> rows(posts.dimensions.at("post"));
  for (const Variable& v : posts.variables)
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].push_back(std::visit([&](const auto& all) { return static_cast<double>(all[i]); }, v.values));
  const std::size_t column = r.brands.empty() ? 0 : 1;
  std::erase_if(rows, [&](const auto& row) { return row[column] != static_cast<double>(arm); });
  for (auto& row : rows) row[column] = 0;
  return rows;
}

TEST_F(Branch, IsItsPastUpToTheDay) {
  const Result past = run_of(text);
  const Result result = branch_of(past, "day 5", {{"", {"strategy.sell.mix.value=0.8"}}});
  EXPECT_EQ(result.strategies, (std::vector<std::string>{"give", "sell", "sell from day 5"}));
  for (const std::size_t arm : {0U, 1U}) {
    expect_same(result, arm, past, arm, 13);
    EXPECT_EQ(posts_of(result, arm), posts_of(past, arm));
  }
  expect_same(result, 2, past, 1, 6);
  const Variable& trust = *result.find("trust_mean");
  EXPECT_FALSE(same(rows_of(result, trust, 2, 13), rows_of(result, trust, 1, 13)));
  EXPECT_EQ(result.text_of("branch_of"), past.digest);
  EXPECT_EQ(result.text_of("branch_at"), "day 5");
  EXPECT_EQ(result.text_of("history"), "passalong run s.toml; passalong branch s.h5");
  EXPECT_EQ(result.text_of("futures"),
            R"([{"name":"sell from day 5","of":"sell","set":["strategy.sell.mix.value=0.8"]}])");
  EXPECT_TRUE(result.complete);
}

TEST_F(Branch, OfNothingNewStaysItsPast) {
  const std::string brands = [] {
    std::string all = text;
    for (std::size_t at; (at = all.find("[[strategy]]")) != all.npos;) all.replace(at, 12, "[[brand]]");
    return all;
  }();
  const std::pair<const char*, std::string> scenarios[] = {
      {"plain", text},
      {"network", std::string("redraw = \"network\"\n") + text},
      {"behaviour, posts of everyone", std::string("redraw = \"behaviour\"\n") + text +
                                           "[population]\nposts = \"0.5 per day\"\n[dynamics]\nunfollow = \"0.01 per "
                                           "day\"\nfollow = \"0.1 per day\"\nnewcomers = 20\nnewcomer_rate = \"3 per "
                                           "day\"\n[output]\nbase_rates = true\ntrust = true\ncascades = \"all\"\n"},
      {"brands", brands}};
  for (const auto& [name, scenario] : scenarios) {
    SCOPED_TRACE(name);
    const Result past = run_of(scenario);
    const Result result = branch_of(past, "100 h", {{"as it is", {"model.trust.gain=1"}}});
    const std::size_t arms = past.arms().size();
    ASSERT_EQ(result.arms().size(), 2 * arms);
    for (std::size_t arm = 0; arm < arms; ++arm) {
      expect_same(result, arm, past, arm, 13);
      expect_same(result, arms + arm, past, arm, 13);
      EXPECT_EQ(posts_of(result, arms + arm), posts_of(past, arm));
    }
    for (const Group& group : result.groups)  // the futures' half of every table is the past's
      for (const Variable& v : group.variables) {
        if (v.dimensions.empty() || v.dimensions.front() != "strategy" ||
            (!past.brands.empty() && v.dimensions[1] != "brand"))
          continue;
        const auto values =
            std::visit([](const auto& all) { return std::vector<double>(all.begin(), all.end()); }, v.values);
        const std::size_t half = values.size() / 2;
        EXPECT_TRUE(same({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half)},
                         {values.begin() + static_cast<std::ptrdiff_t>(half), values.end()}))
            << group.name << "/" << v.name;
      }
  }
}

TEST_F(Branch, OnDayZeroIsARunOfItsOwn) {
  const std::string scenario = without(text, "warm_up = \"1 day\"\n");
  const Result past = run_of(scenario);
  const std::vector<std::vector<std::string>> all = {
      {"strategy.sell.posts=9 per day"},
      {"strategy.sell.mix={ value = 0.5, pitch = 0.5 }", "strategy.sell.order=value first"},
      {"strategy.sell.weekdays=[1, 0, 0, 2, 1, 1, 4]"},
      {"model.suspicion.prior=0.6", "model.trust.loss=4"},
      {"content.value_quality=0.9"},
      {"audience.inflow=1"}};
  for (const auto& changes : all) {
    SCOPED_TRACE(changes.front());
    const Result own = run_of(scenario, changes);
    const Result result = branch_of(past, "0", {{"", changes}});
    expect_same(result, result.strategies.size() - 1, own, 1, 13);
    EXPECT_EQ(posts_of(result, result.strategies.size() - 1), posts_of(own, 1));
  }
}

// Budgets, learners and phases come in and go, though the past's scenario states what they leave no room for.
TEST_F(Branch, TakesUpAnyPolicy) {
  const Result past = run_of(text);
  const std::vector<FutureWish> wishes = {
      {"budget", {"strategy.sell.budget=5 h per week"}},
      {"learner", {"strategy.sell.learn=ucb"}},
      {"phases", {"strategy.sell.phases=[{ until = \"8 days\", mix = { value = 1 } }, { mix = { pitch = 1 } }]"}},
      {"quiet", {"strategy.sell.posts=0 per day"}}};
  const Result result = branch_of(past, "60 h", wishes);
  ASSERT_EQ(result.strategies.size(), 6U);
  for (std::size_t arm = 2; arm < 6; ++arm) expect_same(result, arm, past, 1, 3);
  const std::vector<double> posts = rows_of(result, *result.find("posts_made"), 5, 13);
  EXPECT_EQ(std::vector<double>(posts.begin() + 4, posts.begin() + 13), std::vector<double>(9, 0.0));
}

TEST_F(Branch, DoesNotDependOnThreads) {
  const Result past = run_of(text);
  const std::vector<FutureWish> wishes = {{"a", {"strategy.sell.mix.pitch=0.2"}}, {"b", {"model.trust.loss=5"}}};
  const std::string expected = branch_of(past, "day 4", wishes, 1).digest;
  for (const unsigned threads : {2U, 5U}) EXPECT_EQ(branch_of(past, "day 4", wishes, threads).digest, expected);
}

TEST_F(Branch, IsReadBackAsItWasWritten) {
  const fs::path folder = fs::path(testing::TempDir()) / "passalong_branch";
  fs::create_directories(folder);
  const Result past = run_of(std::string(text) + "[output]\ncascades = \"all\"\n");
  Result result =
      branch_of(past, "day 4", {{"", {"strategy.give.posts=9 per day"}}, {"", {"strategy.give.posts=1 per day"}}});
  EXPECT_EQ(result.strategies[2], "give from day 4");
  EXPECT_EQ(result.strategies[3], "give from day 4 (2)");
  write_result((folder / "b.h5").string(), result, true);
  EXPECT_EQ(read_result((folder / "b.h5").string()).digest, result.digest);
  const Group& nodes = *std::ranges::find(result.groups, "cascades", &Group::name);
  const Group& posts = *std::ranges::find(result.groups, "posts", &Group::name);
  const auto& parents =
      std::get<std::vector<std::int64_t>>(std::ranges::find(nodes.variables, "parent", &Variable::name)->values);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(parents, -1)), posts.dimensions.at("post"));
  fs::remove_all(folder);
}

TEST_F(Branch, NoticesAPastThatIsNotItsOwn) {
  Result past = run_of(text);
  for (Variable& v : past.series)
    if (v.name == "reach") ++std::get<std::vector<std::int64_t>>(v.values)[2 * 13 + 3];
  const std::string told = refusal(past, "day 5", {"strategy.sell.posts=1 per day"}, Exit::run);
  EXPECT_NE(told.find("`reach` of 'sell' in replicate 0 differs"), std::string::npos) << told;
  EXPECT_NE(told.find("have been changed since"), std::string::npos) << told;
  for (auto& [name, value] : past.text)
    if (name == "git_commit") value = "another";
  const std::string other = refusal(past, "day 5", {"strategy.sell.posts=1 per day"}, Exit::run);
  EXPECT_NE(other.find("(commit another); use that version"), std::string::npos) << other;
}

const std::vector<std::int64_t>& column(const Result& r, const char* table, const char* name) {
  const Group& group = *std::ranges::find(r.groups, table, &Group::name);
  return std::get<std::vector<std::int64_t>>(std::ranges::find(group.variables, name, &Variable::name)->values);
}

TEST_F(Branch, StoppedHoldsWholeReplicates) {
  const Result past = run_of(std::string(text) + "[output]\ncascades = \"all\"\n", {"replicates=3"});
  BranchOptions options;
  options.at = "day 4", options.futures = {{"", {"strategy.sell.posts=4 per day"}}};
  options.run.threads = 1, options.run.stop = &stop;
  options.run.progress = [&](const Progress& p) {
    if (p.phase == std::string("worlds") && p.ticks_done == 0)  // the next is told a tenth of a second later
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
    if (p.ticks_done > 0) stop = SIGINT;
  };
  const RunReport report = branch(past, scenario_of(past, file), options);
  const Result& r = report.result;
  EXPECT_EQ(report.stopped_by, SIGINT);
  EXPECT_FALSE(r.complete);
  ASSERT_GT(r.replicates.size(), 0U);
  ASSERT_LT(r.replicates.size(), 3U);
  const std::set<std::int64_t> kept(r.replicates.begin(), r.replicates.end());
  for (const std::int64_t replicate : column(r, "posts", "replicate")) EXPECT_TRUE(kept.contains(replicate));
  std::set<std::int64_t> rooted;  // each post has one tree
  for (std::size_t node = 0; node < column(r, "cascades", "post").size(); ++node) {
    const std::int64_t parent = column(r, "cascades", "parent")[node], post = column(r, "cascades", "post")[node];
    if (parent < 0)
      EXPECT_TRUE(rooted.insert(post).second);
    else
      EXPECT_EQ(column(r, "cascades", "post")[static_cast<std::size_t>(parent)], post);
  }
  EXPECT_EQ(rooted.size(), column(r, "posts", "kind").size());
  const std::vector<std::int64_t>& shares = column(r, "posts", "shares");
  EXPECT_EQ(static_cast<std::size_t>(std::accumulate(shares.begin(), shares.end(), std::int64_t{0})) + shares.size(),
            column(r, "cascades", "post").size());
  digest_of(r);  // can be stored
}

TEST_F(Branch, RefusesWhatThePastStandsOnAllAtOnce) {
  const Result past = run_of(text);
  const std::string told =
      refusal(past, "day 5",
              {"seed=2", "network.accounts=5", "strategy.sell.posts=1 per day", "strategy.sel.posts=2 per day",
               "content.lifetime=2 days", "strategy.give.followers=3", "model.trust.gian=2"},
              Exit::scenario);
  for (const char* part :
       {"`seed` cannot change", "`network.accounts` cannot change", "`content.lifetime` cannot change",
        "`strategy.give.followers` cannot change", "did you mean `sell`?", "--set:4:1"})
    EXPECT_NE(told.find(part), std::string::npos) << part << "\n" << told;
  EXPECT_EQ(told.find("`strategy.sell.posts`"), std::string::npos) << told;
  refusal(past, "day 5", {"audience={ reciprocal = 0.5 }"}, Exit::scenario);  // however it is put
  refusal(past, "day 5", {"dynamics.unfollow=0.1 per day"}, Exit::scenario);
  const std::string lacking = refusal(past, "day 5", {"model.unfollow.on=false"}, Exit::scenario);
  for (const char* part : {"`give from day 5` has no series unfollows", "`sell from day 5` has no series unfollows"})
    EXPECT_NE(lacking.find(part), std::string::npos) << part << "\n" << lacking;
}

TEST_F(Branch, TellsOfSeriesThatThePastLacks) {
  const Result past = run_of(text);
  BranchOptions options;
  std::vector<std::string> notes;
  options.at = "day 5", options.futures = {{"talk", {"strategy.sell.learn=ucb"}}, {"soft", {"model.trust.loss=5"}}};
  options.run.threads = 2, options.run.stop = &stop;
  options.note = [&](const std::string& told) { notes.push_back(told); };
  const Result result = branch(past, scenario_of(past, file), options).result;
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0], "'talk' switches on what its past has no series of; the result leaves out pitch_share, reward");
  EXPECT_EQ(result.find("reward"), nullptr);
}

TEST_F(Branch, RefusesDaysThatAreNone) {
  const Result past = run_of(text);
  const std::vector<std::string> change = {"model.trust.gain=2"};
  for (const char* at : {"12", "day 12", "-1", "day", "tomorrow", "30 min", "1e9", "nan", "day 3 h"})
    refusal(past, at, change, Exit::usage);
  const Scenario s = scenario_of(past, file);
  for (const char* at : {"2", "day 2", "2 days", "48 h", " 2 "}) EXPECT_EQ(read_moment(at, s).tick, 72) << at;
  const BranchMoment hours = read_moment("25 h", s);
  EXPECT_EQ(hours.text, "day 1.0416666666666667");
  EXPECT_EQ(read_moment(hours.text, s).tick, hours.tick);  // what a result says is understood
}

TEST(Futures, AreReadAsTheyArePut) {
  const FutureWish named = read_future("softer: strategy.a.mix={ value = 0.5, pitch = 0.5 }, strategy.a.hours=[1,2]");
  EXPECT_EQ(named.name, "softer");
  EXPECT_EQ(named.changes,
            (std::vector<std::string>{"strategy.a.mix={ value = 0.5, pitch = 0.5 }", "strategy.a.hours=[1,2]"}));
  EXPECT_EQ(read_future("a.b=\"x: y, z\"").name, "");
  EXPECT_EQ(read_future("a.b=\"x: y, z\"").changes, std::vector<std::string>{"a.b=\"x: y, z\""});
  for (const char* none : {"", "name:", " , ", ": a=1"}) EXPECT_THROW(read_future(none), Failure) << none;
}

}  // namespace
}  // namespace passalong
