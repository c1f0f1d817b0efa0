// Result files when things go wrong: nothing is overwritten or left half-written, and nothing damaged is ever taken for
// a result.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <random>

#include "sim/output/output.hpp"
#include "tests/sample_result.hpp"

namespace passalong {
namespace {

using OutputFailureTest = OutputTest;

TEST_F(OutputFailureTest, RefusesWhatCannotBeStored) {
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

TEST_F(OutputFailureTest, RefusesToOverwriteUnlessForced) {
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

TEST_F(OutputFailureTest, ReplacesThroughALink) {
  spit(at("a.h5"), "old");
  fs::create_symlink("a.h5", at("link.h5"));
  Result r = sample();
  write_result(at("link.h5"), r, true);
  EXPECT_TRUE(fs::is_symlink(at("link.h5")));
  EXPECT_TRUE(read_result(at("a.h5")).complete);
}

TEST_F(OutputFailureTest, RefusesPlacesThatCannotHoldAFile) {
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

TEST_F(OutputFailureTest, SaysWhenAFolderIsReadOnly) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  std::string message;
  EXPECT_EQ(exit_of([&] { check_writable(at("a.h5"), false); }, &message), Exit::run);
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_NE(message.find("Permission denied"), std::string::npos) << message;
}

TEST_F(OutputFailureTest, LeavesNothingBehindOnAFullDisk) {
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

TEST_F(OutputFailureTest, LeavesNothingBehindAtAFileSizeLimit) {
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

TEST_F(OutputFailureTest, SaysWhatIsNotAResult) {
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

TEST_F(OutputFailureTest, FailsWhereThereIsNoFile) {
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

TEST_F(OutputFailureTest, NoDamageIsTakenForAResult) {
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

}  // namespace
}  // namespace passalong
