// What the tests of generated networks share: networks from few parameters, and what is true of every one.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/network/network.hpp"

namespace passalong::random_graphs {

using Generate = Network (*)(const NetworkSection&, std::uint64_t, std::uint32_t, Team&);

inline NetworkSection section_of(std::int64_t accounts, double mean, bool mutual = false) {
  NetworkSection s;
  s.accounts = accounts, s.mean_followers = mean, s.mutual = mutual;
  return s;
}

inline Network made(Generate generate, const NetworkSection& s, std::uint64_t seed = 11, std::uint32_t replicate = 0,
                    unsigned workers = 2) {
  Team team(workers);
  return generate(s, seed, replicate, team);
}

inline void expect_sound(const Network& n) {
  ASSERT_EQ(n.offsets.front(), 0U);
  ASSERT_EQ(n.offsets.back(), n.follows());
  EXPECT_EQ(n.duplicates, 0U);
  std::vector<std::uint32_t> followees(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const auto row = n.followers_of(a);
    ASSERT_TRUE(std::is_sorted(row.begin(), row.end()));
    ASSERT_EQ(std::adjacent_find(row.begin(), row.end()), row.end());
    ASSERT_FALSE(std::binary_search(row.begin(), row.end(), a));
    for (const AccountId f : row) {
      ASSERT_LT(f, n.accounts());
      ++followees[f];
    }
  }
  EXPECT_EQ(n.followees, followees);
}

inline bool same(const Network& a, const Network& b) {
  return a.offsets == b.offsets && a.followers == b.followers && a.followees == b.followees;
}

inline bool follows(const Network& n, AccountId follower, AccountId followed) {
  const auto row = n.followers_of(followed);
  return std::binary_search(row.begin(), row.end(), follower);
}

inline std::uint64_t returned(const Network& n) {
  std::uint64_t sum = 0;
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) sum += follows(n, a, f);
  return sum;
}
inline double reciprocity(const Network& n) {
  return static_cast<double>(returned(n)) / static_cast<double>(n.follows());
}
inline double mean(const Network& n) { return static_cast<double>(n.follows()) / n.accounts(); }

inline std::vector<std::uint32_t> follower_counts(const Network& n) {
  std::vector<std::uint32_t> counts(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a) counts[a] = n.follower_count(a);
  return counts;
}

inline void expect_refused(Generate generate, const NetworkSection& s, const std::string& says) {
  try {
    made(generate, s);
    ADD_FAILURE() << "not refused: " << says;
  } catch (const Failure& f) {
    EXPECT_EQ(f.code(), Exit::scenario);
    EXPECT_NE(std::string(f.what()).find(says), std::string::npos) << f.what();
    EXPECT_FALSE(f.faults().front().help.empty());
  }
}

}  // namespace passalong::random_graphs
