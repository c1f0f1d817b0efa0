// Runs of worlds whose figures are known: everything lands in its place whoever made it first, stopping leaves whole
// replicates, and what cannot fit is refused before it starts.
#include "sim/experiment/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <new>
#include <numeric>
#include <set>
#include <thread>

#include "sim/base/failure.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/output/output.hpp"
#include "tests/fake_world.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

const std::vector<std::int64_t>& counts(const Result& r, const std::string& name) {
  return std::get<std::vector<std::int64_t>>(r.find(name)->values);
}
const std::vector<double>& figures(const Result& r, const std::string& name) {
  return std::get<std::vector<double>>(r.find(name)->values);
}
std::int64_t integer(const Result& r, const std::string& name) {
  for (const auto& [key, value] : r.integers)
    if (key == name) return value;
  return -1;
}
std::string text(const Result& r, const std::string& name) {
  for (const auto& [key, value] : r.text)
    if (key == name) return value;
  return "absent";
}

class Runs : public testing::Test {
 protected:
  void SetUp() override { forget(); }
  void TearDown() override {
    EXPECT_EQ(fake.alive, 0);
    forget();
    unsetenv("PASSALONG_MEMORY_LIMIT");
  }
  static void forget() { fake.made = {}, fake.stepped = {}; }

  RunReport go(unsigned threads = 1) {
    options.threads = threads;
    options.stop = &stop;
    return run(scenario, fake_model, options);
  }
  Exit code_of(unsigned threads = 1) {
    try {
      go(threads);
    } catch (const Failure& failure) {
      return failure.code();
    }
    return Exit::ok;
  }
  Scenario scenario = fake_scenario();
  RunOptions options;
  std::atomic<int> stop{0};
};

// ---- order and threads ----

TEST_F(Runs, PutEveryWorldInItsPlace) {
  const RunReport report = go(3);
  const Result& r = report.result;
  EXPECT_EQ(r.strategies, (std::vector<std::string>{"give", "both", "sell"}));
  EXPECT_EQ(r.replicates, (std::vector<std::int64_t>{0, 1, 2, 3}));
  ASSERT_EQ(r.time.size(), 11U);
  ASSERT_EQ(counts(r, "followers").size(), 3U * 4 * 11);
  for (std::size_t i = 0; i < 3 * 4 * 11; ++i)
    EXPECT_EQ(counts(r, "followers")[i], static_cast<std::int64_t>(1000 * (i / 44) + i / 11 % 4));
  EXPECT_TRUE(r.complete);
  EXPECT_EQ(report.stopped_by, 0);
  EXPECT_EQ(report.threads, 3U);
  EXPECT_EQ(report.deliveries, 12U * (240 * 241 / 2));
  EXPECT_EQ(report.impressions, 12U * 240 * 64);
  EXPECT_EQ(report.shares, 0U);
  EXPECT_GT(report.peak_memory_bytes, 1U << 20);
}

TEST_F(Runs, DoNotDependOnThreadsNorOnWhoEndsFirst) {
  for (const char* redraw : {"population", "behaviour", "network"}) {
    scenario.redraw = redraw;
    forget();
    const std::string expected = digest_of(go(1).result);
    fake.stepped = [](const Setting& s, Tick now) {  // late replicates overtake early ones
      if (now == 1) std::this_thread::sleep_for(std::chrono::milliseconds(10 * (4 - s.replicate)));
    };
    for (const unsigned threads : {1U, 2U, 3U, 8U})
      EXPECT_EQ(digest_of(go(threads).result), expected) << redraw << ", " << threads << " threads";
  }
}

TEST_F(Runs, UseAllThreadsInOneWorld) {
  scenario.replicates = 1, scenario.strategies.resize(1);
  const std::string expected = digest_of(go(1).result);
  for (const unsigned threads : {2U, 3U, 8U}) EXPECT_EQ(digest_of(go(threads).result), expected);
}

TEST_F(Runs, NeedNoStrategyWhereTheModelTakesNone) {
  scenario.strategies.clear(), scenario.takes_strategies = false;
  fake.made = [](const Setting& s) { EXPECT_TRUE(s.studied.empty()); };
  const Result r = go(2).result;
  EXPECT_TRUE(r.strategies.empty());
  EXPECT_EQ(r.find("followers")->dimensions, (std::vector<std::string>{"replicate", "time"}));
  EXPECT_EQ(counts(r, "followers").size(), 4U * 11);
  digest_of(r);  // can be stored
}

