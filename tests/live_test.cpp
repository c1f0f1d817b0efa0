// What watchers see of a run: every row that stands, of whoever has got there, and never a difference to the result;
// and whom the page's address lets in.
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "sim/base/failure.hpp"
#include "sim/experiment/live_board.hpp"
#include "sim/output/output.hpp"
#include "sim/watch/address.hpp"
#include "tests/fake_world.hpp"

namespace passalong {
namespace {

constexpr std::size_t rows = 11;

class Watched : public testing::Test {
 protected:
  void TearDown() override { fake.made = {}, fake.stepped = {}; }

  RunReport go(unsigned threads = 1, bool is_watched = true) {
    RunOptions options;
    options.threads = threads;
    options.board = is_watched ? &board : nullptr;
    return run(scenario, fake_model, options);
  }

  // What is seen in the midst of a step of one world; one row a day, so five stand before the 101st hour ends.
  void look_at(std::uint32_t replicate, std::size_t arm) {
    fake.stepped = [=, this](const Setting& s, Tick now) {
      if (s.replicate != replicate || s.studied[0] != &s.scenario->strategies[arm] || now != 101) return;
      seen = board.result();
      headway = board.headway();
      running = board.running();
    };
    report = go();
  }

  // How many rows of an arm's replicate (by place) have values; they are the result's, and NaN follows.
  std::size_t rows_of(std::size_t arm, std::size_t place) const {
    const auto& now = std::get<std::vector<double>>(seen->find("deliveries")->values);
    const auto& end = std::get<std::vector<std::int64_t>>(report.result.find("deliveries")->values);
    const std::size_t length = seen->time.size(), replicates = seen->replicates.size();
    const auto replicate = static_cast<std::size_t>(seen->replicates[place]);
    std::size_t count = 0;
    for (std::size_t row = 0; row < length; ++row) {
      const double value = now[(arm * replicates + place) * length + row];
      if (std::isnan(value)) continue;
      EXPECT_EQ(count++, row);
      EXPECT_EQ(value, static_cast<double>(end[(arm * 4 + replicate) * rows + row]));
    }
    return count;
  }

  Scenario scenario = fake_scenario();
  LiveBoard board;
  std::optional<Result> seen;
  Headway headway;
  std::vector<RunningCurve> running;
  RunReport report;
};

TEST_F(Watched, ShowWhoeverIsThereWhileNoReplicateIsWhole) {
  look_at(0, 1);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->replicates, std::vector<std::int64_t>{0});
  EXPECT_EQ(rows_of(0, 0), rows);
  EXPECT_EQ(rows_of(1, 0), 5U);
  EXPECT_EQ(rows_of(2, 0), 0U);
  EXPECT_TRUE(seen->groups.empty());
  EXPECT_FALSE(seen->complete);
  EXPECT_EQ(seen->text_of("title"), scenario.title);
  EXPECT_EQ(headway.planned, 4);
  EXPECT_EQ(headway.finished, 0);
  EXPECT_EQ(headway.running, 1);
  EXPECT_EQ(headway.day, 4);
  EXPECT_EQ(headway.days, 10);
}

TEST_F(Watched, EndWhereTheFurthestWorldIs) {
  look_at(0, 0);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->time, (std::vector<double>{0, 1, 2, 3, 4}));
  EXPECT_EQ(rows_of(0, 0), 5U);
}

TEST_F(Watched, CountWholeReplicatesAloneOnceThereIsOne) {
  look_at(2, 2);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->replicates, (std::vector<std::int64_t>{0, 1}));
  for (const char* series : {"followers", "deliveries", "trust_mean"}) {
    const std::size_t each = 2 * rows, of = 4 * rows;  // the result has four replicates
    std::visit(
        [&](const auto& now) {
          const auto& end = std::get<std::decay_t<decltype(now)>>(report.result.find(series)->values);
          for (std::size_t i = 0; i < now.size(); ++i) EXPECT_EQ(now[i], end[i / each * of + i % each]) << series;
        },
        seen->find(series)->values);
  }
  ASSERT_FALSE(seen->groups.empty());
  EXPECT_EQ(seen->groups[0].name, "posts");
  EXPECT_EQ(headway.finished, 2);
}

TEST_F(Watched, ShowThoseThatRunBesideTheWhole) {
  look_at(2, 1);
  ASSERT_EQ(running.size(), 2U) << "one arm has ended, one is on its way";
  for (std::size_t arm = 0; arm < 2; ++arm) {
    EXPECT_EQ(running[arm].arm, arm);
    EXPECT_EQ(running[arm].values, std::vector<double>(arm == 0 ? rows : 5, 1000.0 * static_cast<double>(arm) + 2));
  }
  look_at(0, 1);
  EXPECT_TRUE(running.empty()) << "the result itself has them";
}

TEST_F(Watched, LeaveNothingBehindAndChangeNothing) {
  const std::string expected = digest_of(go(1, false).result);
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::atomic<bool> over{false};
    std::thread watcher([&] {
      for (; !over; std::this_thread::sleep_for(std::chrono::milliseconds(1)))
        if (const auto result = board.result()) EXPECT_LE(result->time.size(), rows);
    });
    EXPECT_EQ(digest_of(go(threads).result), expected);
    over = true;
    watcher.join();
    EXPECT_FALSE(board.result());
    EXPECT_EQ(board.headway().finished, 4);
  }
}

TEST(Address, IsReadAndChecked) {
  EXPECT_EQ(read_watch_address("").host, "127.0.0.1");
  EXPECT_EQ(read_watch_address("").port, 0);
  EXPECT_EQ(read_watch_address("8080").port, 8080);
  EXPECT_EQ(read_watch_address("here.example:80").host, "here.example");
  EXPECT_EQ(read_watch_address("[::1]:80").host, "::1");
  for (const char* wrong : {"0", "65536", "-1", "80x", "host", "host:", ":80", "::1:80", "1:2:3"})
    EXPECT_THROW(read_watch_address(wrong), Failure) << wrong;
  for (const char* address : {"80", "70000", "host:80", "[::1]:80"}) EXPECT_TRUE(looks_like_address(address));
  for (const char* file : {"my.toml", "scenario1", "a:b", ""}) EXPECT_FALSE(looks_like_address(file)) << file;
}

TEST(Address, LetsInWhoNamesIt) {
  Listener own;
  own.host = "127.0.0.1";
  for (const char* host : {"127.0.0.1", "127.0.0.1:8421", "localhost:1", "LocalHost", "[::1]:8421"})
    EXPECT_TRUE(is_host_of(own, host)) << host;
  for (const char* host :
       {"", "evil.example", "localhost.evil.example", "192.168.1.2:8421", "127.0.0.1.evil.example:8421"})
    EXPECT_FALSE(is_host_of(own, host)) << host;
  Listener named;
  named.host = "Here.example";
  EXPECT_TRUE(is_host_of(named, "here.example:8421"));
  Listener any;
  any.host = "0.0.0.0", any.any = true;
  EXPECT_TRUE(is_host_of(any, "192.168.1.2:8421")) << "a number cannot be bent to another machine";
  EXPECT_FALSE(is_host_of(any, "evil.example"));
}

TEST(Address, ThatIsTakenIsNotShared) {
  const Listener first = listen_on({}), second = listen_on({});  // the usual port, then any
  EXPECT_NE(first.port, second.port);
  EXPECT_TRUE(first.loopback);
  EXPECT_THROW(listen_on({"127.0.0.1", first.port}), Failure);
  EXPECT_THROW(listen_on({"no such host", 80}), Failure);
}

}  // namespace
}  // namespace passalong
