// Result files: what is written is read back, twice the same bytes, and nothing damaged is ever taken for a result.
#include "sim/output/output.hpp"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <random>

#include "sim/base/failure.hpp"

namespace passalong {
namespace {

namespace fs = std::filesystem;

const double nan = std::numeric_limits<double>::quiet_NaN();

Variable series(const std::string& name, const std::string& units, const std::string& dtype, Column values) {
  return {name,  units, "the " + name + " of the studied account", {"strategy", "replicate", "time"}, std::move(values),
          dtype, {}};
}

Group posts() {
  Group g{"posts", {{"post", 5}}, {}};
  const std::vector<std::string> one{"post"};
  g.variables.push_back({"strategy",
                         "",
                         "strategy",
                         one,
                         std::vector<std::int64_t>{0, 0, 1, 1, 1},
                         "i4",
                         {"value-add", "hard pitch – ä"}});
  g.variables.push_back({"replicate", "", "replicate", one, std::vector<std::int64_t>{0, 1, 0, 1, 2}, "i4", {}});
  g.variables.push_back({"time", "d", "when", one, std::vector<double>{0.25, 0.5, 0.75, 1.5, 1.75}, "f8", {}});
  g.variables.push_back({"kind", "", "kind", one, std::vector<std::int64_t>{0, 1, 0, 1, 1}, "i1", {"value", "pitch"}});
  g.variables.push_back(
      {"size", "accounts", "accounts that shared", one, std::vector<std::int64_t>{1, 7, 1, 1 << 20, 3}, "i8", {}});
  g.variables.push_back(
      {"structural_virality", "1", "mean distance", one, std::vector<double>{nan, 1.5, nan, 2.25, 1.1}, "f4", {}});
  return g;
}

Group network() {
  Group g{"network", {{"followers", 3}}, {}};
  g.variables.push_back({"accounts", "accounts", "accounts", {}, std::vector<std::int64_t>{1000}, "i8", {}});
  g.variables.push_back(
      {"followers", "", "followers of an account", {"followers"}, std::vector<std::int64_t>{1, 10, 100}, "i4", {}});
  g.variables.push_back(
      {"degree", "accounts", "accounts with so many", {"followers"}, std::vector<std::int64_t>{900, 90, 10}, "i8", {}});
  g.variables.push_back(
      {"spectral_radius", "1", "by replicate", {"replicate"}, std::vector<double>{30.5, 31.5, 32.5}, "f8", {}});
  return g;
}

// 2 strategies x 3 replicates x 4 days.
Result sample() {
  Result r;
  r.strategies = {"value-add", "hard pitch – ä"};
  r.replicates = {0, 1, 2};
  r.time = {0.5, 1, 1.5, 2};
  std::vector<std::int64_t> counts;
  std::vector<double> shares;
  for (int i = 0; i < 24; ++i) counts.push_back(100 + i), shares.push_back(i == 7 ? nan : i / 23.0);
  r.series.push_back(series("followers", "accounts", "i4", counts));
  r.series.push_back(series("trust_mean", "1", "f4", shares));
  r.series.push_back(series("deliveries", "deliveries", "i8", counts));
  r.groups = {posts(), network()};
  r.text = {{"title", "Value-add versus pitch"}, {"source", "passalong 0.1.0"}, {"git_commit", "0123456789abcdef"},
            {"scenario", "title = \"x\"\n"},     {"scenario_resolved", ""},     {"input_sha256", ""},
            {"history", "run x --seed 7"},       {"redraw", "population"}};
  r.integers = {{"schema_version", 1}, {"seed", 7}, {"steps_done", 96}, {"replicates_planned", 3}};
  return r;
}

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void spit(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

// NaN equals NaN here.
bool same(const Column& a, const Column& b) {
  if (a.index() != b.index()) return false;
  if (std::holds_alternative<std::vector<std::int64_t>>(a)) return a == b;
  const auto &x = std::get<1>(a), &y = std::get<1>(b);
  return std::ranges::equal(x, y, [](double p, double q) { return p == q || (std::isnan(p) && std::isnan(q)); });
}

bool same(const Variable& a, const Variable& b) {
  return a.name == b.name && a.units == b.units && a.long_name == b.long_name && a.dimensions == b.dimensions &&
         a.dtype == b.dtype && a.meanings == b.meanings && same(a.values, b.values);
}

const Variable* find(const Group& g, const std::string& name) {
  const auto it = std::ranges::find(g.variables, name, &Variable::name);
  return it == g.variables.end() ? nullptr : &*it;
}

bool same(const Group& a, const Group& b) {
  return a.name == b.name && a.dimensions == b.dimensions && a.variables.size() == b.variables.size() &&
         std::ranges::all_of(a.variables,
                             [&](const Variable& v) { return find(b, v.name) && same(v, *find(b, v.name)); });
}

bool same(const Result& a, const Result& b) {
  const auto equal = [](const auto& x, const auto& y) { return same(x, y); };
  return a.strategies == b.strategies && a.replicates == b.replicates && a.time == b.time && a.complete == b.complete &&
         a.digest == b.digest && a.text == b.text && a.integers == b.integers &&
         std::ranges::equal(a.series, b.series, equal) && std::ranges::equal(a.groups, b.groups, equal);
}

Exit exit_of(const std::function<void()>& act, std::string* message = nullptr) {
  try {
    act();
  } catch (const Failure& failure) {
    if (message) *message = failure.what() + std::string(" | ") + failure.faults().front().help;
    return failure.code();
  }
  return Exit::ok;
}

class OutputTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("passalong-output-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return folder_ / name; }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {})); }

  fs::path folder_;
};

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

TEST_F(OutputTest, RefusesWhatCannotBeStored) {
  const auto refused = [&](const std::function<void(Result&)>& change) {
    Result r = sample();
    change(r);
    return exit_of([&] { write_result(at("a.h5"), r, false); }) == Exit::run;
  };
  EXPECT_TRUE(refused([](Result& r) { std::get<0>(r.series[0].values)[0] = 1LL << 31; }));
  EXPECT_TRUE(refused([](Result& r) { std::get<1>(r.series[1].values)[0] = 1e39; }));
  EXPECT_TRUE(refused([](Result& r) { std::get<0>(r.series[0].values).pop_back(); }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].dtype = "f4"; }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].dtype = "u2"; }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].dimensions[1] = "brand"; }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].name = r.series[1].name; }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].name = "time"; }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].name = "posts"; }));
  EXPECT_TRUE(refused([](Result& r) { r.series[0].name = "a/b"; }));
  EXPECT_TRUE(refused([](Result& r) { r.text[0].second.push_back('\0'); }));
  EXPECT_TRUE(refused([](Result& r) { r.strategies[0].push_back('\0'); }));
  EXPECT_EQ(files(), 0u);
}