// ---- what a replicate draws anew ----

template <class T>
std::size_t variety(const std::vector<T>& values) {
  return std::set<T>(values.begin(), values.end()).size();
}

TEST_F(Runs, DrawPeopleAnewOnOneNetwork) {
  const Result r = go(2).result;
  EXPECT_EQ(variety(figures(r, "trust_mean")), 4U);
  EXPECT_EQ(variety(counts(r, "network_follows")), 1U);
}

TEST_F(Runs, DrawBehaviourAloneAnew) {
  scenario.redraw = "behaviour";
  std::mutex mutex;
  std::set<std::uint32_t> replicates;
  std::set<const Population*> people;
  fake.made = [&](const Setting& s) {
    const std::scoped_lock lock(mutex);
    replicates.insert(s.replicate), people.insert(s.population);
  };
  const Result behaviour = go(2).result;
  EXPECT_EQ(replicates.size(), 4U);
  EXPECT_EQ(people.size(), 1U);
  scenario.redraw = "population", scenario.replicates = 1;
  EXPECT_EQ(figures(behaviour, "trust_mean")[0], figures(go(1).result, "trust_mean")[0]);  // those of replicate 0
}

TEST_F(Runs, DrawNetworksAnew) {
  scenario.redraw = "network";
  const Result r = go(2).result;
  EXPECT_EQ(variety(figures(r, "trust_mean")), 4U);
  EXPECT_EQ(variety(counts(r, "network_follows")), 4U);
  const Group& network = r.groups.back();
  for (const Variable& v : network.variables) {
    if (v.name != "edges") continue;
    EXPECT_EQ(v.dimensions, std::vector<std::string>{"replicate"});
    for (std::size_t k = 0; k < 4; ++k)
      EXPECT_EQ(std::get<std::vector<std::int64_t>>(v.values)[k], counts(r, "network_follows")[11 * k]);
  }
}

TEST_F(Runs, ShareOnePopulationAmongTheArmsAndFreeIt) {
  scenario.replicates = 12;
  std::mutex mutex;
  std::map<std::uint32_t, std::set<const Population*>> people;
  std::map<std::uint32_t, int> worlds;
  std::size_t most = 0;
  fake.made = [&](const Setting& s) {
    const std::scoped_lock lock(mutex);
    people[s.replicate].insert(s.population);
    ++worlds[s.replicate];
    most = std::max(
        most, static_cast<std::size_t>(std::ranges::count_if(worlds, [](const auto& w) { return w.second < 3; })));
  };
  go(2);
  for (const auto& [replicate, of] : people) EXPECT_EQ(of.size(), 1U) << replicate;
  EXPECT_LE(most, 3U);  // two groups have at most three replicates in hand
}

// ---- stopping ----

TEST_F(Runs, FinishTheReplicatesInHandAfterASignal) {
  fake.stepped = [&](const Setting& s, Tick now) {
    if (s.replicate == 1 && s.studied[0]->name == "give" && now == 5) stop = SIGINT;
  };
  const RunReport one = go(1);
  EXPECT_EQ(one.result.replicates, (std::vector<std::int64_t>{0, 1}));
  EXPECT_FALSE(one.result.complete);
  EXPECT_EQ(one.stopped_by, SIGINT);
  EXPECT_EQ(integer(one.result, "replicates_planned"), 4);
  EXPECT_EQ(integer(one.result, "steps_done"), 2 * 3 * 240);

  stop = 0;
  scenario.replicates = 100;
  const RunReport many = go(8);
  const std::size_t whole = many.result.replicates.size();
  EXPECT_GE(whole, 2U);
  EXPECT_LT(whole, 100U);
  // What is there is what a shorter run would have given.
  forget();
  stop = 0;
  scenario.replicates = static_cast<std::int64_t>(whole);
  EXPECT_EQ(digest_of(many.result), digest_of(go(1).result));
}

