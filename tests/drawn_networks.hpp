// What the tests of generated networks share: making one, checking that it is sound, counting, chi-square.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/special.hpp"
#include "sim/network/generators/kinds.hpp"

namespace passalong {
inline constexpr double false_alarm = 1e-6;

inline NetworkSection section_of(const std::string& kind, std::int64_t accounts) {
  NetworkSection s;
  s.kind = kind;
  s.accounts = accounts;
  return s;
}

inline Network made(const NetworkSection& s, std::uint64_t seed = 7, std::uint32_t replicate = 0,
                    unsigned workers = 2) {
  Team team(workers);
  const KindOfNetwork* kind = find_kind(s.kind);
  if (!kind) throw std::runtime_error("no kind " + s.kind);
  return kind->generate(s, seed, replicate, team);
}

inline double expected_mean(const NetworkSection& s) { return find_kind(s.kind)->mean_followers(s); }

inline void expect_sound(const Network& n) {
  ASSERT_EQ(n.offsets.back(), n.follows());
  std::vector<std::uint32_t> followees(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const auto row = n.followers_of(a);
    ASSERT_TRUE(std::is_sorted(row.begin(), row.end())) << a;
    ASSERT_EQ(std::adjacent_find(row.begin(), row.end()), row.end()) << a;
    ASSERT_FALSE(std::binary_search(row.begin(), row.end(), a)) << a;
    ASSERT_TRUE(row.empty() || row.back() < n.accounts()) << a;
    for (const AccountId f : row) ++followees[f];
  }
  EXPECT_EQ(n.followees, followees);
}

inline bool same(const Network& a, const Network& b) {
  return a.offsets == b.offsets && a.followers == b.followers && a.followees == b.followees && a.labels == b.labels &&
         a.duplicates == b.duplicates && a.self_loops == b.self_loops;
}

inline bool is_mutual(const Network& n) {
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a))
      if (!n.follows(a, f)) return false;
  return true;
}

inline std::vector<AccountId> row(const Network& n, AccountId a) {
  return {n.followers_of(a).begin(), n.followers_of(a).end()};
}

using Bins = std::vector<std::pair<double, double>>;  // seen, expected

// The p-value of a chi-square test of counts, neighbouring bins joined until 25 are expected in each.
inline double p_value(const Bins& bins, bool total_is_given = true) {
  double chi_square = 0, seen = 0, expected = 0;
  int joined = 0;
  std::pair<double, double> rest{0, 0};
  const auto add = [&](double s, double e) { chi_square += (s - e) * (s - e) / e, ++joined; };
  for (const auto& [s, e] : bins) {
    rest.first += s, rest.second += e;
    if (rest.second < 25) continue;
    add(rest.first, rest.second);
    seen += rest.first, expected += rest.second;
    rest = {0, 0};
  }
  if (rest.second > 5) add(rest.first, rest.second);
  return gamma_q(0.5 * (joined - (total_is_given ? 1 : 0)), 0.5 * chi_square);
}

template <class Count>
std::vector<unsigned long long> histogram(const Network& n, const Count& count) {
  std::vector<unsigned long long> h;
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const std::size_t k = count(a);
    if (k >= h.size()) h.resize(k + 1);
    ++h[k];
  }
  return h;
}
inline std::vector<unsigned long long> follower_histogram(const Network& n) {
  return histogram(n, [&](AccountId a) { return n.follower_count(a); });
}

}  // namespace passalong
