// What memory there is, as the kernel tells it, and what a run would need of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/experiment/demand.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/run.hpp"
#include "tests/fake_world.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

TEST(Memory, IsReadInItsUnits) {
  EXPECT_EQ(read_bytes("1000"), 1000U);
  EXPECT_EQ(read_bytes("512MiB"), 512U << 20);
  EXPECT_EQ(read_bytes("1.5 GiB"), 3ULL << 29);
  EXPECT_EQ(read_bytes("2GB"), 2'000'000'000U);
  EXPECT_EQ(read_bytes("64 B"), 64U);
  EXPECT_EQ(read_bytes("3K"), 3072U);
  EXPECT_EQ(read_bytes("1TiB"), 1ULL << 40);
  for (const char* bad : {"", "MiB", "-1", "1 XB", "1 MiBs", "1e30", "nan", "12 34", "0x10"})
    EXPECT_FALSE(read_bytes(bad)) << bad;
  EXPECT_EQ(write_bytes(5 << 20), "5 MiB");
  EXPECT_EQ(write_bytes(3ULL << 29), "1.5 GiB");
}

class Kernel : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(root); }
  void TearDown() override { fs::remove_all(root); }
  void say(const std::string& file, const std::string& content) {
    fs::create_directories((root / file).parent_path());
    std::ofstream(root / file) << content;
  }
  fs::path root = fs::path(testing::TempDir()) / "forecast_test_kernel";
};

TEST_F(Kernel, WithoutAWordLimitsNothing) { EXPECT_EQ(memory_left(root), unlimited); }

TEST_F(Kernel, TellsWhatIsAvailable) {
  say("proc/meminfo", "MemTotal:  4000 kB\nMemFree:  10 kB\nMemAvailable:    2000 kB\n");
  EXPECT_EQ(memory_left(root), 2'048'000U);
}

TEST_F(Kernel, LimitsGroupsAndTheGroupsAroundThem) {
  say("proc/meminfo", "MemAvailable: 1000000 kB\n");
  say("proc/self/cgroup", "0::/user/job\n");
  say("sys/fs/cgroup/user/job/memory.max", "max\n");
  EXPECT_EQ(memory_left(root), 1'024'000'000U);
  say("sys/fs/cgroup/user/memory.max", "5000000\n");
  say("sys/fs/cgroup/user/memory.current", "3000000\n");
  EXPECT_EQ(memory_left(root), 2'000'000U);
  say("sys/fs/cgroup/user/memory.stat", "anon 5\ninactive_file 1000000\nactive_file 7\n");
  EXPECT_EQ(memory_left(root), 3'000'000U);
  say("sys/fs/cgroup/user/memory.current", "9000000\n");
  EXPECT_EQ(memory_left(root), 0U);
}

TEST_F(Kernel, LimitsContainersThatDoNotSeeTheirPath) {
  say("proc/self/cgroup", "0::/somewhere/else\n");
  say("sys/fs/cgroup/memory.max", "700\n");
  say("sys/fs/cgroup/memory.current", "200\n");
  EXPECT_EQ(memory_left(root), 500U);
}

TEST_F(Kernel, LimitsTheFirstVersionsGroupsToo) {
  say("proc/self/cgroup", "12:cpu,cpuacct:/a\n4:memory:/docker/b\n1:name=systemd:/c\n");
  say("sys/fs/cgroup/memory/docker/b/memory.limit_in_bytes", "10000\n");
  say("sys/fs/cgroup/memory/docker/b/memory.usage_in_bytes", "6000\n");
  say("sys/fs/cgroup/memory/docker/b/memory.stat", "inactive_file 1\ntotal_inactive_file 500\n");
  EXPECT_EQ(memory_left(root), 4500U);
}

TEST(Forecasts, GrowWithWhatIsAsked) {
  const Scenario base = fake_scenario();
  const auto with = [&](const std::function<void(Scenario&)>& change) {
    Scenario s = base;
    change(s);
    return forecast(s, 2);
  };
  const Forecast f = forecast(base, 2);
  EXPECT_EQ(f.accounts, 500U);
  EXPECT_EQ(f.follows, 4000U);
  EXPECT_GT(f.seconds, 0);
  const Forecast accounts = with([](Scenario& s) { s.network.accounts = 5'000'000; });
  EXPECT_GT(accounts.memory_bytes, f.memory_bytes + 5'000'000ULL * (8 * 4 + 32));
  EXPECT_GT(accounts.seconds, f.seconds);
  EXPECT_EQ(with([](Scenario& s) { s.replicates = 8; }).deliveries, 2 * f.deliveries);
  EXPECT_GT(with([](Scenario& s) { s.strategies[0].followers = 400; }).deliveries, f.deliveries);
  EXPECT_GT(with([](Scenario& s) { s.duration *= 2; }).seconds, f.seconds);
  EXPECT_GT(with([](Scenario& s) { s.population.posts = 1; }).deliveries, f.deliveries + 12 * 10 * f.follows);
  EXPECT_GT(with([](Scenario& s) { s.redraw = "network"; }).seconds, f.seconds);
  EXPECT_GT(forecast(base, 1).seconds, f.seconds);
  const Forecast changing = with([](Scenario& s) { s.dynamics.unfollow = 0.001; });
  EXPECT_GT(changing.seconds, f.seconds);
  EXPECT_GT(changing.memory_bytes, f.memory_bytes + 4 * f.follows);
  const Forecast joined = with([](Scenario& s) { s.dynamics.newcomers = 1'000'000, s.dynamics.newcomer_rate = 1e5; });
  EXPECT_GT(joined.memory_bytes, f.memory_bytes + 1'000'000ULL * (5 * 4 + 16 + 32));
}

TEST(Forecasts, SizeNetworkFilesByTheirBytes) {
  const fs::path file = fs::path(testing::TempDir()) / "forecast_test_forecast.txt";
  std::ofstream(file) << std::string(12'000, '1');
  Scenario s = fake_scenario();
  s.network.file = file.string();
  EXPECT_EQ(forecast(s, 1).follows, 1000U);
  s.network.direction = "undirected";
  EXPECT_EQ(forecast(s, 1).follows, 2000U);
  fs::remove(file);
  EXPECT_EQ(forecast(s, 1).follows, 0U);  // reading it will say why
}

TEST(Forecasts, RunFewerWorldsAtATimeWhereMemoryIsShort) {
  Scenario s = fake_scenario();
  s.network.accounts = 1'000'000;
  const Demand d = estimate_demand(s);
  EXPECT_EQ(d.groups_within(unlimited, 8), 8U);
  EXPECT_EQ(d.groups_within(unlimited, 100), 12U);  // there are no more worlds
  EXPECT_EQ(d.groups_within(d.bytes(3), 8), 3U);
  EXPECT_EQ(d.groups_within(0, 8), 1U);
  for (unsigned g = 1; g < 12; ++g) EXPECT_LE(d.bytes(g), d.bytes(g + 1));
}

TEST(Forecasts, OfTheImpossibleDoNotWrapAround) {
  Scenario s = fake_scenario();
  s.network.accounts = 4'000'000'000, s.network.mean_followers = 2000, s.population.posts = 1000;
  s.duration = 24 * 366 * 100, s.replicates = 1'000'000;
  const Forecast f = forecast(s, 64);
  EXPECT_GT(f.memory_bytes, 1ULL << 50);
  EXPECT_GE(f.deliveries, 1'000'000'000'000'000'000ULL);
  EXPECT_THROW(run(s, fake_model, {.threads = 64}), Failure);
}

}  // namespace
}  // namespace passalong