TEST_F(OutputTest, RefusesToOverwriteUnlessForced) {
  spit(at("a.h5"), "precious");
  Result r = sample();
  std::string message;
  EXPECT_EQ(exit_of([&] { check_writable(at("a.h5"), false); }, &message), Exit::run);
  EXPECT_NE(message.find("--force"), std::string::npos) << message;
  EXPECT_EQ(exit_of([&] { write_result(at("a.h5"), r, false); }), Exit::run);
  EXPECT_EQ(slurp(at("a.h5")), "precious");
  write_result(at("a.h5"), r, true);
  EXPECT_TRUE(read_result(at("a.h5")).complete);
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputTest, ReplacesThroughALink) {
  spit(at("a.h5"), "old");
  fs::create_symlink("a.h5", at("link.h5"));
  Result r = sample();
  write_result(at("link.h5"), r, true);
  EXPECT_TRUE(fs::is_symlink(at("link.h5")));
  EXPECT_TRUE(read_result(at("a.h5")).complete);
}

TEST_F(OutputTest, RefusesPlacesThatCannotHoldAFile) {
  spit(at("file"), "x");
  const auto message = [&](const std::string& path) {
    std::string text;
    EXPECT_EQ(exit_of([&] { check_writable(path, true); }, &text), Exit::run) << path;
    Result r = sample();
    EXPECT_EQ(exit_of([&] { write_result(path, r, true); }), Exit::run) << path;
    return text;
  };
  EXPECT_NE(message(at("none/a.h5")).find("mkdir -p"), std::string::npos);
  EXPECT_NE(message(folder_).find("is a folder"), std::string::npos);
  EXPECT_NE(message(at("file/a.h5")).find("is not a folder"), std::string::npos);
  EXPECT_NE(message(at(std::string(300, 'n'))).find("too long"), std::string::npos);
  EXPECT_NE(message("/dev/null").find("not a regular file"), std::string::npos);
  message("");
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputTest, SaysWhenAFolderIsReadOnly) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  std::string message;
  EXPECT_EQ(exit_of([&] { check_writable(at("a.h5"), false); }, &message), Exit::run);
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_NE(message.find("Permission denied"), std::string::npos) << message;
}

