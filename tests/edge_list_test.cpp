// Edge lists: forms, directions, ids, weights, every refusal, and real networks where they are at hand.
#include <algorithm>
#include <cstdlib>

#include "sim/network/statistics/summary.hpp"
#include "tests/import_files.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

class EdgeList : public ImportFiles {
 protected:
  using ImportFiles::read;
  Network read(const std::string& text, const char* direction) const { return read(text, section(direction)); }
  void expect_marked(const std::string& text, unsigned line, unsigned column, unsigned end_column,
                     const std::string& words) const {
    expect_refusal(text, line, column, words);
    const Fault fault = refusal(write(text));
    EXPECT_EQ(fault.end_column, end_column) << text;
    EXPECT_FALSE(fault.source_line.empty());
  }
};

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

TEST_F(EdgeList, NumbersIdsThatLieCloseFarAndFromAny) {
  EXPECT_EQ(read("5000000003 5000000001\n5000000000 5000000003\n").labels,
            (std::vector<std::string>{"5000000000", "5000000001", "5000000003"}));
  EXPECT_EQ(read("1000000000 7\n").labels, (std::vector<std::string>{"7", "1000000000"}));
  const Network n = read("18446744073709551615 18446744073709551614\n0 18446744073709551615\n");
  EXPECT_EQ(n.labels, (std::vector<std::string>{"0", "18446744073709551614", "18446744073709551615"}));
  EXPECT_EQ(followers(n, 2), (std::vector<AccountId>{0}));
  EXPECT_EQ(followers(n, 1), (std::vector<AccountId>{2}));
}

