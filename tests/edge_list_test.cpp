// The edge-list importer: forms it reads, directions, ids, every refusal, and real networks where they are at hand.
#include "sim/network/import/edge_list.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/network/statistics/summary.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

class EdgeList : public testing::Test {
 protected:
  EdgeList() : folder_(fs::temp_directory_path() / ("passalong_edges_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~EdgeList() override { fs::remove_all(folder_); }

  std::string path(const std::string& name = "edges.txt") const { return (folder_ / name).string(); }
  std::string write(const std::string& text, const std::string& name = "edges.txt") const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  std::string compress(const std::string& text, const std::string& name = "edges.txt.gz") const {
    gzFile file = gzopen(path(name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path(name);
  }
  Network read(const std::string& text, const std::string& direction = "follower -> followed") const {
    Team team(2);
    return read_edge_list(write(text), direction, team);
  }
  Fault refusal(const std::string& file, std::uint64_t most_accounts = max_accounts) const {
    Team team(2);
    try {
      read_edge_list(file, "follower -> followed", team, most_accounts);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), Exit::input);
      EXPECT_FALSE(failure.faults().front().help.empty());
      EXPECT_EQ(failure.faults().front().file, file);
      return failure.faults().front();
    }
    ADD_FAILURE() << "was read";
    return {};
  }
  void expect_refusal(const std::string& text, unsigned line, unsigned column, unsigned end_column,
                      const std::string& words) const {
    const Fault fault = refusal(write(text));
    EXPECT_EQ(fault.line, line) << text;
    EXPECT_EQ(fault.column, column) << text;
    EXPECT_EQ(fault.end_column, end_column) << text;
    EXPECT_NE(fault.message.find(words), std::string::npos) << fault.message;
    EXPECT_FALSE(fault.source_line.empty());
  }
  fs::path folder_;
};

std::vector<AccountId> followers(const Network& n, AccountId a) {
  return {n.followers_of(a).begin(), n.followers_of(a).end()};
}
bool same(const Network& a, const Network& b) {
  return a.offsets == b.offsets && a.followers == b.followers && a.followees == b.followees && a.labels == b.labels &&
         a.self_loops == b.self_loops && a.duplicates == b.duplicates;
}

TEST_F(EdgeList, ReadsEveryForm) {
  const Network n = read(
      "\xef\xbb\xbf# remark\r\n% another\n\n  \t\n0 1\n0\t2\r\n 1,2 \n2 , 0\tweight, and more\n3 0 0.5\r\r\n1   0");
  EXPECT_EQ(n.accounts(), 4U);
  EXPECT_EQ(n.follows(), 6U);
  EXPECT_TRUE(n.labels.empty());
  EXPECT_EQ(followers(n, 0), (std::vector<AccountId>{1, 2, 3}));
  EXPECT_EQ(followers(n, 1), (std::vector<AccountId>{0}));
  EXPECT_EQ(followers(n, 2), (std::vector<AccountId>{0, 1}));
  EXPECT_EQ(n.followees, (std::vector<std::uint32_t>{2, 2, 1, 1}));
}

TEST_F(EdgeList, KnowsItsDirections) {
  const std::string text = "0 1\n1 2\n";
  EXPECT_EQ(followers(read(text), 1), (std::vector<AccountId>{0}));
  EXPECT_EQ(followers(read(text, "followed -> follower"), 1), (std::vector<AccountId>{2}));
  EXPECT_EQ(followers(read(text, "source -> target"), 1), (std::vector<AccountId>{2}));
  EXPECT_EQ(followers(read(text, "undirected"), 1), (std::vector<AccountId>{0, 2}));
  EXPECT_THROW(read(text, "sideways"), Failure);
}

TEST_F(EdgeList, CountsSelfLoopsAndDuplicatesInLines) {
  const std::string text = "0 1\n0 1\n1 0\n2 2\n0 1 7\n";
  const Network directed = read(text), undirected = read(text, "undirected");
  EXPECT_EQ(directed.accounts(), 3U);
  EXPECT_EQ(directed.follows(), 2U);
  EXPECT_EQ(directed.duplicates, 2U);
  EXPECT_EQ(directed.self_loops, 1U);
  EXPECT_EQ(undirected.follows(), 2U);
  EXPECT_EQ(undirected.duplicates, 3U);
}

TEST_F(EdgeList, KeepsIdsAsLabelsInAscendingOrder) {
  const Network n = read("18446744073709551615 7\n007 20000000\n100000000000 7\n");
  EXPECT_EQ(n.labels, (std::vector<std::string>{"7", "20000000", "100000000000", "18446744073709551615"}));
  EXPECT_EQ(followers(n, 0), (std::vector<AccountId>{2, 3}));
  EXPECT_EQ(followers(n, 1), (std::vector<AccountId>{0}));
  EXPECT_EQ(read("1 2\n2 3\n").labels, (std::vector<std::string>{"1", "2", "3"}));
  EXPECT_TRUE(read("2 1\n1 0\n").labels.empty());
}

// Many blocks, ids of every size, and a table that has to grow; the same compressed, and for any number of workers.
TEST_F(EdgeList, ReadsLargeFilesAlike) {
  std::string text;
  std::uint64_t x = 1;
  for (int i = 0; i < 300'000; ++i) {
    x = x * 6364136223846793005ULL + 1442695040888963407ULL;
    text += std::to_string(x >> (i % 3 == 0 ? 45 : 20)) + "\t" + std::to_string((x >> 7) % 50'000) + "\n";
  }
  const Network plain = read(text);
  EXPECT_EQ(plain.follows() + plain.duplicates + plain.self_loops, 300'000U);
  EXPECT_GT(plain.accounts(), 250'000U);
  const std::string packed = compress(text);
  for (const unsigned workers : {1U, 3U, 8U}) {
    Team team(workers);
    EXPECT_TRUE(same(plain, read_edge_list(packed, "follower -> followed", team)));
  }
}

TEST_F(EdgeList, RefusesWhatIsNoFile) {
  EXPECT_NE(refusal(path("absent.txt")).message.find("no such file"), std::string::npos);
  EXPECT_NE(refusal(folder_.string()).message.find("directory"), std::string::npos);
}

TEST_F(EdgeList, RefusesFilesWithoutFollows) {
  EXPECT_NE(refusal(write("")).message.find("empty"), std::string::npos);
  EXPECT_NE(refusal(compress("")).message.find("empty"), std::string::npos);
  EXPECT_NE(refusal(write("# nothing\n\n")).message.find("remarks"), std::string::npos);
  EXPECT_NE(refusal(write("4 4\n")).message.find("itself"), std::string::npos);
}

TEST_F(EdgeList, RefusesDamagedCompression) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919 % 10'007) + " " + std::to_string(i) + "\n";
  compress(text);
  std::ifstream in(path("edges.txt.gz"), std::ios::binary);
  const std::string packed((std::istreambuf_iterator<char>(in)), {});
  for (const std::size_t kept : {packed.size() - 1, packed.size() / 2, std::size_t{12}})
    EXPECT_NE(refusal(write(packed.substr(0, kept), "cut.gz")).message.find("too early"), std::string::npos) << kept;
  std::string damaged = packed;
  for (std::size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i) damaged[i] = static_cast<char>(~damaged[i]);
  const Fault fault = refusal(write(damaged, "damaged.gz"));
  EXPECT_FALSE(fault.message.empty());
}

TEST_F(EdgeList, RefusesOtherFiles) {
  EXPECT_NE(refusal(write("BZh91AY&SY")).message.find("bzip2"), std::string::npos);
  EXPECT_NE(refusal(write("PK\x03\x04zip")).message.find("zip"), std::string::npos);
  EXPECT_NE(refusal(write("%%MatrixMarket matrix coordinate\n3 3 1\n1 2\n")).message.find("Matrix Market"),
            std::string::npos);
  expect_refusal(
      "\x7f"
      "ELF\x02 1\n",
      1, 1, 6, "not text");
  expect_refusal("\xff\xfe\x31 2\n", 1, 1, 4, "not an id");
}

TEST_F(EdgeList, NamesThePlaceOfAFault) {
  expect_refusal("0 1\n2\n", 2, 2, 3, "missing");
  expect_refusal("0 1\r\n2  \r\n", 2, 4, 5, "missing");
  expect_refusal("0 1\n2,", 2, 3, 4, "missing");
  expect_refusal("0 1\n\n# x\n1 -2\n", 4, 3, 5, "negative");
  expect_refusal("0 1\nfrom to\n", 2, 1, 5, "'from' is not an id");
  expect_refusal("0 1.5\n", 1, 3, 6, "'1.5' is not an id");
  expect_refusal("0 1x 2\n", 1, 3, 5, "not an id");
  expect_refusal("+1 2\n", 1, 1, 3, "not an id");
  expect_refusal(",1 2\n", 1, 1, 2, "missing before the comma");
  expect_refusal("1,,2\n", 1, 3, 4, "missing before the comma");
  expect_refusal("18446744073709551616 2\n", 1, 1, 21, "64 bits");
  expect_refusal("1 99999999999999999999999\n", 1, 3, 26, "64 bits");
  expect_refusal("1 2\n3 4\r5 6\n", 2, 4, 5, "carriage return");
}

TEST_F(EdgeList, RefusesNulBytes) {
  using std::string_literals::operator""s;
  expect_refusal("0 1\n2\0 3\n"s, 2, 2, 3, "NUL");
  expect_refusal("\0\0"s, 1, 1, 2, "NUL");
  expect_refusal("0 1 caf\xc3\xa9 \0\n"s, 1, 10, 11, "NUL");
  expect_refusal("0 x\n1 2\0\n"s, 1, 3, 4, "not an id");  // the first fault is the one reported
}

TEST_F(EdgeList, RefusesEndlessLines) {
  EXPECT_NE(refusal(write("0 1\n" + std::string(3 << 20, ' '))).message.find("1 MiB"), std::string::npos);
  EXPECT_NE(refusal(write("0 1\n# " + std::string(3 << 19, 'x') + "\n1 2\n")).message.find("1 MiB"), std::string::npos);
  EXPECT_EQ(refusal(compress("0 1\n5 6\n" + std::string(5 << 20, '7'))).line, 3U);
  EXPECT_EQ(read("# " + std::string(1 << 19, 'x') + "\n1 2\n").follows(), 1U);
}

TEST_F(EdgeList, RefusesTooManyAccounts) {
  const Fault fault = refusal(write("0 1\n2 3\n4 5\n"), 5);
  EXPECT_NE(fault.message.find("more than 5 accounts"), std::string::npos);
}

TEST_F(EdgeList, IsFoundBesideItsScenario) {
  write("0 1\n1 2\n2 0\n2 1\n");
  Scenario s;
  s.path = path("scenario.toml");
  s.network.file = "edges.txt";
  Team team(2);
  const Ground g = make_network(s, 0, team);
  EXPECT_EQ(g.network.follows(), 4U);
  EXPECT_EQ(g.interests.primary.size(), 3U);
  EXPECT_GT(forecast_network_bytes(s), 0U);
}

struct Real {
  const char *file, *direction;
  std::uint64_t accounts, follows, self_loops;
};

TEST_F(EdgeList, ReadsRealNetworks) {
  const char* folder = std::getenv("PASSALONG_DATA");
  if (folder == nullptr) GTEST_SKIP() << "PASSALONG_DATA names no folder with real networks";
  for (const Real& real : {Real{"wiki-vote.txt.gz", "follower -> followed", 7'115, 103'689, 0},
                           Real{"email-eu-core.txt", "source -> target", 1'005, 25'571 - 642, 642},
                           Real{"college-msg.txt.gz", "source -> target", 1'899, 20'296, 0},
                           Real{"higgs-retweet.edgelist.gz", "follower -> followed", 256'491, 328'132, 0},
                           Real{"congress-twitter.weighted.edges", "source -> target", 475, 13'289, 0}}) {
    const fs::path file = fs::path(folder) / "networks" / real.file;
    if (!fs::exists(file)) GTEST_SKIP() << file << " is not there";
    Team team(2);
    const Network n = read_edge_list(file.string(), real.direction, team);
    EXPECT_EQ(n.accounts(), real.accounts) << real.file;
    EXPECT_EQ(n.follows(), real.follows) << real.file;
    EXPECT_EQ(n.self_loops, real.self_loops) << real.file;
    if (std::string(real.file).starts_with("congress")) {
      EXPECT_NEAR(share_returned(n), 0.462, 0.0005);
    }
  }
}
}  // namespace
}  // namespace passalong
