// label: theory
// Thinned delivery against plain delivery: each follower must see each copy with its own P(see), independently. Sums of
// squares are held to chi-square at a false alarm of one in a million each; the seeds are fixed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/special.hpp"
#include "sim/engine/copies.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

constexpr AccountId followers = 400;
constexpr std::uint32_t copies = 20'000;
constexpr double false_alarm = 1e-6;

// Account 0 has all others as followers; everyone else has none.
struct Star {
  SmallWorld w;
  Setting setting;
  std::vector<double> p;  // of each account
  Columns columns;
  Star() {
    std::vector<std::pair<AccountId, AccountId>> follows;
    for (AccountId i = 1; i <= followers; ++i) follows.emplace_back(i, 0);
    Team alone(1);
    w.study("studied", 1, 0, 0);
    w.take(network_from_edges(followers + 1, follows), alone);
    setting = w.setting();
  }
  void attend(const std::vector<double>& chances) {
    p.assign(followers + 1, 0);
    for (AccountId i = 1; i <= followers; ++i) p[i] = chances[i % chances.size()];
    columns.see.resize(p.size());
    for (std::size_t i = 0; i < p.size(); ++i) columns.see[i] = static_cast<std::uint32_t>(p[i] * Glance::one);
  }
};

struct Sights {
  std::uint64_t asked = 0;
  std::vector<std::uint64_t> of_reader, of_copy;
};

// `lower`: P(see) falls by this factor after the lists were made, as when readers come to follow a studied account.
Sights deliver(Star& star, double lower, unsigned workers) {
  Team team(workers);
  const Follows follows(star.setting);
  const Partitions cut(star.setting.network());
  const Publisher publisher(star.setting, 100);
  Glance glance;
  glance.arrange(star.columns.see, follows, team);
  for (AccountId i = 0; i <= followers; ++i) {
    star.p[i] *= lower;
    star.columns.see[i] = static_cast<std::uint32_t>(star.p[i] * Glance::one);
  }
  std::vector<Repost> due;
  for (std::uint32_t n = 0; n < copies; ++n) due.push_back({{0, n}, 0, 0});
  Copies all(star.setting, publisher, follows, cut, team.workers());
  const std::span<const Repost> pieces[] = {due};
  all.deliver(star.columns, glance, pieces, DayPlan(), 0, team);
  const Stream sight = star.setting.stream(Purpose::sight);
  Sights sights{0, std::vector<std::uint64_t>(followers + 1), std::vector<std::uint64_t>(copies)};
  for (std::size_t part = 0; part < cut.count(); ++part)
    all.read(part, [&](std::span<const OrdinaryImpression> some) {
      for (const OrdinaryImpression& i : some) {
        const std::uint32_t word = sight.at(i.reader, i.post.author, i.post.ordinal, i.sharer)[0];
        ++sights.asked;
        if (!glance.sees(i.reader, star.columns.see[i.reader], word)) continue;
        ++sights.of_reader[i.reader], ++sights.of_copy[i.post.ordinal];
      }
    });
  return sights;
}

// Below `x` lies a chi-square variable with k degrees of freedom with this probability.
double chi_square(double x, double k) { return gamma_p(k / 2, x / 2); }

void expect_independent_sights(const Star& star, const Sights& sights) {
  double squares = 0, degrees = 0, mean = 0, variance = 0;
  for (AccountId i = 0; i <= followers; ++i) {
    const double expected = star.p[i] * copies, spread = expected * (1 - star.p[i]);
    mean += star.p[i], variance += star.p[i] * (1 - star.p[i]);
    if (star.p[i] == 0 || star.p[i] == 1) {
      EXPECT_EQ(static_cast<double>(sights.of_reader[i]), expected) << i;
    } else if (expected < 1) {
      EXPECT_LE(sights.of_reader[i], 6U) << i;
    } else {
      squares += std::pow(static_cast<double>(sights.of_reader[i]) - expected, 2) / spread, ++degrees;
    }
  }
  if (degrees == 0) return;  // nothing is left to chance
  EXPECT_LT(chi_square(squares, degrees), 1 - false_alarm) << "more scatter over readers than chance has";
  EXPECT_GT(chi_square(squares, degrees), false_alarm);
  // Were followers' sights of a copy tied to each other, the number of them would scatter more or less.
  double over_copies = 0;
  for (const std::uint64_t n : sights.of_copy) over_copies += std::pow(static_cast<double>(n) - mean, 2) / variance;
  const double z = (over_copies - copies) / std::sqrt(copies * (2 + 1 / variance));
  EXPECT_LT(std::abs(z), 4.9);
}

const std::vector<std::vector<double>> audiences = {
    {0.05},                                      // all alike
    {0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.3, 1},    // some far above the bound
    {0.001},                                     // hardly anyone
    {1},                                         // everyone: the bound is all
    {0.1874, 0.1875, 0.1876, 0.06, 0.03, 0.9},   // about a bound
    {0.24999, 0.25, 0.00390625, 0.49999, 1e-9},  // at bounds of classes, and hardly ever
    {0.5, 0.4, 0.3},
};

void expect_independent_sights_of_all(double lower) {
  Star star;
  for (std::size_t k = 0; k < audiences.size(); ++k) {
    SCOPED_TRACE(k);
    star.attend(audiences[k]);
    expect_independent_sights(star, deliver(star, lower, 1));
  }
}

TEST(Thinning, SeesWithEachReadersOwnProbability) { expect_independent_sights_of_all(1); }

TEST(Thinning, IsRightWhereAttentionHasFallen) { expect_independent_sights_of_all(0.7); }

// With attention spread exponentially about six in seven of those asked see.
TEST(Thinning, AsksHardlyMoreThanSee) {
  Star star;
  std::vector<double> exponential;
  for (int k = 0; k < 100; ++k) exponential.push_back(-0.05 * std::log((k + 0.5) / 100));
  star.attend(exponential);
  const Sights sights = deliver(star, 1, 1);
  const auto seen = std::accumulate(sights.of_reader.begin(), sights.of_reader.end(), std::uint64_t{0});
  EXPECT_LT(static_cast<double>(sights.asked), 1.25 * static_cast<double>(seen));
}

TEST(Glance, PassesTheSameOnAnyProcessor) {
  std::uint8_t row[32];
  std::array<std::uint8_t, 32> bytes{};
  for (std::uint32_t round = 0; round < 2000; ++round) {
    const Stream stream(1, round, Purpose::glance);
    for (std::uint32_t k = 0; k < 32; ++k)
      row[k] = static_cast<std::uint8_t>(stream(k)[0]), bytes[k] = static_cast<std::uint8_t>(stream(k)[1] >> round % 8);
    const Glance::Group group{row, bytes};
    std::uint32_t mask = 0;
    Glance::find_passing({&group, 1}, &mask);
    ASSERT_EQ(mask, Glance::passing_plainly(row, bytes.data()));
  }
}

TEST(Thinning, IsTheSameForAnyTeam) {
  Star star;
  star.attend(audiences[1]);
  const Sights alone = deliver(star, 1, 1);
  star.attend(audiences[1]);
  const Sights three = deliver(star, 1, 3);
  EXPECT_EQ(alone.of_reader, three.of_reader);
  EXPECT_EQ(alone.of_copy, three.of_copy);
}

}  // namespace
}  // namespace passalong