TEST_F(OutputTest, LeavesNothingBehindOnAFullDisk) {
  if (::mount("none", folder_.c_str(), "tmpfs", 0, "size=64k") != 0)
    GTEST_SKIP() << "no small file system can be mounted here";
  Result r = sample();
  for (int i = 0; i < 100'000; ++i) r.text[3].second += std::to_string(i * 7919);
  std::string message;
  const Exit code = exit_of([&] { write_result(at("a.h5"), r, false); }, &message);
  const std::size_t left = files();
  ::umount(folder_.c_str());
  EXPECT_EQ(code, Exit::resources);
  EXPECT_NE(message.find("No space left"), std::string::npos) << message;
  EXPECT_NE(message.find("a.h5"), std::string::npos) << message;
  EXPECT_EQ(left, 0u);
}

TEST_F(OutputTest, LeavesNothingBehindAtAFileSizeLimit) {
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{}, small{};
  getrlimit(RLIMIT_FSIZE, &old);
  small = {4096, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  spit(at("a.h5"), "precious");
  Result r = sample();
  const Exit code = exit_of([&] { write_result(at("a.h5"), r, true); });
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(code, Exit::resources);
  EXPECT_EQ(slurp(at("a.h5")), "precious");
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputTest, SaysWhatIsNotAResult) {
  const auto reason = [&](const std::string& bytes) {
    spit(at("x.h5"), bytes);
    const Inspection seen = inspect(at("x.h5"));
    EXPECT_EQ(seen.status, "damaged");
    EXPECT_TRUE(seen.result.series.empty());
    EXPECT_EQ(exit_of([&] { read_result(at("x.h5")); }), Exit::input);
    return seen.reason;
  };
  Result r = sample();
  write_result(at("a.h5"), r, false);
  const std::string whole = slurp(at("a.h5"));
  EXPECT_EQ(reason(""), "the file is empty");
  EXPECT_EQ(reason("title = \"a scenario\"\n"), "not an HDF5 file");
  EXPECT_EQ(reason(std::string(100'000, '\0')), "not an HDF5 file");
  EXPECT_NE(reason(whole.substr(0, whole.size() / 2)).find("truncated"), std::string::npos);
  EXPECT_NE(reason(whole + "\n").find("seal"), std::string::npos);
  std::string flipped = whole;
  flipped[whole.size() / 2] ^= 1;
  EXPECT_NE(reason(flipped).find("changed since it was written"), std::string::npos);
}

TEST_F(OutputTest, FailsWhereThereIsNoFile) {
  std::string message;
  EXPECT_EQ(exit_of([&] { read_result(at("none.h5")); }, &message), Exit::input);
  EXPECT_NE(message.find("No such file"), std::string::npos) << message;
  EXPECT_EQ(exit_of([&] { inspect(at("none.h5")); }), Exit::input);
  EXPECT_EQ(exit_of([&] { inspect(folder_); }), Exit::input);
  EXPECT_EQ(exit_of([&] { read_result("/dev/null"); }), Exit::input);
}

// One random damage: a bit, a truncation, a zeroed or overwritten block, bytes gone from the middle.
std::string damaged(std::string bytes, std::mt19937_64& random) {
  const std::size_t place = random() % bytes.size(),
                    length = std::min<std::size_t>(1 + random() % 4096, bytes.size() - place);
  switch (random() % 5) {
    case 0:
      bytes[place] = static_cast<char>(bytes[place] ^ (1 << random() % 8));
      break;
    case 1:
      bytes.resize(place);
      break;
    case 2:
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(place), length, '\0');
      break;
    case 3:
      for (std::size_t i = 0; i < length; ++i) bytes[place + i] = static_cast<char>(random());
      break;
    default:
      bytes.erase(place, length);
  }
  return bytes;
}

TEST_F(OutputTest, NoDamageIsTakenForAResult) {
  Result r = sample();
  write_result(at("a.h5"), r, false);
  const std::string whole = slurp(at("a.h5"));
  const Result good = read_result(at("a.h5"));
  std::mt19937_64 random(1);
  int refused = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string bytes = damaged(whole, random);
    spit(at("x.h5"), bytes);
    const Inspection seen = inspect(at("x.h5"));
    if (seen.status == "damaged")
      ++refused;
    else
      EXPECT_TRUE(same(seen.result, good)) << "damage " << i;
  }
  EXPECT_GE(refused, 180);  // zeroing zeros, or cutting the seal off exactly, harms nothing
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
