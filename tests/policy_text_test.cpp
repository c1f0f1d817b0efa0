// label: scenario
// Policies as text: efforts, phases and the rest read back; logs of posts, with every fault and its line.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/scenario/calendar.hpp"
#include "sim/scenario/units.hpp"
#include "tests/fake_model.hpp"

namespace passalong {
namespace {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("passalong_calendar_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  std::string scenario() const { return (path_ / "s.toml").string(); }

 private:
  std::filesystem::path path_;
};

constexpr const char* text = R"(duration = "10 days"
warm_up = "2 days"
[[strategy]]
name = "as it was"
posts = { file = "log.csv" }
)";

Scenario read(const Folder& folder, const std::string& log, const std::vector<std::string>& overrides = {}) {
  folder.write("log.csv", log);
  return parse_scenario(text, folder.scenario(), fake_models(), overrides);
}

std::vector<Fault> faults_of(const Folder& folder, const std::string& log,
                             const std::vector<std::string>& overrides = {}) {
  try {
    read(folder, log, overrides);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::input);
    return failure.faults();
  }
  ADD_FAILURE() << "no fault";
  return {Fault{}};
}

TEST(Dates, CountDays) {
  double days = 0;
  const auto of = [&](const char* date) { return read_date(date, days) ? days : -1e9; };
  EXPECT_EQ(of("1970-01-01"), 0);
  EXPECT_EQ(of("2000-03-01"), 11017);
  EXPECT_EQ(of("2012-02-29"), 15399);
  EXPECT_EQ(of("1969-12-31"), -1);
  EXPECT_EQ(of("2012-09-10T12:00"), 15593.5);
  EXPECT_EQ(of("2012-09-10 18:00:00Z"), 15593.75);
  EXPECT_EQ(of("2012-09-10T12:00:00+06:00"), 15593.25);
  EXPECT_EQ(of("2012-09-10T12:00-0600"), 15593.75);
  for (const char* wrong : {"2012-9-10", "2012-13-01", "2011-02-29", "2012-09-10T", "2012-09-10T25:00", "12-09-10",
                            "2012-09-10T12:00+99:00", "2012-09-10x", ""})
    EXPECT_FALSE(read_date(wrong, days)) << wrong;
}

TEST(Calendar, IsReadInAnyOrderOfColumnsAndLines) {
  const Folder folder;
  const Scenario s = read(folder,
                          "\xef\xbb\xbfkind, quality,time,topic\r\n# a remark\r\npitch,,3.5,\r\n\r\nvalue,0.25,-1,2\r\n"
                          "\"routine\",,9.99,\r\nvalue,,10,\r\nvalue,,-2.5,\r\n");
  const std::vector<CalendarPost>& posts = s.strategies[0].calendar.posts;
  ASSERT_EQ(posts.size(), 3U);  // the last two are outside the run
  EXPECT_EQ(posts[0].day, -1);
  EXPECT_EQ(posts[0].topic, 1);
  EXPECT_EQ(posts[0].quality, 0.25F);
  EXPECT_EQ(posts[1].kind, PostKind::pitch);
  EXPECT_EQ(posts[1].topic, -1);
  EXPECT_EQ(posts[1].quality, -1);
  EXPECT_EQ(posts[2].kind, PostKind::routine);
  EXPECT_DOUBLE_EQ(mean_posts_a_day(s, s.strategies[0]), 3 / 12.0);
  EXPECT_EQ(resolved_toml(parse_scenario(resolved_toml(s), folder.scenario(), fake_models())), resolved_toml(s));
}

TEST(Calendar, OfDatesBeginsOnTheDayOfTheFirstOrWhereItIsTold) {
  const Folder folder;
  const std::string log = "time,kind\n2012-09-11T06:00,value\n2012-09-10T12:00,pitch\n";
  const Scenario first = read(folder, log);
  EXPECT_NEAR(first.strategies[0].calendar.posts[0].day, 0.5, 1e-7);
  EXPECT_NEAR(first.strategies[0].calendar.posts[1].day, 1.25, 1e-7);
  const Scenario told = read(folder, log, {"strategy.as it was.posts.begin=2012-09-12"});
  EXPECT_NEAR(told.strategies[0].calendar.posts[0].day, -1.5, 1e-7);
}

// Whatever year and hour: a time of day falls into its own tick.
TEST(Calendar, KeepsEveryHourOfADate) {
  const Folder folder;
  for (const char* date : {"1999-12-31", "2012-02-29", "2026-11-25"}) {
    std::string log = "time,kind\n";
    for (int hour = 0; hour < 24; ++hour) log += fmt::format("{}T{:02}:00,value\n", date, hour);
    const Scenario s = read(folder, log);
    const auto& posts = s.strategies[0].calendar.posts;
    ASSERT_EQ(posts.size(), 24U);
    for (int hour = 0; hour < 24; ++hour)
      EXPECT_EQ(std::floor(posts[static_cast<std::size_t>(hour)].day * 24), hour) << date;
  }
}

