// label: theory
// What every kind without communities keeps to, and the regular ones and the Florentine marriages in closed form.
#include <gtest/gtest.h>

#include <map>

#include "sim/network/generators/regular.hpp"
#include "tests/drawn_networks.hpp"

namespace passalong {
namespace {
// Every kind, small, with parameters that meet its corners.
std::vector<NetworkSection> all_sections() {
  std::vector<NetworkSection> all;
  for (const std::int64_t accounts : {7, 12, 3000}) {
    for (const char* kind : {"barabasi-albert", "preferential-attachment", "watts-strogatz", "ring", "lattice", "rmat",
                             "complete", "star", "path", "tree", "florentine", "well-mixed"})
      for (const bool mutual : {false, true}) {
        NetworkSection s = section_of(kind, accounts);
        s.mutual = s.classic_mutual = mutual;
        s.newcomer_follows = accounts / 2 > 40 ? 40 : accounts / 2;
        s.mean_followers = 3;
        s.rewiring = 0.5;
        s.neighbours = accounts < 100 ? 6 : 80;
        s.children = 3;
        all.push_back(s);
      }
  }
  return all;
}
}  // namespace

TEST(GeneratedNetworks, AreSoundForEveryKindAndSize) {
  for (const NetworkSection& s : all_sections()) {
    SCOPED_TRACE(s.kind + " " + std::to_string(s.accounts) + (s.is_mutual() ? " mutual" : ""));
    const Network n = made(s);
    ASSERT_EQ(n.accounts(), s.kind == "florentine" ? 15 : s.accounts);
    expect_sound(n);
    EXPECT_TRUE(is_mutual(n) || !(s.is_mutual() || s.kind == "complete"));
  }
}

TEST(GeneratedNetworks, AreTheSameForAnyTeam) {
  for (const NetworkSection& s : all_sections()) {
    SCOPED_TRACE(s.kind);
    const Network alone = made(s, 7, 0, 1);
    EXPECT_TRUE(same(alone, made(s, 7, 0, 2)));
    EXPECT_TRUE(same(alone, made(s, 7, 0, 3)));
  }
}

TEST(GeneratedNetworks, DifferByReplicateAndSeedWhereThereIsChance) {
  for (const char* kind : {"barabasi-albert", "preferential-attachment", "watts-strogatz", "rmat"}) {
    const NetworkSection s = section_of(kind, 1000);
    EXPECT_NE(made(s).followers, made(s, 7, 1).followers) << kind;
    EXPECT_NE(made(s).followers, made(s, 8).followers) << kind;
  }
}

TEST(GeneratedNetworks, HaveTheMeanThatIsForecast) {
  for (const NetworkSection& s : all_sections()) {
    if (s.accounts < 100 || s.kind == "preferential-attachment" || s.kind == "rmat") continue;
    const Network n = made(s);
    const double mean = static_cast<double>(n.follows()) / n.accounts();
    // Small worlds may lose the few ties that two accounts lead to each other: about (side x rewiring)^2 / 2 of them.
    EXPECT_NEAR(mean, expected_mean(s), s.kind == "watts-strogatz" ? 1.0 : 1e-9) << s.kind;
  }
}

TEST(RegularNetworks, RingTiesTheNearest) {
  NetworkSection s = section_of("ring", 9);
  s.neighbours = 4;
  const Network n = made(s);
  EXPECT_EQ(row(n, 0), (std::vector<AccountId>{1, 2, 7, 8}));
  EXPECT_EQ(row(n, 4), (std::vector<AccountId>{2, 3, 5, 6}));
  EXPECT_EQ(row(n, 8), (std::vector<AccountId>{0, 1, 6, 7}));
  s.classic_mutual = false;
  EXPECT_EQ(row(made(s), 8), (std::vector<AccountId>{0, 1}));
  EXPECT_EQ(row(made(s), 3), (std::vector<AccountId>{4, 5}));
  s.classic_mutual = true, s.neighbours = 8;
  EXPECT_EQ(made(s).followers, made(section_of("complete", 9)).followers);
}

TEST(RegularNetworks, LatticeIsATorusWithoutDoubledTies) {
  NetworkSection s = section_of("lattice", 12);
  s.width = 4;
  EXPECT_EQ(row(made(s), 0), (std::vector<AccountId>{1, 3, 4, 8}));
  EXPECT_EQ(row(made(s), 6), (std::vector<AccountId>{2, 5, 7, 10}));
  s.classic_mutual = false;
  EXPECT_EQ(row(made(s), 3), (std::vector<AccountId>{0, 7}));
  EXPECT_EQ(row(made(s), 8), (std::vector<AccountId>{0, 9}));
  const std::map<std::pair<int, int>, std::uint64_t> ties{{{12, 1}, 12}, {{12, 12}, 12}, {{12, 2}, 18}, {{12, 6}, 18},
                                                          {{12, 3}, 24}, {{4, 2}, 4},    {{2, 1}, 1},   {{2, 2}, 1}};
  for (const auto& [shape, expected] : ties) {
    s.accounts = shape.first, s.width = shape.second;
    expect_sound(made(s));
    EXPECT_EQ(made(s).follows(), expected) << shape.first << " in rows of " << shape.second;
    EXPECT_NEAR(expected_mean(s) * shape.first, static_cast<double>(expected), 1e-9);
  }
  s = section_of("lattice", 36);  // nearly square: 6 x 6; 35: 7 x 5; a prime: a ring
  EXPECT_EQ(row(made(s), 7), (std::vector<AccountId>{1, 6, 8, 13}));
  s.accounts = 35;
  EXPECT_EQ(row(made(s), 8), (std::vector<AccountId>{1, 7, 9, 15}));
  s.accounts = 13;
  NetworkSection ring = section_of("ring", 13);
  ring.neighbours = 2;
  EXPECT_EQ(made(s).followers, made(ring).followers);
}

TEST(RegularNetworks, StarPathAndTreeAreTrees) {
  const Network star = made(section_of("star", 50));
  EXPECT_EQ(star.follower_count(0), 49U);
  for (AccountId a = 1; a < 50; ++a) EXPECT_EQ(row(star, a), std::vector<AccountId>{0});
  NetworkSection path = section_of("path", 5);
  EXPECT_EQ(made(path).followers, (std::vector<AccountId>{1, 0, 2, 1, 3, 2, 4, 3}));
  path.classic_mutual = false;
  EXPECT_EQ(made(path).followers, (std::vector<AccountId>{1, 2, 3, 4}));
  NetworkSection tree = section_of("tree", 9);  // the last level is not full, its last parent has one child
  tree.children = 3;
  const Network t = made(tree);
  EXPECT_EQ(row(t, 0), (std::vector<AccountId>{1, 2, 3}));
  EXPECT_EQ(row(t, 1), (std::vector<AccountId>{0, 4, 5, 6}));
  EXPECT_EQ(row(t, 2), (std::vector<AccountId>{0, 7, 8}));
  EXPECT_EQ(row(t, 3), std::vector<AccountId>{0});
  tree.classic_mutual = false;
  EXPECT_EQ(made(tree).followers, (std::vector<AccountId>{1, 2, 3, 4, 5, 6, 7, 8}));
  tree.children = 1'000'000'000;
  EXPECT_EQ(made(tree).follower_count(0), 8U);
}

TEST(RegularNetworks, CompleteTiesEveryone) {
  for (const bool mutual : {true, false}) {
    NetworkSection s = section_of("complete", 40);
    s.classic_mutual = mutual;
    const Network n = made(s);
    expect_sound(n);
    EXPECT_EQ(n.follows(), 40U * 39U);
  }
}

TEST(RegularNetworks, LatticesCanHaveDiagonals) {
  NetworkSection s = section_of("lattice", 20);
  s.width = 5;
  s.diagonals = "one";
  EXPECT_EQ(row(made(s), 6), (std::vector<AccountId>{1, 2, 5, 7, 10, 11}));
  s.diagonals = "both";
  EXPECT_EQ(row(made(s), 6), (std::vector<AccountId>{0, 1, 2, 5, 7, 10, 11, 12}));
  for (const std::int64_t accounts : {4, 6, 9, 30})
    for (const char* diagonals : {"one", "both"}) {
      NetworkSection small = section_of("lattice", accounts);
      small.diagonals = diagonals;
      const Network n = made(small);
      expect_sound(n);
      EXPECT_TRUE(is_mutual(n));
      EXPECT_EQ(n.follows(), static_cast<std::uint64_t>(mean_lattice(small)) * static_cast<std::uint64_t>(accounts));
    }
}

TEST(Florentine, HasTheFamiliesMarriages) {
  const Network n = made(section_of("florentine", 15));
  EXPECT_EQ(n.follows(), 40U);
  EXPECT_TRUE(is_mutual(n));
  ASSERT_EQ(n.labels.size(), 15U);
  EXPECT_TRUE(std::is_sorted(n.labels.begin(), n.labels.end()));
  const std::map<std::string, std::uint32_t> degrees{
      {"Acciaiuoli", 1}, {"Albizzi", 3},  {"Barbadori", 2},    {"Bischeri", 3}, {"Castellani", 3},
      {"Ginori", 1},     {"Guadagni", 4}, {"Lamberteschi", 1}, {"Medici", 6},   {"Pazzi", 1},
      {"Peruzzi", 3},    {"Ridolfi", 3},  {"Salviati", 2},     {"Strozzi", 4},  {"Tornabuoni", 3}};
  for (AccountId a = 0; a < 15; ++a) EXPECT_EQ(n.follower_count(a), degrees.at(n.labels[a])) << n.labels[a];
  const auto at = [&](const char* name) {
    return static_cast<AccountId>(std::find(n.labels.begin(), n.labels.end(), name) - n.labels.begin());
  };
  EXPECT_TRUE(n.follows(at("Medici"), at("Acciaiuoli")));
  EXPECT_TRUE(n.follows(at("Guadagni"), at("Lamberteschi")));
  EXPECT_FALSE(n.follows(at("Medici"), at("Strozzi")));  // the rivals
}

}  // namespace passalong