TEST_F(Runs, AreCompleteWhenTheSignalComesTooLate) {
  fake.stepped = [&](const Setting& s, Tick) { stop = s.replicate == 3 ? SIGTERM : 0; };
  const RunReport report = go(1);
  EXPECT_TRUE(report.result.complete);
  EXPECT_EQ(report.stopped_by, 0);
}

TEST_F(Runs, LeaveEverythingAtOnceWhenTold) {
  std::atomic<int> late{0};
  fake.stepped = [&](const Setting& s, Tick now) {
    late += stop != 0;
    if (s.replicate == 2 && s.studied[0]->name == "both" && now == 7) stop = SIGTERM + at_once;
  };
  const RunReport report = go(1);
  EXPECT_EQ(report.result.replicates, (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(report.stopped_by, SIGTERM);
  EXPECT_EQ(late, 0);
}

TEST_F(Runs, FailWhereNothingIsWhole) {
  const auto stop_by = [&](int signal) {
    stop = 0;
    fake.stepped = [this, signal](const Setting&, Tick now) {
      if (now == 3) stop = signal;
    };
  };
  for (const unsigned threads : {1U, 3U}) {
    stop_by(SIGINT + at_once);
    EXPECT_EQ(code_of(threads), Exit::interrupted);
    stop_by(SIGTERM + at_once);
    EXPECT_EQ(code_of(threads), Exit::terminated);
  }
  stop = SIGINT;  // before anything has begun
  EXPECT_EQ(code_of(), Exit::interrupted);
  stop = 0;
  options.max_seconds = 0;
  EXPECT_EQ(code_of(), Exit::run);
}

TEST_F(Runs, BeginNothingAfterTheTimeLimit) {
  fake.stepped = [](const Setting&, Tick) { std::this_thread::sleep_for(std::chrono::milliseconds(3)); };
  scenario.strategies.resize(1);
  options.max_seconds = 0.6;  // a replicate takes 0.72 s or more
  scenario.replicates = 50;
  const RunReport report = go(1);
  EXPECT_EQ(report.result.replicates, std::vector<std::int64_t>{0});
  EXPECT_EQ(report.stopped_by, -1);
  EXPECT_FALSE(report.result.complete);
}

// ---- failing ----

TEST_F(Runs, BringAWorldsFailureHomeAndStopTheOthers) {
  scenario.replicates = 1000;
  std::atomic<int> made{0};
  fake.made = [&](const Setting& s) {
    ++made;
    if (s.replicate == 2) throw Failure(Exit::input, "broken");
  };
  for (const unsigned threads : {1U, 3U}) {
    made = 0;
    EXPECT_EQ(code_of(threads), Exit::input);
    EXPECT_LT(made, 100);
  }
}

TEST_F(Runs, SayWhenMemoryRanOut) {
  fake.stepped = [](const Setting& s, Tick) {
    if (s.replicate == 1) throw std::bad_alloc();
  };
  EXPECT_EQ(code_of(1), Exit::resources);
  EXPECT_EQ(code_of(2), Exit::resources);
}

TEST_F(Runs, HandAFailedStageToAllItsArms) {
  scenario.network.mean_followers = 600;  // of 500 accounts
  for (const char* redraw : {"population", "network"})
    for (const unsigned threads : {1U, 3U}) {
      scenario.redraw = redraw;
      EXPECT_EQ(code_of(threads), Exit::scenario) << redraw;
    }
}

// ---- telling ----

TEST_F(Runs, TellTheirProgressOneAtATime) {
  fake.stepped = [](const Setting&, Tick) { std::this_thread::sleep_for(std::chrono::microseconds(200)); };
  std::vector<Progress> told;
  std::atomic<int> listening{0};
  options.progress = [&](const Progress& p) {
    EXPECT_EQ(++listening, 1);
    told.push_back(p);
    --listening;
  };
  const RunReport report = go(3);
  ASSERT_GE(told.size(), 4U);
  EXPECT_STREQ(told.front().phase, "network");
  EXPECT_EQ(told.back().ticks_done, 12U * 240);
  EXPECT_EQ(told.back().ticks_total, 12U * 240);
  EXPECT_EQ(told.back().worlds_done, 12U);
  EXPECT_EQ(told.back().deliveries, report.deliveries);
  for (std::size_t k = 1; k < told.size(); ++k) {
    EXPECT_GE(told[k].ticks_done, told[k - 1].ticks_done);
    const bool same_phase = std::string(told[k].phase) == told[k - 1].phase;
    if (same_phase && k + 1 < told.size()) {
      EXPECT_GE(told[k].seconds - told[k - 1].seconds, 0.1);
    }
  }
}

TEST_F(Runs, TellWhereTheResultComesFrom) {
  options.history = "passalong run fake.toml";
  const Result r = go().result;
  EXPECT_EQ(text(r, "history"), options.history);
  EXPECT_EQ(text(r, "scenario"), scenario.text);
  EXPECT_EQ(text(r, "input_sha256"), sha256_hex(scenario.text));
  EXPECT_EQ(text(r, "redraw"), "population");
  EXPECT_NE(text(r, "intervals_cover").find("not other networks"), std::string::npos);
  EXPECT_NE(text(r, "source").find("passalong "), std::string::npos);
  EXPECT_NE(text(r, "git_commit"), "absent");
  EXPECT_NE(text(r, "scenario_resolved").find("mean_followers"), std::string::npos);
  EXPECT_EQ(integer(r, "seed"), 5);
  EXPECT_EQ(integer(r, "schema_version"), 1);
  EXPECT_EQ(integer(r, "steps_done"), 12 * 240);
}

TEST_F(Runs, HashTheNetworkFileBehindTheScenario) {
  const fs::path file = fs::path(testing::TempDir()) / "run_test_edges.txt";
  std::ofstream(file) << "1 2\n2 3\n";
  scenario.network.file = file.string();
  EXPECT_EQ(hash_inputs(scenario), sha256_hex(scenario.text + "1 2\n2 3\n"));
  std::ofstream(file, std::ios::trunc).close();
  EXPECT_EQ(hash_inputs(scenario), sha256_hex(scenario.text));
  fs::remove(file);
}

// ---- the real model ----

TEST(RealRuns, AgreeAboutPostsAndSeries) {
  Scenario s = fake_scenario();
  const ModelEntry& model = find_model("conversation");
  s.model = "conversation", s.parameters = model.choice.parameters();
  s.network.accounts = 2000, s.network.mean_followers = 20, s.duration = 24 * 20, s.replicates = 2;
  Result first = run(s, {.threads = 1}).result;
  EXPECT_EQ(digest_of(first), digest_of(run(s, {.threads = 3}).result));
  const Group& posts = first.groups.front();
  const auto total = [&](const std::string& column) {
    for (const Variable& v : posts.variables)
      if (v.name == column) {
        const auto& values = std::get<std::vector<std::int64_t>>(v.values);
        return std::accumulate(values.begin(), values.end(), std::int64_t{0});
      }
    return std::int64_t{-1};
  };
  for (const char* name : {"deliveries", "impressions", "shares"}) {
    const auto& flow = counts(first, name);
    EXPECT_EQ(total(name), std::accumulate(flow.begin(), flow.end(), std::int64_t{0})) << name;
    EXPECT_GT(total(name), 0) << name;
  }
  const auto& made = counts(first, "posts_made");
  EXPECT_EQ(posts.dimensions.at("post"), std::accumulate(made.begin(), made.end(), std::int64_t{0}));

  const std::string path = (fs::path(testing::TempDir()) / "run_test.h5").string();
  write_result(path, first, true);
  EXPECT_EQ(digest_of(read_result(path)), first.digest);
  fs::remove(path);
}

// ---- what cannot fit ----

TEST_F(Runs, RefuseWhatDoesNotFit) {
  setenv("PASSALONG_MEMORY_LIMIT", "4 MiB", 1);
  fake.made = [&](const Setting&) { ADD_FAILURE() << "it has begun"; };
  try {
    go();
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::resources);
    EXPECT_NE(failure.faults()[0].message.find("4 MiB may be used"), std::string::npos) << failure.what();
    EXPECT_FALSE(failure.faults()[0].help.empty());
  }
  fake.made = {};
  setenv("PASSALONG_MEMORY_LIMIT", "lots", 1);
  EXPECT_EQ(code_of(), Exit::usage);
  setenv("PASSALONG_MEMORY_LIMIT", "", 1);
  EXPECT_EQ(code_of(), Exit::ok);
}

}  // namespace
}  // namespace passalong
