// Result files: what is written is read back, twice the same bytes, under a digest that tells values apart.
#include "sim/output/output.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/sample_result.hpp"

namespace passalong {
namespace {

TEST_F(OutputTest, ReadsBackWhatWasWritten) {
  Result r = sample();
  write_result(at("a.h5"), r, false);
  EXPECT_EQ(r.digest.size(), 64u);
  Result back = read_result(at("a.h5"));
  for (double& x : std::get<1>(r.series[1].values)) x = static_cast<float>(x);
  for (double& x : std::get<1>(r.groups[0].variables[5].values)) x = static_cast<float>(x);
  EXPECT_TRUE(same(back, r));
  EXPECT_EQ(files(), 1u);
  ASSERT_NE(back.find("followers"), nullptr);
  EXPECT_EQ(back.find("nothing"), nullptr);
}

TEST_F(OutputTest, TwoWritesAreByteIdentical) {
  Result a = sample(), b = sample();
  write_result(at("a.h5"), a, false);
  std::vector<std::string> dirt(2000, std::string(700, '\x5a'));  // another heap
  dirt.clear();
  write_result(at("b.h5"), b, false);
  Result again = read_result(at("a.h5"));
  write_result(at("c.h5"), again, false);
  EXPECT_EQ(slurp(at("a.h5")), slurp(at("b.h5")));
  EXPECT_EQ(slurp(at("a.h5")), slurp(at("c.h5")));
}

TEST_F(OutputTest, DigestChangesWithEveryValueAndOnlyWithValues) {
  const std::string digest = digest_of(sample());
  const auto changed = [&](const std::function<void(Result&)>& change) {
    Result r = sample();
    change(r);
    return digest_of(r) != digest;
  };
  for (std::size_t i = 0; i < 24; ++i) {
    EXPECT_TRUE(changed([&](Result& r) { std::get<0>(r.series[0].values)[i] += 1; }));
    EXPECT_TRUE(changed([&](Result& r) { std::get<1>(r.series[1].values)[i] = 0.75; }));
  }
  EXPECT_TRUE(changed([](Result& r) { r.time[3] = 2.5; }));
  EXPECT_TRUE(changed([](Result& r) { r.strategies[0] += "!"; }));
  EXPECT_TRUE(changed([](Result& r) { r.replicates[2] = 5; }));
  EXPECT_TRUE(changed([](Result& r) { r.series[0].name = "follows"; }));
  EXPECT_TRUE(changed([](Result& r) { r.series[0].dtype = "i8"; }));
  EXPECT_TRUE(changed(
      [](Result& r) { std::swap(r.series[0].values, r.series[2].values), std::get<0>(r.series[0].values)[0]--; }));
  EXPECT_TRUE(changed([](Result& r) { std::get<1>(r.groups[0].variables[5].values)[0] = 0; }));
  EXPECT_TRUE(changed([](Result& r) { r.groups[0].name = "cascades"; }));
  EXPECT_FALSE(changed([](Result& r) { std::swap(r.series[0], r.series[1]); }));
  EXPECT_FALSE(changed([](Result& r) { r.text.clear(); }));
  EXPECT_FALSE(changed([](Result& r) { r.integers.clear(); }));
  EXPECT_FALSE(changed([](Result& r) { r.complete = false; }));
  EXPECT_FALSE(changed([](Result& r) { std::get<1>(r.series[1].values)[7] = -nan; }));
}

TEST_F(OutputTest, DigestIsOverTheStoredPrecision) {
  Result a = sample(), b = sample();
  std::get<1>(b.series[1].values)[3] += 1e-12;
  EXPECT_EQ(digest_of(a), digest_of(b));
  a.series[1].dtype = b.series[1].dtype = "f8";
  EXPECT_NE(digest_of(a), digest_of(b));
}

TEST_F(OutputTest, Sha256KnownAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(OutputTest, KeepsAPartialRunPartial) {
  Result r = sample();
  r.complete = false;
  r.integers[3].second = 16;
  write_result(at("a.h5"), r, false);
  EXPECT_FALSE(read_result(at("a.h5")).complete);
  const Inspection seen = inspect(at("a.h5"));
  EXPECT_EQ(seen.status, "partial");
  EXPECT_NE(seen.reason.find("3 of 16"), std::string::npos) << seen.reason;
}

TEST_F(OutputTest, InspectTellsWhatIsInAFile) {
  Result r = sample();
  write_result(at("a.h5"), r, false);
  const Inspection seen = inspect(at("a.h5"));
  EXPECT_EQ(seen.status, "complete");
  EXPECT_EQ(seen.reason, "");
  for (const std::string part : {"complete", "Value-add versus pitch", "hard pitch – ä", "3 of 3", "0.5 to 2",
                                 "followers", "deliveries", "posts (post 5)", "passalong 0.1.0", "seed        7"})
    EXPECT_NE(seen.text.find(part), std::string::npos) << part << "\n" << seen.text;
  EXPECT_NE(seen.text.find(r.digest), std::string::npos);
}

TEST_F(OutputTest, KeepsLongTexts) {
  for (const std::size_t size : {70'000u, 200'000u, 1'048'576u}) {
    Result r = sample();
    std::string& scenario = r.text[3].second;
    for (scenario = "# ä\n"; scenario.size() < size;) scenario += "line " + std::to_string(scenario.size()) + "\n";
    write_result(at("a.h5"), r, true);
    EXPECT_EQ(read_result(at("a.h5")).text[3].second, scenario);
  }
}

TEST_F(OutputTest, KeepsEmptyTablesAndScalars) {
  Result r;
  r.replicates = {0};
  r.series.push_back({"size", "accounts", "size", {"replicate"}, std::vector<std::int64_t>{12}, "i4", {}});
  r.groups.push_back(
      {"posts", {{"post", 0}}, {{"kind", "", "kind", {"post"}, std::vector<std::int64_t>{}, "i1", {"value"}}}});
  r.groups.push_back({"network", {}, {{"exponent", "1", "", {}, std::vector<double>{2.5}, "f8", {}}}});
  write_result(at("a.h5"), r, false);
  Result back = read_result(at("a.h5"));
  r.integers = {{"schema_version", 1}};
  EXPECT_TRUE(same(back, r));
}

TEST_F(OutputTest, KeepsManyChunks) {
  Result r;
  std::vector<std::int64_t> size;
  for (std::int64_t i = 0; i < 700'001; ++i) size.push_back(i * i % 1009);
  r.groups.push_back({"posts", {{"post", size.size()}}, {{"size", "", "", {"post"}, size, "i4", {}}}});
  write_result(at("a.h5"), r, false);
  EXPECT_EQ(std::get<0>(read_result(at("a.h5")).groups[0].variables[0].values), size);
}

// For the tests with other readers (result_file_test.py): files to read, and what this program thinks of a file.
TEST(OutputSamples, AreWrittenWhereAsked) {
  const char* folder = std::getenv("PASSALONG_SAMPLES");
  if (!folder) GTEST_SKIP() << "PASSALONG_SAMPLES names no folder";
  Result whole = sample(), partial = sample(), empty = sample();
  for (int i = 0; i < 20'000; ++i) whole.text[3].second += "# a long one\n";
  write_result(folder + std::string("/sample.h5"), whole, true);
  partial.complete = false;
  write_result(folder + std::string("/partial.h5"), partial, true);
  Group& none = empty.groups[0];
  none.dimensions["post"] = 0;
  for (Variable& v : none.variables) std::visit([](auto& values) { values.clear(); }, v.values);
  write_result(folder + std::string("/empty.h5"), empty, true);
}

TEST(OutputSamples, AreInspectedWhereAsked) {
  const char* path = std::getenv("PASSALONG_INSPECT");
  if (!path) GTEST_SKIP() << "PASSALONG_INSPECT names no file";
  std::puts(inspect(path).text.c_str());
}

}  // namespace
}  // namespace passalong
