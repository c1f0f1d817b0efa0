// label: theory
// Do the claims' directions hold away from the defaults? The parameters are drawn at random from their ranges, the
// arms run, and the directions are counted. 10 draws here, which only catch a direction gone badly wrong;
// PASSALONG_DRAWS asks for more (scripts/robustness: 200, which test the claim of nine in ten), and
// PASSALONG_ROBUSTNESS names a file for the table of draws. Fixed: the network, and with it the interests; and the tie
// of liking the product to interest in its topic, which carries the loss of diversity and is drawn where
// PASSALONG_DRAW_TIE is set (then diversity is not held to nine in ten).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "sim/base/math.hpp"
#include "sim/base/special.hpp"
#include "tests/arms.hpp"

namespace passalong {
namespace {

// Draws parameters by number, so that a draw means the same however many there are.
class Draws {
 public:
  explicit Draws(std::uint32_t draw) : stream_(2024, 0, Purpose::scenario_draw), draw_(draw) {}
  double between(double low, double high) { return low + (high - low) * next(); }
  void scale(double& value, double most = 1e300) { value = std::min(most, value * exp(log(2.0) * between(-1, 1))); }

 private:
  double next() { return uniform(stream_(draw_, parameter_++)[0]); }
  Stream stream_;
  std::uint32_t draw_, parameter_ = 0;
};

// One rule: from half to double the default, log-uniform, capped at what the key allows. Other ranges only where that
// makes no sense: the arms' pitch shares, memories, and counts of topics.
void draw_parameters(Scenario& s, Mechanisms& m, std::uint32_t draw) {
  Draws d(draw);
  s.seed = 1000 + draw;
  s.strategies[0].mix[1] = d.between(0, 0.2), s.strategies[0].mix[0] = 1 - s.strategies[0].mix[1];
  s.strategies[1].mix[1] = d.between(0.8, 1), s.strategies[1].mix[0] = 1 - s.strategies[1].mix[1];
  m.suspicion.memory = d.between(0.94, 1), m.trust.memory = d.between(0.94, 0.995);
  s.content.topics = static_cast<std::int64_t>(d.between(3, 9)), s.content.topic_decay = d.between(0.5, 1);
  double posts = 2, attention = 25, quality = 1.0 / 3, pitch_quality = 0.2, tie = 2.5 / 4.5;  // means
  AudienceSection& audience = s.audience;
  for (double* v : {&audience.affinity_weight, &audience.topic_weight, &audience.inflow, &posts, &attention})
    d.scale(*v);
  for (double* v : {&audience.reciprocal, &s.population.sellers, &quality, &pitch_quality, &tie}) d.scale(*v, 0.95);
  s.strategies[0].posts = s.strategies[1].posts = posts;
  s.population.attention = Distribution::log_normal(attention, 1);
  if (std::getenv("PASSALONG_DRAW_TIE") != nullptr)
    s.population.affinity_interested = Distribution::beta(4.5 * tie, 4.5 * (1 - tie));
  s.content.value_quality = Distribution::beta(6 * quality, 6 * (1 - quality));
  s.content.pitch_quality = Distribution::uniform(0, pitch_quality);
  Appraisal& a = m.appraisal;
  for (double* v :
       {&a.affinity_weight, &a.pitch_weight, &a.trust_weight, &a.cost, &a.noise, &a.decay, &a.routine_weight})
    d.scale(*v);
  for (double* v : {&a.residual_dislike, &a.decay_exponent}) d.scale(*v, 1);
  for (double* v : {&m.suspicion.pitcher_rate, &m.suspicion.ordinary_rate, &m.suspicion.misreading, &m.suspicion.prior})
    d.scale(*v, 0.95);
  for (double* v : {&m.trust.gain, &m.trust.loss, &m.trust.dead_zone, &m.delay.exponent, &m.delay.trust_speed})
    d.scale(*v);
  for (double* v : {&m.trust.pitch_gain, &m.trust.repeated_loss, &m.forwarding.rate, &m.forwarding.stranger})
    d.scale(*v, 1);
  d.scale(m.forwarding.steepness);
  Unfollow& u = m.unfollow;
  for (double* v : {&u.rate, &u.base, &u.pitch, &u.irrelevance, &u.volume, &u.trust, &u.seller, &u.new_tie, &u.routine,
                    &u.reciprocity, &u.memory, &u.new_for})
    d.scale(*v);
  Follow& f = m.follow;
  for (double* v : {&f.rate, &f.slope, &f.midpoint, &f.repetition, &f.reciprocity}) d.scale(*v);
}

struct Direction {
  const char* claim;
  int held = 0;
};

struct Outcome {
  std::vector<bool> held;
  std::string row;
};

double mean(const std::vector<std::vector<ArmFigures>>& runs, std::size_t arm, double ArmFigures::*f) {
  double sum = 0;
  for (const auto& r : runs) sum += r[arm].*f;
  return sum / static_cast<double>(runs.size());
}

Outcome try_draw(const Arms& arms, std::uint32_t draw) {
  constexpr std::uint32_t replicates = 2;
  const Scenario s = with(arms.scenario, [&](Scenario& c, Mechanisms& m) { draw_parameters(c, m, draw); });
  const Scenario calm = with(s, [](Scenario&, Mechanisms& m) { m.suspicion.on = false; });
  const auto brief = [](Scenario& c, Mechanisms&) { c.duration = 24 * 14; };
  const Scenario brief_default = with(s, brief);
  const Scenario brief_selfish = with(brief_default, [](Scenario&, Mechanisms& m) { m.forwarding.friends = false; });
  std::vector<std::vector<ArmFigures>> full, unsuspecting, with_friends, selfish;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    full.push_back(arms.run(s, r)), unsuspecting.push_back(arms.run(calm, r));
    with_friends.push_back(arms.run(brief_default, r)), selfish.push_back(arms.run(brief_selfish, r));
  }
  const auto gap = [](const auto& runs, double ArmFigures::*f) { return mean(runs, 1, f) - mean(runs, 0, f); };
  Outcome o;
  o.held = {gap(full, &ArmFigures::followers) < 0,
            gap(full, &ArmFigures::narrow) > 0,
            gap(full, &ArmFigures::diversity) < 0,
            gap(full, &ArmFigures::beyond) < 0,
            gap(unsuspecting, &ArmFigures::narrow) < gap(full, &ArmFigures::narrow),
            mean(selfish, 0, &ArmFigures::size) > mean(with_friends, 0, &ArmFigures::size)};
  const auto& m = *std::static_pointer_cast<Mechanisms>(s.parameters);
  char text[512];
  std::snprintf(
      text, sizeof text, "%u,%.3f,%.4f,%.4f,%.4f,%.4f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.3f,%.3f,%.2f,%lld,%.3f,%.3f",
      draw, gap(full, &ArmFigures::followers) / mean(full, 0, &ArmFigures::followers), gap(full, &ArmFigures::narrow),
      gap(full, &ArmFigures::diversity), gap(full, &ArmFigures::beyond), gap(unsuspecting, &ArmFigures::narrow),
      s.audience.affinity_weight, s.audience.topic_weight, m.appraisal.pitch_weight, m.appraisal.affinity_weight,
      m.appraisal.residual_dislike, m.unfollow.pitch, m.unfollow.irrelevance, m.unfollow.volume, m.follow.rate,
      s.strategies[0].posts, static_cast<long long>(s.content.topics), s.content.value_quality.mean(),
      s.population.affinity_interested.mean());
  o.row = text;
  for (const bool h : o.held) o.row += h ? ",1" : ",0";
  return o;
}

// The least count of `n` that a direction holding in 90 % of draws misses with probability below 1e-3.
int least_acceptable(int n) {
  for (int k = 0; k <= n; ++k)
    if (1 - beta_cdf(k + 1, n - k, 0.9) > 1e-3 || k == n) return k;
  return n;
}

TEST(Robustness, directions_hold_in_nine_of_ten_random_draws) {
  const char* asked = std::getenv("PASSALONG_DRAWS");
  const int draws = asked != nullptr ? std::atoi(asked) : 10;
  ASSERT_GE(draws, 1) << "PASSALONG_DRAWS";
  Team team(0);
  const Arms arms(two_arms(30'000, 700, 120), team);
  std::vector<Outcome> outcomes(static_cast<std::size_t>(draws));
  team.each(outcomes.size(),
            [&](std::size_t k, unsigned) { outcomes[k] = try_draw(arms, static_cast<std::uint32_t>(k)); });

  std::vector<Direction> directions{{"followers fall behind"},
                                    {"fans and sellers rise"},
                                    {"diversity falls"},
                                    {"fewer posts beyond one hop"},
                                    {"suspicion off: narrowing shrinks"},
                                    {"friends off: cascades grow"}};
  for (const Outcome& o : outcomes)
    for (std::size_t k = 0; k < directions.size(); ++k) directions[k].held += o.held[k];
  if (const char* file = std::getenv("PASSALONG_ROBUSTNESS")) {
    std::ofstream out(file);
    out << "draw,followers,narrow,diversity,beyond,narrow_unsuspecting,affinity_weight,topic_weight,w_s,w_a,pi_0,b_p,b_"
           "i,b_n,f0,"
           "posts,topics,quality,tie,held_followers,held_narrow,held_diversity,held_beyond,held_suspicion,held_"
           "friends\n";
    for (const Outcome& o : outcomes) out << o.row << '\n';
  }
  // At 200 draws the claim itself is tested: at least 90 % held. Fewer draws only refute it beyond chance.
  const int least = draws >= 200 ? (draws * 9 + 9) / 10 : least_acceptable(draws);
  const bool tied = std::getenv("PASSALONG_DRAW_TIE") == nullptr;
  for (const Direction& d : directions) {
    std::printf("%-36s held in %d of %d\n", d.claim, d.held, draws);
    if (tied || std::string(d.claim) != "diversity falls") {
      EXPECT_GE(d.held, least) << d.claim;
    }
  }
}

}  // namespace
}  // namespace passalong
