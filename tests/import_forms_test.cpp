// Tables, Matrix Market and JSON: what they mean, and what is refused where.
#include <algorithm>

#include "sim/network/labels.hpp"
#include "tests/import_files.hpp"

namespace passalong {
namespace {
using Tables = ImportFiles;
using MatrixMarket = ImportFiles;
using JsonNetworks = ImportFiles;
using Ids = std::vector<AccountId>;

TEST_F(Tables, FindTheirColumnsByName) {
  const Network n =
      read("\xef\xbb\xbf# remark\nwhen,Target, weight ,SOURCE\r\n9,0,2.5,1\r\n9,0,x,2\r\n\r\n", section(), "a.csv");
  EXPECT_EQ(followers(n, 0), (Ids{1, 2}));
}

TEST_F(Tables, TakeDirectionFromFollowerAndFollowed) {
  for (const char* text : {"follower,followed\n1,0\n", "followed,x,follower\n0,9,1\n", "followee\tfollower\n0\t1\n"}) {
    EXPECT_EQ(followers(read(text, section(), "a.csv"), 0), (Ids{1})) << text;
  }
  EXPECT_EQ(followers(read("followed,follower\n0,1\n", section("followed -> follower"), "a.csv"), 0), (Ids{1}));
  expect_refusal("# a\nfollower,followed\n1,0\n", 2, 0, "direction", section("followed -> follower"), "a.csv");
  expect_refusal("follower,followed\n1,0\n", 1, 0, "direction", section("undirected"), "a.csv");
  EXPECT_EQ(followers(read("from\tto\n0\t1\n", section("source -> target"), "a.tsv"), 0), (Ids{1}));
}

TEST_F(Tables, ReadQuotes) {
  const Network n = read(
      "source,bio,target\n\"Smith, John\",\"says \"\"hi\"\"\nand\nmore\",\"a \"\"b\"\"\"\n  lee , ,\"Smith, John\"\n",
      section(), "a.csv");
  EXPECT_EQ(n.labels, (std::vector<std::string>{"Smith, John", "a \"b\"", "lee"}));
  EXPECT_EQ(followers(n, 0), (Ids{2}));
  expect_refusal("source,target\n1,2\n\"3,4\n5,6\n", 3, 1, "not closed", section(), "a.csv");
  expect_refusal("source,target\n1,2\n3,4\"5\n", 3, 4, "a quote inside", section(), "a.csv");
  expect_refusal("source,target\n\"1\"x,2\n", 2, 4, "behind a closing quote", section(), "a.csv");
  expect_refusal("\"source,target\n1,2\n", 1, 1, "not closed", section(), "a.csv");
}

// A quote that is never closed is found where it opens, however far the file goes on.
TEST_F(Tables, FindAQuoteFarBeforeTheEnd) {
  std::string text = "source,bio,target\n";
  for (int i = 0; i < 200'000; ++i)
    text += i == 70'000 ? "1,\"open,2\n" : i % 3 == 0 ? "1,\"two\nlines\",2\n" : "3,none,4\n";
  std::size_t lines = 1;
  for (int i = 0; i <= 70'000; ++i) lines += i < 70'000 && i % 3 == 0 ? 2 : 1;
  const Fault fault = refusal(write(text, "a.csv"));
  EXPECT_EQ(fault.line, lines + 2);  // `"open,2\n...,"` is closed by the next quote, and what follows it is at fault
  EXPECT_NE(fault.message.find("quote"), std::string::npos);
}

TEST_F(Tables, TakeTheFirstTwoColumnsUnderOtherNames) {
  EXPECT_EQ(followers(read("left,right\n0,1\n", section(), "a.csv"), 1), (Ids{0}));
  EXPECT_EQ(followers(read("0;1\n2;1\n", section(), "a.csv"), 1), (Ids{0, 2}));
  EXPECT_EQ(weights(read("0,1,.5\n", section("source -> target", "probability"), "a.csv"), 0),
            (std::vector<float>{.5}));
  expect_refusal("left,right\nalice,bob\n", 1, 0, "which two columns", section(), "a.csv");
  expect_refusal("only\n1\n", 1, 5, "second id", section(), "a.csv");
  expect_refusal("left,right\n", 1, 0, "which two columns", section(), "a.csv");
}

TEST_F(Tables, NeedTheWeightsAskedFor) {
  const NetworkSection strength = section("undirected", "strength"), probability = section("undirected", "probability");
  const std::string both = "source,target,weight,probability\n0,1,7,0.5\n";
  EXPECT_EQ(read(both, strength, "a.csv").weights[0], 7);
  EXPECT_EQ(read(both, probability, "a.csv").weights[0], .5F);
  expect_refusal("source,target,other\n0,1,7\n", 1, 0, "no column has the weights", strength, "a.csv");
  expect_refusal("source,target,weight\n0,1,7\n0,2\n", 3, 4, "a column is missing", strength, "a.csv");
  expect_refusal("source,target,weight\n0,1,1\n0,2,1.5\n", 3, 5, "above 1", probability, "a.csv");
  expect_refusal("source,target,weight\n0,1,1\n0,2,\n", 3, 5, "a weight is missing", probability, "a.csv");
  expect_refusal("source,target,weight\n0,1,1\n0,,2\n", 3, 3, "an id is missing", probability, "a.csv");
}

TEST_F(Tables, AreKnownByTheirHeaderToo) {
  EXPECT_EQ(followers(read("weight\tsrc\tdst\n4\t0\t1\n"), 1), (Ids{0}));
  EXPECT_EQ(followers(read("src dst weight\n0 1 4\n"), 1), (Ids{0}));
  expect_refusal("weight src dst\n4 0 1\n", 1, 0, "apart by blanks");
  const std::string packed = compress("source,target\n0,1\n", "a.csv.gz");
  Team team(1);
  EXPECT_EQ(followers(read_network_text(section(), packed, team), 1), (Ids{0}));
}

TEST_F(Tables, RefuseNulAndEmptiness) {
  using std::string_literals::operator""s;
  expect_refusal("source,target\n1,2\n3,\0\n"s, 3, 3, "NUL", section(), "a.csv");
  expect_refusal("source,target\n", 0, 0, "no edges", section(), "a.csv");
  expect_refusal("", 0, 0, "empty", section(), "a.csv");
}

const std::string general = "%%MatrixMarket matrix coordinate pattern general\n% remark\n\n5 5 3\n1 2\n3 2\n5 5\n";

TEST_F(MatrixMarket, CountsFromOneAndKeepsEveryRow) {
  const Network n = read(general, section(), "m.mtx");
  EXPECT_EQ(n.accounts(), 5U);
  EXPECT_EQ(followers(n, 1), (Ids{0, 2}));
  EXPECT_EQ(n.self_loops, 1U);
  EXPECT_EQ(n.labels, (std::vector<std::string>{"1", "2", "3", "4", "5"}));
  EXPECT_EQ(followers(read(general, section("source -> target")), 1), (Ids{}));
  EXPECT_EQ(followers(read(general, section("source -> target")), 0), (Ids{1}));
}

TEST_F(MatrixMarket, MirrorsSymmetricMatrices) {
  const std::string text = "%%MatrixMarket Matrix Coordinate REAL symmetric\n3 3 2\n2 1 0.5\n3 1 -1\n";
  const Network n = read(text);
  EXPECT_EQ(followers(n, 0), (Ids{1, 2}));
  EXPECT_EQ(followers(n, 1), (Ids{0}));
  EXPECT_EQ(n.duplicates, 0U);
  expect_refusal(text, 4, 5, "negative weight", section("undirected", "strength"));
  EXPECT_EQ(read("%%MatrixMarket matrix coordinate integer general\n2 2 1\n1 2 3\n",
                 section("follower -> followed", "strength"))
                .weights,
            (std::vector<float>{3}));
}

TEST_F(MatrixMarket, IsRefusedWhereItIsWrong) {
  const std::string banner = "%%MatrixMarket matrix coordinate ";
  expect_refusal(banner + "complex general\n2 2 1\n1 2 3 4\n", 1, 0, "complex");
  expect_refusal(banner + "real hermitian\n2 2 1\n1 2 3\n", 1, 0, "hermitian");
  expect_refusal("%%MatrixMarket matrix array real general\n2 2\n1\n", 1, 0, "coordinate");
  expect_refusal("%%MatrixMarket matrix coordinate\n2 2 1\n1 2\n", 1, 0, "field");
  expect_refusal(banner + "pattern general\n% a\n2 3 1\n1 2\n", 3, 0, "2 rows and 3 columns");
  expect_refusal(banner + "pattern general\n2 2\n1 2\n", 2, 0, "sizes");
  expect_refusal(banner + "pattern general\n2 2 2\n1 2\n", 2, 0, "2 entries, but the file has 1");
  expect_refusal(banner + "pattern general\n2 2 1\n1 2\n2 1\n", 2, 0, "1 entries, but the file has 2");
  expect_refusal(banner + "pattern general\n2 2 2\n1 2\n0 1\n", 4, 1, "index 0 is outside");
  expect_refusal(banner + "pattern general\n2 2 2\n1 2\n2 3\n", 4, 3, "index 3 is outside");
  expect_refusal(banner + "pattern general\n2 2 2\n1 2\na b\n", 4, 1, "not an index");
  expect_refusal(banner + "pattern general\n2 2 0\n", 0, 0, "no follows");
  expect_refusal(banner + "pattern general\n", 0, 0, "remarks");
  expect_refusal(banner + "pattern general\n2 2 1\n1 2\n", 1, 0, "no weights", section("undirected", "strength"));
}

TEST_F(JsonNetworks, ReadPairsAndObjects) {
  const Network n =
      read(R"({"nodes": [3, {"id": 5, "group": [1, {"id": 8}]}], "links": [[0, 1], {"source": 2, "target": 1,
      "weight": "x"}, [4, 4]], "other": {"edges": [[7, 8]]}})");
  EXPECT_EQ(n.accounts(), 6U);
  EXPECT_EQ(followers(n, 1), (Ids{0, 2}));
  EXPECT_EQ(n.self_loops, 1U);
  EXPECT_TRUE(n.labels.empty());
  const Network brand = read("{\n\"labels\": {\"0\": \"m\", \"2\": \"f\"}, \"edges\": [[0, 1]]}");
  EXPECT_EQ(brand.accounts(), 3U);
  EXPECT_EQ(brand.follows(), 1U);
  EXPECT_TRUE(brand.attributes.places.empty());
}

TEST_F(JsonNetworks, ReadTextIdsAndWeights) {
  const std::string text = R"({"edges": [["bob", "ann", 0.5], {"source": "bob", "target": 7, "probability": 1}]})";
  const Network n = read(text, section("follower -> followed", "probability"));
  EXPECT_EQ(n.labels, (std::vector<std::string>{"7", "ann", "bob"}));
  EXPECT_EQ(n.weights, (std::vector<float>{1, .5F}));
  const Network named = read(R"({"edges": [{"followed": "ann", "follower": "bob"}]})");
  EXPECT_EQ(followers(named, 0), (Ids{1}));
}

TEST_F(JsonNetworks, AreReadAlikeInOneLineOrMany) {
  std::string one = "{\"edges\":[", many = "{\n \"edges\": [";
  for (int i = 0; i < 100'000; ++i) {
    const std::string pair = (i > 0 ? ",[" : "[") + std::to_string(i * 7919LL % 10'007) + "," + std::to_string(i) + "]";
    one += pair;
    many += pair + "\n\n";
  }
  EXPECT_TRUE(same(read(one + "]}"), read(many + "]}\n")));
  const Fault fault = refusal(write(many + ",[-1, 5]]}"));
  EXPECT_EQ(fault.line, 200'002U);
  EXPECT_NE(fault.message.find("negative"), std::string::npos);
  EXPECT_EQ(refusal(write(one + ",[1.5, 5]]}")).line, 1U);
}

TEST_F(JsonNetworks, AreRefusedWhereTheyAreWrong) {
  expect_refusal("{\n\"edges\": [\n[1, 2],\n[3]\n]}", 4, 3, "does not name two");
  expect_refusal("{\n\"edges\": [\n[1,\n18446744073709551616\n]]}", 4, 20, "64 bits");
  expect_refusal("{\n\"edges\": [[1, 2]\n", 2, 16, "broken JSON");
  expect_refusal("{\"nodes\": [1]}", 1, 14, "no list of `edges`");
  expect_refusal("{\"edges\": {\"a\": 1}}", 1, 11, "not a list");
  expect_refusal("{\"edges\": [7]}", 1, 13, "is no edge");
  expect_refusal("{\"edges\": [[1, null]]}", 1, 19, "not an id");
  expect_refusal("{\"edges\": [[1, [2]]]}", 1, 16, "expected here");
  expect_refusal("{\"edges\": [{\"source\": 1}]}", 1, 24, "does not name two");
  expect_refusal("{\"nodes\": [{\"name\": 1}], \"edges\": []}", 1, 22, "without an `id`");
  expect_refusal("{\"edges\": []}", 0, 0, "no follows");
  expect_refusal("{\"directed\": false, \"edges\": [[1, 2]]}", 0, 0, "directed");
  expect_refusal("{\"edges\": [[1, 2]]}", 1, 17, "a weight is missing", section("undirected", "strength"));
  expect_refusal("{\"edges\": [[1, 2, 3]]}", 1, 20, "above 1", section("undirected", "probability"));
  expect_refusal("{\"edges\": [{\"follower\": 1, \"followed\": 2}]}", 1, 0, "follower and followed",
                 section("undirected"));
  const std::string packed = compress("{\"edges\": [" + std::string(99'999, ' ') + "[1, 2]]}", "a.json.gz");
  std::ifstream in(packed, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  EXPECT_NE(refusal(write(whole.substr(0, whole.size() - 9), "b.json.gz")).message.find("too early"),
            std::string::npos);
}
}  // namespace
}  // namespace passalong
