// label: theory
// The article's claims as consequences of the mechanisms: each direction with a 95 % interval that excludes zero, the
// term that carries it, and its disappearance when that term is zeroed. Small versions of the default scenario; paired
// differences over replicates, t intervals. docs/validity.md has the figures at full size.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment/statistics.hpp"
#include "tests/arms.hpp"

namespace passalong {
namespace {
constexpr std::size_t replicates = 8;

using Figure = double ArmFigures::*;
using Change = std::function<void(Scenario&, Mechanisms&)>;

class Claims : public testing::Test {
 protected:
  struct Paired {
    std::vector<ArmFigures> value_add, pitch;
    Estimate difference(Figure f) const {
      std::vector<double> d;
      for (std::size_t r = 0; r < pitch.size(); ++r) d.push_back(pitch[r].*f - value_add[r].*f);
      return mean_interval(d);
    }
  };
  static Team& team() {
    static Team t(0);
    return t;
  }
  static const Arms& arms() {
    static const Arms a(two_arms(40'000, 900, 150), team());
    return a;
  }
  static Paired run(const Change& change) {
    const Scenario s = with(arms().scenario, change);
    Paired out{std::vector<ArmFigures>(replicates), std::vector<ArmFigures>(replicates)};
    team().each(replicates, [&](std::size_t r, unsigned) {
      const auto figures = arms().run(s, static_cast<std::uint32_t>(r));
      out.value_add[r] = figures[0], out.pitch[r] = figures[1];
    });
    return out;
  }
  static const Paired& standard() {
    static const Paired p = run([](Scenario&, Mechanisms&) {});
    return p;
  }
  // How much smaller (in absolute terms) the effect on f is in `other`, replicate by replicate.
  static Estimate shrinkage(const Paired& other, Figure f) {
    std::vector<double> d;
    for (std::size_t r = 0; r < replicates; ++r)
      d.push_back(std::fabs(standard().pitch[r].*f - standard().value_add[r].*f) -
                  std::fabs(other.pitch[r].*f - other.value_add[r].*f));
    return mean_interval(d);
  }
  static double mean(const std::vector<ArmFigures>& figures, Figure f) {
    double sum = 0;
    for (const ArmFigures& a : figures) sum += a.*f;
    return sum / static_cast<double>(figures.size());
  }
};

TEST_F(Claims, a_pitching_account_falls_behind_in_followers) {
  EXPECT_LT(standard().difference(&ArmFigures::followers).ci.high, 0);
  EXPECT_GT(standard().difference(&ArmFigures::unfollows).ci.low, 0);
}

TEST_F(Claims, followers_differ_only_through_leaving_and_through_follows_on_exposure) {
  const Paired p = run([](Scenario&, Mechanisms& m) { m.follow.on = m.unfollow.on = false; });
  for (std::size_t r = 0; r < replicates; ++r) EXPECT_EQ(p.pitch[r].followers, p.value_add[r].followers);
  // Of leaving, the pitch, irrelevance and volume terms carry nearly all.
  const Paired calm =
      run([](Scenario&, Mechanisms& m) { m.unfollow.pitch = m.unfollow.irrelevance = m.unfollow.volume = 0; });
  EXPECT_LT(std::fabs(calm.difference(&ArmFigures::unfollows).mean),
            0.15 * std::fabs(standard().difference(&ArmFigures::unfollows).mean));
}

TEST_F(Claims, fans_and_sellers_are_who_is_left) {
  EXPECT_GT(standard().difference(&ArmFigures::narrow).ci.low, 0);
  EXPECT_GT(standard().difference(&ArmFigures::fans).ci.low, 0);
  EXPECT_GT(standard().difference(&ArmFigures::sellers).ci.low, 0);
}

TEST_F(Claims, fans_are_left_because_a_suspected_pitch_costs_the_indifferent_more) {
  const Paired p = run([](Scenario&, Mechanisms& m) { m.unfollow.pitch = 0; });
  EXPECT_GT(shrinkage(p, &ArmFigures::narrow).ci.low, 0);  // the largest single term
  const Paired calm =
      run([](Scenario&, Mechanisms& m) { m.unfollow.pitch = m.unfollow.irrelevance = m.unfollow.volume = 0; });
  EXPECT_LT(calm.difference(&ArmFigures::narrow).mean, 0.5 * standard().difference(&ArmFigures::narrow).mean);
  const Paired none = run([](Scenario&, Mechanisms& m) { m.follow.on = m.unfollow.on = false; });
  EXPECT_EQ(none.difference(&ArmFigures::narrow).mean, 0);
}

TEST_F(Claims, sellers_are_left_because_they_have_something_to_pitch_themselves) {
  const Paired p = run([](Scenario&, Mechanisms& m) { m.unfollow.seller = 0; });
  EXPECT_GT(shrinkage(p, &ArmFigures::sellers).ci.low, 0);
  EXPECT_LT(p.difference(&ArmFigures::sellers).mean, 0.4 * standard().difference(&ArmFigures::sellers).mean);
}

TEST_F(Claims, narrowing_shrinks_without_suspicion) {
  const Paired p = run([](Scenario&, Mechanisms& m) { m.suspicion.on = false; });
  EXPECT_GT(shrinkage(p, &ArmFigures::narrow).ci.low, 0);
  EXPECT_GT(shrinkage(p, &ArmFigures::followers).ci.low, 0);
}

TEST_F(Claims, the_audience_loses_diversity) { EXPECT_LT(standard().difference(&ArmFigures::diversity).ci.high, 0); }

TEST_F(Claims, diversity_falls_because_liking_the_product_goes_with_its_topic) {
  const Paired p = run([](Scenario& s, Mechanisms&) {
    s.population.affinity_interested = s.population.affinity_others = Distribution::beta(0.6, 4);
  });
  EXPECT_GT(p.difference(&ArmFigures::diversity).ci.high, 0);
  EXPECT_GT(p.difference(&ArmFigures::diversity).mean, 0.3 * standard().difference(&ArmFigures::diversity).mean);
}

TEST_F(Claims, fewer_posts_get_beyond_one_hop) {
  EXPECT_LT(standard().difference(&ArmFigures::beyond).ci.high, 0);
  EXPECT_LT(standard().difference(&ArmFigures::size).ci.high, 0);
}

TEST_F(Claims, pitches_stop_short_because_they_cost_those_who_do_not_care) {
  const Paired p = run([](Scenario&, Mechanisms& m) { m.appraisal.pitch_weight = 0; });
  EXPECT_GT(p.difference(&ArmFigures::beyond).ci.high, 0);
}

TEST_F(Claims, cascades_grow_when_friends_do_not_count) {
  const auto cut_short = [](Scenario& s) { s.duration = 24 * 20; };  // they would explode
  const Paired with_friends = run([&](Scenario& s, Mechanisms&) { cut_short(s); });
  const Paired without = run([&](Scenario& s, Mechanisms& m) { cut_short(s), m.forwarding.friends = false; });
  for (std::size_t r = 0; r < replicates; ++r) {
    EXPECT_GT(without.value_add[r].size, 2 * with_friends.value_add[r].size);
    EXPECT_GT(without.pitch[r].size, 2 * with_friends.pitch[r].size);
  }
}

TEST_F(Claims, identical_arms_differ_by_exactly_nothing) {
  const Paired p = run([](Scenario& s, Mechanisms&) {
    s.duration = 24 * 40;
    s.strategies[1] = s.strategies[0];
  });
  for (std::size_t r = 0; r < replicates; ++r)
    for (const Figure f : {&ArmFigures::followers, &ArmFigures::fans, &ArmFigures::diversity, &ArmFigures::size})
      EXPECT_EQ(p.pitch[r].*f, p.value_add[r].*f);
}

// Common random numbers: at pitch shares .1 and .2 the paired difference varies at least 3 times less than that of
// independent arms would (the sum of the arms' variances).
TEST_F(Claims, pairing_cuts_the_variance_of_near_policies) {
  const Scenario s = with(arms().scenario, [](Scenario& c, Mechanisms&) {
    c.duration = 24 * 60;
    c.strategies[1].mix[0] = 0.8, c.strategies[1].mix[1] = 0.2;
  });
  constexpr std::size_t n = 32;
  std::vector<std::vector<ArmFigures>> runs(n);
  team().each(n, [&](std::size_t r, unsigned) { runs[r] = arms().run(s, static_cast<std::uint32_t>(r)); });
  const auto variance = [&](const auto& value) {
    double sum = 0, squares = 0;
    for (const auto& r : runs) sum += value(r), squares += value(r) * value(r);
    return (squares - sum * sum / n) / (n - 1);
  };
  const double a = variance([](const auto&r) { return r[0].followers; }),
               b = variance([](const auto&r) { return r[1].followers; });
  const double d = variance([](const auto& r) { return r[1].followers - r[0].followers; });
  EXPECT_GT((a + b) / d, 3) << "variance reduction";
  RecordProperty("variance_reduction", std::to_string((a + b) / d));
}

}  // namespace
}  // namespace passalong