TEST(Calendar, JoinsTheInputsThatAreHashed) {
  const Folder folder;
  const std::string before = hash_inputs(read(folder, "time,kind\n1,value\n"));
  EXPECT_EQ(hash_inputs(read(folder, "time,kind\n1,value\n")), before);
  EXPECT_NE(hash_inputs(read(folder, "time,kind\n1,pitch\n")), before);
}

TEST(Calendar, TellsEveryFaultByItsLine) {
  const Folder folder;
  const std::vector<Fault> faults = faults_of(folder,
                                              "time,kind,topic,quality\nsoon,value,,\n1,vlaue,,\n2,value,9,\n3,value,,"
                                              "1.5\n4,routine,,.5\n5,value\n2012-09-10,value,,\n");
  ASSERT_EQ(faults.size(), 7U);
  for (unsigned k = 0; k < 7; ++k) {
    EXPECT_EQ(faults[k].line, k + 2);
    EXPECT_TRUE(faults[k].file.ends_with("log.csv"));
    EXPECT_FALSE(faults[k].help.empty());
  }
  EXPECT_EQ(faults[0].message, "`soon` is not a time");
  EXPECT_EQ(faults[1].help, "did you mean `value`?");
  EXPECT_EQ(faults[2].column, 9U);
  EXPECT_EQ(faults[5].message, "2 fields, where the heading has 4");
}

TEST(Calendar, IsRefusedWhereItSaysNothing) {
  const Folder folder;
  EXPECT_EQ(faults_of(folder, "").at(0).message, "the calendar holds no post");
  EXPECT_EQ(faults_of(folder, "time,kind\n").at(0).message, "the calendar holds no post");
  EXPECT_EQ(faults_of(folder, "time,sort\n1,value\n").at(0).message, "no column is called `sort`");
  EXPECT_EQ(faults_of(folder, "kind\nvalue\n").at(0).message, "the heading has no column `time`");
  EXPECT_EQ(faults_of(folder, "time,kind\n99,value\n").at(0).message, "the calendar has no post within the run");
  EXPECT_EQ(faults_of(folder, "time,kind\n1,value\n", {"strategy.as it was.posts.begin=2012-09-12"}).at(0).message,
            "the calendar counts days: `begin` does not apply");
  std::filesystem::remove(std::filesystem::path(folder.scenario()).parent_path() / "log.csv");
  try {
    parse_scenario(text, folder.scenario(), fake_models());
    ADD_FAILURE() << "no fault";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::input);
  }
}

TEST(Units, ReadEfforts) {
  EXPECT_EQ(read_effort("10 h per week").value, 10.0 / 7);
  EXPECT_EQ(read_effort("90 min/day").value, 1.5);
  EXPECT_EQ(read_effort("1 day per week").value, 24.0 / 7);
  for (const double hours : {0.0, 10.0 / 7, 1.5, 1e-7}) EXPECT_EQ(read_effort(write_effort(hours)).value, hours);
  for (const char* wrong : {"", "10", "10 h", "10 per week", "10 h per", "h per week", "10 h per fortnight"})
    EXPECT_FALSE(read_effort(wrong).problem.empty()) << wrong;
}

// Phases, a week, learning and a budget, whatever the resolved text leaves out because it does not apply.
TEST(Resolved, PoliciesReadBack) {
  const std::string all = std::string(whole_scenario) + R"(hours = [0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,0]
learn = "thompson"
learning = { arms = [0.1, 0.7], every = "14 days" }
reward = { adoptions = 2 }
authenticity = 0.5
prior_suspicion = 0.4
[[strategy]]
name = "phased"
budget = "10 h per week"
effort = { posts = 0.6, replies = 0.4 }
[[strategy.phases]]
until = "10 days"
mix = { value = 1 }
[[strategy.phases]]
mix = { pitch = 1 }
)";
  const Scenario s = parse_scenario(all, "", fake_models());
  const Scenario again = parse_scenario(resolved_toml(s), "", fake_models());
  EXPECT_EQ(resolved_toml(again), resolved_toml(s));
  ASSERT_EQ(again.strategies.size(), 3u);
  EXPECT_EQ(again.strategies[1].learning.arms, (std::vector<double>{0.1, 0.7}));
  EXPECT_EQ(again.strategies[1].hours.size(), 24u);
  EXPECT_EQ(again.strategies[1].prior_suspicion, 0.4);
  ASSERT_EQ(again.strategies[2].phases.size(), 2u);
  EXPECT_EQ(again.strategies[2].phases[0].until, 240);
  EXPECT_EQ(again.strategies[2].budget, s.strategies[2].budget);
  EXPECT_EQ(again.strategies[2].effort.replies, 0.4);
}

}  // namespace
}  // namespace passalong
