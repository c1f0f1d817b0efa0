// Benchmarks: what a wrong digest does, the limits of memory, and how a report reads.
#include "sim/experiment/bench/bench.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <set>

#include "sim/cli/bench.hpp"
#include "sim/report/bench_picture.hpp"

namespace passalong {
namespace {

constexpr Workload work{"work", 3, "pieces", Bound::random_lines, "some work", "its lines"};

BenchReport report_of(const std::string& digest, const std::string& expected, const std::string& alone) {
  BenchReport report;
  report.machine.limits = {{1, 2e10, 1e8}, {2, 4e10, 2e8}};
  report.threads = 2;
  Measured m;
  m.workload = &work, m.threads = 2, m.items = 3e6, m.seconds = 0.5, m.per_second = 6e6, m.roofline_fraction = 0.25;
  m.digest = digest, m.expected = expected;
  m.scaling = {{1, 3e6, alone}, {2, 6e6, digest}};
  report.workloads.push_back(m);
  return report;
}

TEST(WrongDigests, AreNoneWhereAllAgree) {
  EXPECT_TRUE(wrong_digests(report_of("abc", "abc", "abc")).empty());
  EXPECT_TRUE(wrong_digests(report_of("abc", "", "abc")).empty());
}

TEST(WrongDigests, NameTheWorkloadAndBothDigests) {
  const std::vector<Fault> faults = wrong_digests(report_of("abc", "def", "abc"));
  ASSERT_EQ(faults.size(), 1U);
  for (const char* word : {"work", "abc", "def"}) EXPECT_NE(faults[0].message.find(word), std::string::npos);
}

TEST(WrongDigests, AreToldOfThreadCountsToo) {
  const std::vector<Fault> faults = wrong_digests(report_of("abc", "", "xyz"));
  ASSERT_EQ(faults.size(), 1U);
  for (const char* word : {"work", "1 threads", "abc", "xyz"})
    EXPECT_NE(faults[0].message.find(word), std::string::npos) << faults[0].message;
}

TEST(Workloads, HaveTheNamesThatScriptsRelyOn) {
  const std::vector<std::string> names = workload_names();
  const std::set<std::string> known(names.begin(), names.end());
  EXPECT_EQ(known.size(), names.size());
  for (const char* name : {"generate", "import", "deliver", "react", "tick", "twitter-2009", "cascade-large",
                           "cascade-fused", "cascade-small", "write"})
    EXPECT_TRUE(known.count(name)) << name;
}

// Every workload has its digest at the scale at which it is run unasked.
TEST(Workloads, ArePinnedAtTheirUsualScale) {
  for (const Family& family : all_families())
    for (const Workload& w : family.workloads)
      EXPECT_EQ(pinned_digest(w.name, w.version, family.usual_scale).size(), 64U) << w.name;
}

TEST(Workloads, GrowWithTheirScale) {
  for (const Family& family : all_families()) EXPECT_GT(family.bytes(1), family.bytes(0.01));
}

TEST(Bench, RefusesWhatDoesNotFit) {
  setenv("PASSALONG_MEMORY_LIMIT", "100MiB", 1);
  try {
    bench({.names = {"generate", "tick"}, .scale = 1});
    ADD_FAILURE() << "was not refused";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::resources);
    EXPECT_EQ(failure.faults().size(), 2U);
  }
  unsetenv("PASSALONG_MEMORY_LIMIT");
}

TEST(MissRate, IsWhatTheCacheDoesNotHold) {
  EXPECT_EQ(miss_rate(0, 100), 0);
  EXPECT_EQ(miss_rate(100, 100), 0);
  EXPECT_DOUBLE_EQ(miss_rate(400, 100), 0.75);
}

TEST(Report, FitsTheTerminal) {
  for (const std::size_t width : {40U, 60U, 80U, 100U}) {
    const std::string text = bench_text(report_of("0123456789abcdef", "", "0123456789abcdef"), width);
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != text.npos; begin = end + 1)
      EXPECT_LE(end - begin, width) << text.substr(begin, end - begin);
  }
}

TEST(Report, HasNoNumberWhereThereIsNone) {
  const Json json = bench_json(report_of("abc", "", "abc"));
  const Json& w = json["workloads"][0];
  EXPECT_TRUE(w["bytes_per_edge"].is_null() && w["digest_pinned"].is_null());
  EXPECT_EQ(w["scaling"].size(), 2U);
}

TEST(Picture, ShowsEachWorkload) {
  const std::string svg = draw_bench(report_of("abc", "abc", "abc"));
  EXPECT_TRUE(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
  for (const char* part : {">work<", "6.00 M pieces/s", "25 %", "2 threads"})
    EXPECT_NE(svg.find(part), svg.npos) << part;
  EXPECT_EQ(svg.find("nan"), svg.npos);
}

TEST(ShortNumbers, HaveThreeDigits) {
  EXPECT_EQ(short_number(0), "0.00");
  EXPECT_EQ(short_number(999.4), "999");
  EXPECT_EQ(short_number(999.6), "1.00 k");
  EXPECT_EQ(short_number(41'234'567), "41.2 M");
  EXPECT_EQ(short_number(NAN), "-");
}

}  // namespace
}  // namespace passalong
