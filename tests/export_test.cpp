// Texts as other programs want them, and tables whose every cell is known.
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

#include "sim/base/failure.hpp"
#include "sim/output/export/cascade_forest.hpp"
#include "sim/output/export/long_table.hpp"
#include "sim/output/export/network_export.hpp"

namespace passalong {
namespace {

template <class Fill>
std::string text_of(const Fill& fill) {
  std::string all;
  TextStream to([&](std::string_view text) { all += text; });
  fill(to);
  to.finish();
  EXPECT_EQ(to.bytes(), all.size());
  return all;
}
std::string csv(std::string_view text) {
  return text_of([&](TextStream& to) { put_csv(to, text); });
}
std::string xml(std::string_view text) {
  return text_of([&](TextStream& to) { put_xml(to, text); });
}
std::string json(std::string_view text) {
  return text_of([&](TextStream& to) { put_json(to, text); });
}

TEST(Texts, AreQuotedWhereTheyMustBe) {
  EXPECT_EQ(csv("plain text"), "plain text");
  EXPECT_EQ(csv("a,b"), "\"a,b\"");
  EXPECT_EQ(csv("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv(""), "");
  EXPECT_EQ(xml("<a & \"b\">\n"), "&lt;a &amp; &quot;b&quot;&gt;&#10;");
  EXPECT_EQ(json("a\"\\\n\x01"), "\"a\\\"\\\\\\u000a\\u0001\"");
}

TEST(Texts, KeepEveryCharacterAndNoBrokenOne) {
  const std::string good = "Zo\xC3\xAB \xE2\x82\xAC \xF0\x9F\x98\x80";
  EXPECT_EQ(xml(good), good);
  EXPECT_EQ(json(good), '"' + good + '"');
  const std::string gap = "\xEF\xBF\xBD";
  EXPECT_EQ(xml("\xC3"), gap);                          // cut short
  EXPECT_EQ(xml("\xC0\xAF"), gap + gap);                // overlong
  EXPECT_EQ(xml("\xED\xA0\x80"), gap + gap + gap);      // a surrogate
  EXPECT_EQ(xml("\xF4\x90\x80\x80").size(), 12U);       // above U+10FFFF
  EXPECT_EQ(xml("a\x01z\xFF"), "a" + gap + "z" + gap);  // no character of XML; no byte of UTF-8
  EXPECT_EQ(xml("\xEF\xBF\xBF"), gap);                  // U+FFFF
}

TEST(Texts, GoOutInBlocksAndNumbersAsTheyAre) {
  std::size_t blocks = 0;
  std::uint64_t bytes = 0;
  TextStream to([&](std::string_view text) { ++blocks, bytes += text.size(); });
  for (int i = 0; i < 100'000; ++i) to << i << '\n';
  EXPECT_GT(blocks, 5U);  // it was not kept
  to.finish();
  EXPECT_EQ(bytes, to.bytes());
  for (const double x : {0.1, 1.0 / 3, 1e300, 5e-324, -0.0, 123456789.0, static_cast<double>(0.1F)}) {
    const std::string text = text_of([&](TextStream& t) { t << x; });
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), x) << text;
  }
}

Variable variable(const char* name, std::vector<std::string> dimensions, Column values,
                  std::vector<std::string> meanings = {}) {
  const char* type = std::holds_alternative<std::vector<double>>(values) ? "f8" : "i8";
  return {name, "", "", std::move(dimensions), std::move(values), type, std::move(meanings)};
}

Result small_result() {
  Result r;
  r.strategies = {"a", "b, c"}, r.replicates = {0, 4}, r.time = {0, 0.5};
  r.series = {
      variable("followers", {"strategy", "replicate", "time"}, std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}),
      variable("size", {"replicate"}, std::vector<double>{.1, std::numeric_limits<double>::quiet_NaN()})};
  r.groups.push_back({"posts",
                      {{"post", 3}},
                      {variable("strategy", {"post"}, std::vector<std::int64_t>{0, 0, 1}, r.strategies),
                       variable("replicate", {"post"}, std::vector<std::int64_t>{0, 4, 4}),
                       variable("kind", {"post"}, std::vector<std::int64_t>{0, 1, 1}, {"value", "pitch"})},
                      {}});
  r.groups.push_back({"cascades",
                      {{"node", 5}},
                      {variable("post", {"node"}, std::vector<std::int64_t>{1, 1, 1, 2, 2}),
                       variable("account", {"node"}, std::vector<std::int64_t>{9, 3, 4, 9, 4}),
                       variable("parent", {"node"}, std::vector<std::int64_t>{-1, 0, 1, -1, 3}),
                       variable("time", {"node"}, std::vector<double>{1, 1.25, 1.5, 2, 2.25})},
                      {{"label", "", {"node"}, {"a", "<me>", "", "b", ""}}}});
  r.groups.push_back({"apart",
                      {{"x", 2}, {"y", 3}},
                      {variable("by_x", {"x"}, std::vector<std::int64_t>{1, 2}),
                       variable("by_y", {"y"}, std::vector<std::int64_t>{1, 2, 3})},
                      {}});
  return r;
}

std::string table(const TableChoice& choice) {
  const Result r = small_result();
  return text_of([&](TextStream& to) { LongTable(r, choice).write_csv(to); });
}

TEST(LongTable, RepeatsWhatLiesAlongFewerDimensions) {
  EXPECT_EQ(table({}),
            "strategy,replicate,time,followers,size\r\na,0,0,1,0.1\r\na,0,0.5,2,0.1\r\na,4,0,3,\r\na,4,0.5,4,\r\n"
            "\"b, c\",0,0,5,0.1\r\n\"b, c\",0,0.5,6,0.1\r\n\"b, c\",4,0,7,\r\n\"b, c\",4,0.5,8,\r\n");
  EXPECT_EQ(table({{}, {"size"}, {}}), "replicate,size\r\n0,0.1\r\n4,\r\n");
}

TEST(LongTable, SelectsByCoordinateOrColumn) {
  EXPECT_EQ(table({{}, {"followers"}, {"b, c", 4, {}}}),
            "strategy,replicate,time,followers\r\n\"b, c\",4,0,7\r\n\"b, c\",4,0.5,8\r\n");
  EXPECT_EQ(table({"posts", {}, {"a", {}, {}}}), "post,strategy,replicate,kind\r\n0,a,0,value\r\n1,a,4,pitch\r\n");
  EXPECT_EQ(table({"posts", {"kind"}, {"a", 4, {}}}), "post,kind\r\n1,pitch\r\n");
  EXPECT_EQ(table({"cascades", {"account", "label"}, {{}, {}, 1}}),
            "node,account,label\r\n0,9,a\r\n1,3,<me>\r\n2,4,\r\n");
}

TEST(LongTable, RefusesWhatIsNoTable) {
  EXPECT_THROW(table({"psots", {}, {}}), Failure);
  EXPECT_THROW(table({{}, {"folowers"}, {}}), Failure);
  EXPECT_THROW(table({{}, {}, {"nobody", {}, {}}}), Failure);
  EXPECT_THROW(table({{}, {}, {{}, 1, {}}}), Failure);  // no such replicate
  EXPECT_THROW(table({{}, {}, {{}, {}, 1}}), Failure);  // series have no posts
  EXPECT_THROW(table({"apart", {}, {}}), Failure);      // two tables in one
  EXPECT_EQ(table({"apart", {"by_y"}, {}}), "y,by_y\r\n0,1\r\n1,2\r\n2,3\r\n");
}

TEST(Forest, KnowsDepthsAndRoots) {
  const Result r = small_result();
  const std::string events = text_of([&](TextStream& to) { CascadeForest(r, {}).write_events(to); });
  EXPECT_NE(events.find("{\"nodeID\": \"2\", \"nodeUserID\": \"4\", \"parentID\": \"1\", \"rootID\": \"0\", "
                        "\"actionType\": \"retweet\", \"nodeTime\": 129600, \"platform\": \"twitter\", "
                        "\"informationID\": \"pitch\", \"strategy\": \"a\", \"replicate\": 4}\n"),
            events.npos)
      << events;
  const std::string graph = text_of([&](TextStream& to) {
    const auto writer = graphml_writer(to);
    const CascadeForest::Counts counts = CascadeForest(r, {{}, {}, 2}).write_graph(*writer);
    EXPECT_EQ(counts.nodes, 2U);
    EXPECT_EQ(counts.edges, 1U);
  });
  EXPECT_NE(graph.find("<edge source=\"n3\" target=\"n4\"/>"), graph.npos) << graph;
}

TEST(Forest, RefusesWhatWasNotKept) {
  Result r = small_result();
  EXPECT_THROW(CascadeForest(r, {{}, {}, 0}), Failure);  // a post without its tree
  EXPECT_THROW(CascadeForest(r, {{}, {}, 3}), Failure);
  EXPECT_THROW(CascadeForest(r, {{}, 0, {}}), Failure);
  std::get<std::vector<std::int64_t>>(r.groups[1].variables[2].values)[1] = 2;  // a parent that comes later
  EXPECT_THROW(CascadeForest(r, {}), Failure);
  r.groups.erase(r.groups.begin() + 1);
  EXPECT_THROW(CascadeForest(r, {}), Failure);
  r.groups.erase(r.groups.begin());
  EXPECT_THROW(CascadeForest(r, {}), Failure);  // of a classic model: it has no posts
}

TEST(NetworkExport, LeadsFromTheFollowerToTheFollowed) {
  Network network = network_from_edges(3, {{1, 0}, {2, 0}, {0, 2}});
  const auto rows = [&] { return text_of([&](TextStream& to) { write_network_csv(network, to); }); };
  EXPECT_EQ(rows(), "follower,followed\r\n1,0\r\n2,0\r\n0,2\r\n");
  network.labels = {"a", "b, b", "c"}, network.weights = {.5, .25, .1F};
  EXPECT_EQ(rows(), "follower,followed,weight\r\n\"b, b\",a,0.5\r\nc,a,0.25\r\na,c,0.10000000149011612\r\n");
}

}  // namespace
}  // namespace passalong