TEST_F(EdgeList, ReadsTextIds) {
  const Network n = read("bob alice\nalice 7\n007 b\xc3\xa9\xc3\xa9 1.5\n");
  EXPECT_EQ(n.labels, (std::vector<std::string>{"007", "7", "alice", "bob", "b\xc3\xa9\xc3\xa9"}));
  EXPECT_EQ(followers(n, 2), (std::vector<AccountId>{3}));
  EXPECT_EQ(followers(n, 1), (std::vector<AccountId>{2}));
  EXPECT_EQ(read("u v\nv w\n").labels, (std::vector<std::string>{"u", "v", "w"}));
  EXPECT_EQ(read("10.0.0.1, 3com\n").labels, (std::vector<std::string>{"10.0.0.1", "3com"}));
  // Text far down makes all ids text: the file is read anew.
  std::string text;
  for (int i = 1; i < 60'000; ++i) text += std::to_string(i - 1) + " " + std::to_string(i) + "\n";
  EXPECT_EQ(read(text + "last 0\n").labels.back(), "last");
  EXPECT_EQ(read(text + "last 0\n").labels[2], "10");
}

TEST_F(EdgeList, TakesTheThirdColumnAsStrengths) {
  const Network n =
      read("0 1 2.5\n1,0,1e-3\n2\t0\t+4 later\n0 1 0.5\n2 2 9\n2 1 -0\n", section("follower -> followed", "strength"));
  EXPECT_FALSE(n.weights_are_probabilities);
  EXPECT_EQ(weights(n, 1), (std::vector<float>{3, 0}));
  EXPECT_EQ(weights(n, 0), (std::vector<float>{0.001F, 4}));
  EXPECT_EQ(n.weights.size(), n.follows());
  EXPECT_EQ(n.duplicates, 1U);
  EXPECT_EQ(n.self_loops, 1U);
  EXPECT_TRUE(read("0 1 nan\n").weights.empty());
}

TEST_F(EdgeList, CombinesProbabilitiesOfRepeats) {
  const Network n = read("0 1 0.5\n0 1 0.25\n1 0 0.5\n3 1 1\n3 1 0.1\n2 1 .75\n", section("undirected", "probability"));
  EXPECT_TRUE(n.weights_are_probabilities);
  EXPECT_EQ(weights(n, 1), (std::vector<float>{0.8125F, 0.75F, 1}));
  EXPECT_EQ(weights(n, 0), (std::vector<float>{0.8125F}));
  EXPECT_EQ(n.duplicates, 3U);
}

// Many blocks, ids of every size, text, weights; the same compressed, and for any number of workers.
TEST_F(EdgeList, ReadsLargeFilesAlike) {
  for (const char* mark : {"", "n"}) {
    std::string text;
    std::uint64_t x = 1;
    for (int i = 0; i < 200'000; ++i) {
      x = x * 6364136223846793005ULL + 1442695040888963407ULL;
      text += mark + std::to_string(x >> (i % 3 == 0 ? 45 : 20)) + "\t" + std::to_string((x >> 7) % 50'000) + " 0." +
              std::to_string(x % 1000) + "\n";
    }
    Team alone(1);
    const NetworkSection with = section("source -> target", "probability");
    const Network plain = read_network_text(with, write(text), alone);
    EXPECT_EQ(plain.follows() + plain.duplicates + plain.self_loops, 200'000U);
    EXPECT_GT(plain.accounts(), 180'000U);
    const std::string packed = compress(text);
    for (const unsigned workers : {2U, 3U, 8U}) {
      Team team(workers);
      EXPECT_TRUE(same(plain, read_network_text(with, packed, team)));
    }
  }
}

// Small ids go another way than large ones, but to the same rows.
TEST_F(EdgeList, RowsDoNotDependOnTheSizeOfIds) {
  std::string small, large;
  std::uint64_t x = 7;
  for (int i = 0; i < 100'000; ++i) {
    x = x * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::uint64_t a = (x >> 33) % 30'000, b = (x >> 13) % 30'000;
    small += std::to_string(a) + " " + std::to_string(b) + "\n";
    large += std::to_string(a * 600'000'000'000ULL) + " " + std::to_string(b * 600'000'000'000ULL) + "\n";
  }
  Network far = read(large);
  const Network close = read(small);
  EXPECT_EQ(std::stoull(far.labels[1]) % 600'000'000'000ULL, 0U);
  far.labels = close.labels;
  EXPECT_TRUE(same(far, close));
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
  expect_marked(
      "\x7f"
      "ELF\x02 1\n",
      1, 1, 6, "not text");
  expect_marked("\xff\xfe\x31 2\n", 1, 1, 4, "not an id");
}

TEST_F(EdgeList, NamesThePlaceOfAFault) {
  expect_marked("0 1\n2\n", 2, 2, 3, "missing");
  expect_marked("0 1\r\n2  \r\n", 2, 4, 5, "missing");
  expect_marked("0 1\n2,", 2, 3, 4, "missing");
  expect_marked("0 1\n\n# x\n1 -2\n", 4, 3, 5, "negative");
  expect_marked("0 1.5\n", 1, 3, 6, "'1.5' is not an id");
  expect_marked("0 1e5 2\n", 1, 3, 6, "not an id");
  expect_marked("alice bob\n0 -7\n", 2, 3, 5, "negative");
  expect_marked("0 99999999999999999999999\nalice bob\n", 1, 3, 26, "64 bits");
  expect_marked("+1 2\n", 1, 1, 3, "not an id");
  expect_marked(",1 2\n", 1, 1, 2, "missing before the comma");
  expect_marked("1,,2\n", 1, 3, 4, "missing before the comma");
  expect_marked("18446744073709551616 2\n", 1, 1, 21, "64 bits");
  expect_marked("1 99999999999999999999999\n", 1, 3, 26, "64 bits");
  expect_marked("1 2\n3 4\r5 6\n", 2, 4, 5, "carriage return");
}

TEST_F(EdgeList, RefusesNulBytes) {
  using std::string_literals::operator""s;
  expect_marked("0 1\n2\0 3\n"s, 2, 2, 3, "NUL");
  expect_marked("\0\0"s, 1, 1, 2, "NUL");
  expect_marked("0 1 caf\xc3\xa9 \0\n"s, 1, 10, 11, "NUL");
  expect_marked("0 1.5\n1 2\0\n"s, 1, 3, 6, "not an id");  // the first fault is the one reported
}

TEST_F(EdgeList, RefusesEndlessLines) {
  EXPECT_NE(refusal(write("0 1\n" + std::string(3 << 20, ' '))).message.find("1 MiB"), std::string::npos);
  EXPECT_NE(refusal(write("0 1\n# " + std::string(3 << 19, 'x') + "\n1 2\n")).message.find("1 MiB"), std::string::npos);
  EXPECT_EQ(refusal(compress("0 1\n5 6\n" + std::string(5 << 20, '7'))).line, 3U);
  EXPECT_EQ(read("# " + std::string(1 << 19, 'x') + "\n1 2\n").follows(), 1U);
}

TEST_F(EdgeList, RefusesTooManyAccounts) {
  const Fault fault = refusal(write("0 1\n2 3\n4 5\n"), section(), 5);
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

TEST_F(EdgeList, RefusesWeights) {
  const NetworkSection strength = section("undirected", "strength"), probability = section("undirected", "probability");
  expect_refusal("0 1 2\n1 2\n", 2, 4, "a weight is missing", strength);
  expect_refusal("0 1 2\n1 2 -3\n", 2, 5, "negative weight", strength);
  expect_refusal("0 1 nan\n", 1, 5, "not a finite number", strength);
  expect_refusal("0 1 inf\n", 1, 5, "not a finite number", strength);
  expect_refusal("0 1 1e39\n", 1, 5, "not a finite number", strength);
  expect_refusal("0 1 1e999\n", 1, 5, "not a finite number", strength);
  expect_refusal("0 1 heavy\n", 1, 5, "not a weight", strength);
  expect_refusal("0 1 1\n1 2 1.0000001\n", 2, 5, "above 1", probability);
  EXPECT_EQ(read("0 1 1e-400\n", strength).weights[0], 0);
}

TEST_F(EdgeList, TakesNoHeaderForAccounts) {
  expect_refusal("# x\nleft right\n1 2\n2 3\n", 2, 0, "header");
  EXPECT_EQ(read("left right\n").labels, (std::vector<std::string>{"left", "right"}));
  EXPECT_EQ(followers(read("source target\n0 1\n"), 1), (std::vector<AccountId>{0}));
  EXPECT_EQ(followers(read("followed follower\n0 1\n"), 0), (std::vector<AccountId>{1}));
}

// Whatever the number of workers, the first fault in the file is the one that is told, with its line.
TEST_F(EdgeList, NamesTheFirstFaultOfMany) {
  for (const int faulty : {1, 77'777, 199'999}) {
    std::string text;
    for (int i = 1; i <= 200'000; ++i) text += i >= faulty && i % 2 == 1 ? "1 -1\n" : "1234567 12345678\n";
    for (const unsigned workers : {1U, 2U, 3U}) {
      Team team(workers);
      const std::string file = write(text);
      const Fault fault = refusal_of(file, [&] { read_network_text(section(), file, team); });
      EXPECT_EQ(fault.line, static_cast<unsigned>(faulty));
      EXPECT_EQ(fault.column, 3U);
    }
  }
}

TEST_F(EdgeList, NamesAFaultBeforeTheDataEnd) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += i == 20'000 ? "x\n" : std::to_string(i * 7919 % 10'007) + " 1\n";
  compress(text);
  std::ifstream in(path("edges.txt.gz"), std::ios::binary);
  const std::string packed((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(refusal(write(packed.substr(0, packed.size() / 2), "cut.gz")).line, 20'001U);
}

struct Real {
  const char *file, *direction, *weights;
  std::uint64_t accounts, follows, self_loops, duplicates;
};

TEST_F(EdgeList, ReadsRealNetworks) {
  const char* folder = std::getenv("PASSALONG_DATA");
  if (folder == nullptr) GTEST_SKIP() << "PASSALONG_DATA names no folder with real networks";
  for (const Real& real :
       {Real{"wiki-vote.txt.gz", "follower -> followed", "ignore", 7'115, 103'689, 0, 0},
        Real{"email-eu-core.txt", "source -> target", "ignore", 1'005, 25'571 - 642, 642, 0},
        Real{"college-msg.txt.gz", "source -> target", "ignore", 1'899, 20'296, 0, 59'835 - 20'296},
        Real{"higgs-retweet.edgelist.gz", "follower -> followed", "strength", 256'491, 328'132, 0, 0},
        Real{"congress-twitter.weighted.edges", "source -> target", "probability", 475, 13'289, 0, 0},
        Real{"brand-bofa_careers.json.gz", "source -> target", "ignore", 13'688, 68'328, 0, 0},
        Real{"brand-hersheycareers.json.gz", "source -> target", "ignore", 3'726, 23'939, 0, 0}}) {
    const fs::path file = fs::path(folder) / "networks" / real.file;
    if (!fs::exists(file)) GTEST_SKIP() << file << " is not there";
    Team team(2);
    const Network n = read_network_text(section(real.direction, real.weights), file.string(), team);
    EXPECT_EQ(n.accounts(), real.accounts) << real.file;
    EXPECT_EQ(n.follows(), real.follows) << real.file;
    EXPECT_EQ(n.self_loops, real.self_loops) << real.file;
    EXPECT_EQ(n.duplicates, real.duplicates) << real.file;
    EXPECT_EQ(n.weights.size(), std::string(real.weights) == "ignore" ? 0 : n.follows()) << real.file;
    if (!std::string(real.file).starts_with("congress")) continue;
    EXPECT_NEAR(share_returned(n), 0.462, 0.0005);
    EXPECT_TRUE(n.weights_are_probabilities);
    double sum = 0;
    for (const float w : n.weights) sum += static_cast<double>(w);
    EXPECT_NEAR(sum / static_cast<double>(n.follows()), 0.00581, 0.000005);
    EXPECT_NEAR(*std::max_element(n.weights.begin(), n.weights.end()), 0.13056, 0.000005);
  }
}
}  // namespace
}  // namespace passalong
