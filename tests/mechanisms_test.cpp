// label: theory
// Mechanisms against closed forms, one at a time: X19 (Bayes and Wald), X20 (long-run trust), X21 (narrowing), the
// delay kernel. Random checks allow 4.9 standard errors, a false alarm in a million each, with fixed seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <vector>

#include "models/conversation.hpp"
#include "models/models.hpp"
#include "sim/base/random.hpp"

namespace passalong {
namespace {
constexpr double sigmas = 4.9;

Suspicion exact_bayes(double q1, double q0, double prior) {
  Suspicion s;
  s.pitcher_rate = q1, s.ordinary_rate = q0, s.prior = prior, s.memory = 1, s.misreading = 0, s.bound = 700;
  return s;
}

// The chance of each outcome and the mean length of the two-sided test at 95 %, from the chain of counts itself.
struct Detection {
  double mean_posts = 0, wrong = 0;
};
Detection enumerate_detection(double q1, double q0, double pitch_share) {
  std::map<std::pair<int, int>, double> alive{{{0, 0}, 1.0}};
  Detection d;
  for (int n = 1; n < 3000 && !alive.empty(); ++n) {
    std::map<std::pair<int, int>, double> next;
    for (const auto& [counts, p] : alive)
      for (const bool pitch : {true, false}) {
        const auto [s, v] = std::pair{counts.first + pitch, counts.second + !pitch};
        const double chance = p * (pitch ? pitch_share : 1 - pitch_share);
        const double logit = s * std::log(q1 / q0) + v * std::log((1 - q1) / (1 - q0));
        if (std::fabs(logit) < std::log(19.0)) {
          if (chance > 1e-15) next[{s, v}] += chance;
        } else {
          d.mean_posts += n * chance, d.wrong += logit < 0 ? chance : 0;
        }
      }
    alive = std::move(next);
  }
  return d;
}

TEST(Suspicion, is_the_exact_log_likelihood_ratio_on_every_path) {
  const Suspicion s = exact_bayes(0.6, 0.1, 0.15);
  for (unsigned path = 0; path < 1024; ++path) {
    float log_odds = s.initial();
    double exact = std::log(0.15 / 0.85);
    for (int post = 0; post < 10; ++post) {
      const bool pitch = (path >> post & 1) != 0;
      log_odds = s.update(log_odds, s.perceive(pitch, 0.5));
      exact += pitch ? std::log(0.6 / 0.1) : std::log(0.4 / 0.9);
    }
    ASSERT_NEAR(s.probability(log_odds), 1 / (1 + std::exp(-exact)), 1e-6) << path;
  }
}

TEST(Suspicion, detects_after_as_many_posts_as_wald_says) {
  struct Case {
    double q1, q0, wald, published_mean, published_wrong;
  };
  // Means published for (.8, .2) and (.5, .2), themselves simulated; for all Wald's (1 - 2 / 20) ln 19 / KL bounds the
  // mean.
  for (const auto& [q1, q0, wald, mean, wrong] : {Case{0.8, 0.2, 3.54, 4.82, 0.015},
                                                  {0.5, 0.2, 13.2, 13.87, 0.035},
                                                  {0.6, 0.2, 7.71, 0, 0},
                                                  {0.3, 0.2, 104.5, 0, 0}}) {
    const Detection expected = enumerate_detection(q1, q0, q1);
    const double information = q1 * std::log(q1 / q0) + (1 - q1) * std::log((1 - q1) / (1 - q0));
    EXPECT_NEAR(std::log(19.0) / information, wald, 0.06);
    EXPECT_GT(expected.mean_posts, 0.9 * std::log(19.0) / information);
    if (mean > 0) {
      EXPECT_NEAR(expected.mean_posts, mean, 0.1);
      EXPECT_NEAR(expected.wrong, wrong, 0.003);
    }
    const Suspicion s = exact_bayes(q1, q0, 0.5);
    constexpr std::uint32_t readers = 20'000;
    const Stream posts(11, 0, Purpose::perception);
    double sum = 0, squares = 0, fooled = 0;
    for (std::uint32_t r = 0; r < readers; ++r) {
      float log_odds = s.initial();
      std::uint32_t n = 0;
      while (s.probability(log_odds) < 0.95 && s.probability(log_odds) > 0.05)
        log_odds = s.update(log_odds, uniform(posts(r, 0, n++)[0]) < q1);
      sum += n, squares += static_cast<double>(n) * n, fooled += s.probability(log_odds) < 0.5;
    }
    const double got = sum / readers, se = std::sqrt((squares / readers - got * got) / readers);
    EXPECT_NEAR(got, expected.mean_posts, sigmas * se);
    EXPECT_NEAR(fooled / readers, expected.wrong, sigmas * std::sqrt(expected.wrong / readers));
  }
}

// Posts until the mean reader is 95 % sure, at the default memory and misreading; `most` where it never is.
std::uint32_t posts_to_detect(double pitch_share, std::uint32_t most) {
  const Suspicion s;
  constexpr std::uint32_t readers = 500;
  const Stream posts(13, 0, Purpose::perception);
  std::vector<float> log_odds(readers, s.initial());
  for (std::uint32_t n = 0; n < most; ++n) {
    double sum = 0;
    for (std::uint32_t r = 0; r < readers; ++r) {
      const Words w = posts(r, 0, n);
      log_odds[r] = s.update(log_odds[r], s.perceive(uniform(w[0]) < pitch_share, uniform(w[1])));
      sum += s.probability(log_odds[r]);
    }
    if (sum / readers > 0.95) return n + 1;
  }
  return most;
}

TEST(Suspicion, mixing_delays_detection_but_does_not_prevent_it) {
  constexpr std::uint32_t most = 400;
  const std::uint32_t bare = posts_to_detect(0.9, most), some = posts_to_detect(0.7, most),
                      half = posts_to_detect(0.55, most);
  EXPECT_LT(bare, 10U);
  EXPECT_LT(bare, some);
  EXPECT_LT(some, half);
  EXPECT_LT(half, most);
  EXPECT_EQ(posts_to_detect(0.1, most), most);  // below the border of about .27 nobody is sure
}

TEST(Trust, settles_where_gain_and_loss_balance) {
  struct Case {
    double p, rho, level;
  };
  for (const auto& [p, rho, level] : {Case{.9, 1, .9}, {.9, 2, .8182}, {.9, 2.6, .7759}, {.8, 2, .6667}}) {
    Trust t;
    t.loss = rho, t.repeated_loss = 1, t.dead_zone = 0, t.memory = 0.9999;
    const Stream posts(12, 0, Purpose::noise);
    TrustCounts counts;
    double sum = 0;
    constexpr std::uint32_t burn = 100'000, n = 600'000;
    for (std::uint32_t k = 0; k < burn + n; ++k) {
      counts = t.update(counts, uniform(posts(k)[0]) < p ? 1 : -1, false, false);
      if (k >= burn) sum += t.level(counts);
    }
    EXPECT_NEAR(level, p / (p + rho * (1 - p)), 5e-5);
    // tau moves with the share of good posts: d tau / d p = rho / (p + rho (1 - p))^2; a mean over n posts.
    const double se = rho / std::pow(p + rho * (1 - p), 2) * std::sqrt(p * (1 - p) / n);
    EXPECT_NEAR(sum / n, level, sigmas * se + 2e-4) << p << ' ' << rho;  // 2e-4: A and B start at 1
  }
}

TEST(Trust, remembers_the_order_of_the_same_posts) {
  const Trust t;
  TrustCounts first, last;
  for (int k = 0; k < 10; ++k) first = t.update(first, 0.5, false, true), last = t.update(last, -0.5, true, k == 0);
  for (int k = 0; k < 10; ++k) first = t.update(first, -0.5, true, k == 0), last = t.update(last, 0.5, false, true);
  EXPECT_LT(t.level(first), t.level(last));  // what came last weighs more
}

TEST(Delay, has_seismics_distribution) {
  Delay d;
  for (const auto& [hours, later] : std::map<double, double>{{1, .4568}, {24, .2189}, {168, .1395}, {1 / 12., .8120}})
    EXPECT_NEAR(1 - d.within(hours), later, 5e-5) << hours;
  d.trust_speed = 0;
  for (const double u : {0.01, 0.2, 0.5, 0.9, 0.999}) {
    const double h = d.hours(u, 0.5, 168);
    EXPECT_NEAR(d.within(h) / d.within(168), u, 1e-9);
  }
  EXPECT_NEAR(d.within(1) / d.within(168), 0.63, 0.005);
  EXPECT_NEAR(d.within(24) / d.within(168), 0.91, 0.005);
}

TEST(Delay, shrinks_with_trust_and_never_outlives_the_post) {
  const Delay d;
  for (double u = 0.005; u < 1; u += 0.01) {
    EXPECT_LT(d.hours(u, 0.9, 168), d.hours(u, 0.1, 168));
    EXPECT_LE(d.hours(u, 0.0, 168), 168.0 + 1e-9);
  }
}

TEST(Unfollow, causes_come_in_proportion_to_their_terms) {
  const std::array<double, Unfollow::causes> terms{1, 2, 3, 0, 4};
  std::array<int, Unfollow::causes> counts{};
  for (int k = 0; k < 1000; ++k) ++counts[Unfollow::cause(terms, (k + 0.5) / 1000)];
  EXPECT_EQ(counts, (std::array<int, Unfollow::causes>{100, 200, 300, 0, 400}));
}

// A world in which only the pitch term of the unfollow hazard is on: h = c (1 - a), a ~ U(0, 1).
Scenario narrowing_scenario() {
  Scenario s;
  s.seed = 5, s.duration = 24 * 100;
  s.network.accounts = 200'000, s.network.mean_followers = 3;
  s.population.affinity_interested = s.population.affinity_others = Distribution::uniform(0, 1);
  s.population.sellers = 0;
  s.audience.affinity_weight = s.audience.topic_weight = s.audience.inflow = s.audience.reciprocal = 0;
  s.audience.followee_cap = 1e-6;
  s.strategies.push_back({"pitch", 1, {0, 1, 0}, 100'000});
  auto m = std::make_shared<Mechanisms>();
  m->attention.on = m->trust.on = m->forwarding.on = m->follow.on = m->ladder.on = false;
  m->suspicion.prior = 1 - 1e-6, m->suspicion.bound = 700, m->suspicion.misreading = 0, m->suspicion.memory = 1;
  m->unfollow.rate = 0.1, m->unfollow.pitch = 1, m->unfollow.memory = 1;
  m->unfollow.base = m->unfollow.irrelevance = m->unfollow.volume = m->unfollow.routine = 0;
  s.parameters = m;
  return s;
}

TEST(Narrowing, leaves_the_survivors_the_closed_form_says) {
  const Scenario s = narrowing_scenario();
  Team team(2);
  const Ground ground = make_network(s, 0, team);
  const Population people =
      draw_population(s, ground, std::make_shared<TopicTraits>(summarise_topics(ground, team)), 0, team);
  const Setting setting{&s, &ground, &people, 0, {&s.strategies[0]}};
  const auto world = conversation.make(setting, team);
  std::vector<Happening> happenings;
  world->record(&happenings);
  std::map<AccountId, double> affinity;
  for (const auto& fan : people.audience(0)) affinity[fan.account] = static_cast<double>(people.affinity[fan.account]);
  ASSERT_EQ(affinity.size(), 100'000U);
  double start = 0;
  for (const auto& [account, a] : affinity) start += a;
  EXPECT_NEAR(start / 1e5, 0.5, sigmas * std::sqrt(1 / 12. / 1e5));  // drawn blindly
  for (const auto& [days, survivors, mean] : {std::tuple{10, .6321, .5820}, {30, .3167, .7191}, {100, .1, .9}}) {
    while (world->now() < days * 24) world->step();
    for (const Happening& h : happenings)
      if (h.what == What::unfollow) affinity.erase(h.account);
    happenings.clear();
    double sum = 0, squares = 0;
    for (const auto& [account, a] : affinity) sum += a, squares += a * a;
    const double n = static_cast<double>(affinity.size());
    EXPECT_NEAR(n / 1e5, survivors, sigmas * std::sqrt(survivors * (1 - survivors) / 1e5) + 5e-5) << days;
    EXPECT_NEAR(sum / n, mean, sigmas * std::sqrt((squares / n - mean * mean) / n) + 5e-5) << days;
  }
}

}  // namespace
}  // namespace passalong
