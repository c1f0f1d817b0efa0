// label: theory
// The gates of `passalong validate` themselves: how often they are red where nothing is wrong, how often where a fault
// of the size they claim to notice is there; the tails they stand on; what they do with figures that are none.
#include "sim/validate/validate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/theory/branching.hpp"
#include "sim/theory/small_graphs.hpp"
#include "sim/theory/tails.hpp"

namespace passalong {
namespace {
constexpr double alpha = 0.01;     // larger than in use, so that red rows can be counted
constexpr unsigned tables = 4000;  // a share of .01 of them is known to .0016

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : stream_(seed, 0, Purpose::noise) {}
  double uniform() { return passalong::uniform(stream_(n_++)[0]); }
  double normal() { return normal_quantile(uniform()); }

 private:
  Stream stream_;
  std::uint32_t n_ = 0;
};

// How many of the tables are red, where `make` gives a row with the fault added.
template <class Make>
double share_red(std::uint64_t seed, double fault, const Make& make) {
  Draws draws(seed);
  double red = 0;
  for (unsigned t = 0; t < tables; ++t) red += !judge(make(draws, fault), alpha).ok;
  return red / tables;
}

// Both rates within 5 standard errors, less than one false alarm in a million.
void expect_rates(const char* what, double false_alarms, double power, double least_false_alarms) {
  const auto error = [](double p) { return 5 * std::sqrt(p * (1 - p) / tables); };
  EXPECT_LT(false_alarms, alpha + error(alpha)) << what;
  EXPECT_GT(false_alarms, least_false_alarms - error(alpha)) << what;
  EXPECT_GT(power, 0.99 - error(0.99)) << what;
}

Row mean_row(Draws& draws, double fault) {
  Sample sample;
  for (int k = 0; k < 40; ++k) sample.add(3 + fault + draws.normal());
  return {"", 3, sample.mean(), {.kind = Gate::Kind::mean, .se = sample.se(), .freedom = 39}};
}
Row known_row(Draws& draws, double fault) {
  return {"", 3, 3 + fault + draws.normal() / 10, {.kind = Gate::Kind::mean, .se = 0.1}};
}
Row share_row(Draws& draws, double fault) {
  std::uint64_t count = 0;
  for (int k = 0; k < 200; ++k) count += draws.uniform() < 0.2 + fault;
  return {"", 0.2, static_cast<double>(count) / 200, {.kind = Gate::Kind::share, .count = count, .n = 200}};
}
Row band_row(Draws& draws, double fault) {
  return {"", 2, 2 + fault + draws.normal() / 10, {.kind = Gate::Kind::band, .se = 0.1, .low = 1, .high = 2}};
}

TEST(Gates, are_red_as_seldom_and_as_often_as_they_say) {
  Draws one(1);
  const double mean_fault = (theory::student_point(alpha / 2, 39) + theory::student_point(0.01, 39)) / std::sqrt(40.0);
  expect_rates("t", share_red(2, 0, mean_row), share_red(3, mean_fault, mean_row), alpha);
  expect_rates("z", share_red(4, 0, known_row), share_red(5, judge(known_row(one, 0), alpha).detects, known_row),
               alpha);
  expect_rates("binomial", share_red(6, 0, share_row), share_red(7, judge(share_row(one, 0), alpha).detects, share_row),
               0);
  // At the border of a band only one side can be missed.
  expect_rates("band", share_red(8, 0, band_row), share_red(9, judge(band_row(one, 0), alpha).detects, band_row),
               alpha / 2);
}

TEST(Gates, of_counts_notice_shares_that_are_off) {
  constexpr int n = 4000;
  const auto rate = [&](std::uint64_t seed, double w) {
    Draws draws(seed);
    double red = 0, detects = 0;
    for (unsigned t = 0; t < 500; ++t) {
      Effort effort;
      Sheet sheet(effort, "test");
      std::vector<double> counts(4);
      for (int k = 0; k < n; ++k) {  // the first two cells move by w, relatively
        const double u = draws.uniform();
        ++counts[u < (1 + w) / 4 ? 0 : u < 0.5 ? 1 : u < 0.5 + (1 + w) / 4 ? 2 : 3];
      }
      sheet.fit("", {0.25, 0.25, 0.25, 0.25}, counts);
      const Judged judged = judge(sheet.rows()[0], alpha);
      red += !judged.ok, detects = judged.detects;
    }
    return std::pair(red / 500, detects);
  };
  const auto [false_alarms, detects] = rate(11, 0);
  EXPECT_LT(false_alarms, alpha + 5 * std::sqrt(alpha / 500));
  EXPECT_GT(rate(12, detects).first, 0.99 - 5 * std::sqrt(0.01 / 500));
}

// All outcomes of 400 draws, each with its probability: far tails, which no affordable number of draws would show.
double false_alarms_of_counts(double alarm) {
  constexpr int n = 400;
  const std::vector<double> shares = {.9, .05, .03, .01, .01};  // the last three hold 20 together
  const auto log_chance = [&](int k, double share) { return k * std::log(share) - std::lgamma(k + 1.0); };
  const Effort effort;
  double sum = 0;
  for (int a = 0; a <= 90; ++a)
    for (int b = 0; b <= 90; ++b) {
      const double chance =
          std::exp(std::lgamma(n + 1.0) + log_chance(a, .05) + log_chance(b, .05) + log_chance(n - a - b, .9));
      if (chance < 1e-14) continue;
      Sheet sheet(effort, "test");
      sheet.fit("", shares, {double(n - a - b), double(a), double(b), 0, 0});
      const Row& row = sheet.rows()[0];
      EXPECT_EQ(row.gate.freedom, 2);
      if (theory::chi_square_tail(row.got, 2) <= alarm) sum += chance;
    }
  return sum;
}

TEST(Gates, of_counts_are_red_as_seldom_as_they_say_where_alpha_is_small) {
  for (const double small : {1e-4, 6.7e-6}) {
    // The tail at which a row of such counts turns red.
    const auto red = [&](double tail) {
      return !judge({"", 2, -2 * std::log(tail), {.kind = Gate::Kind::fit, .freedom = 2, .n = 400}}, small).ok;
    };
    EXPECT_TRUE(red(small / 10.01));
    EXPECT_FALSE(red(small / 9.99));
    EXPECT_LT(false_alarms_of_counts(small / 10), small);
  }
}

TEST(Gates, take_no_number_for_an_answer) {
  const double none = std::nan("");
  EXPECT_FALSE(judge({"", 1, none, {.tolerance = 1}}, alpha).ok);
  EXPECT_FALSE(judge({"", 1, none, {.kind = Gate::Kind::mean, .se = 1}}, alpha).ok);
  EXPECT_FALSE(judge({"", 1, 1, {.kind = Gate::Kind::mean, .se = none}}, alpha).ok);
  EXPECT_FALSE(judge({"", 0.5, none, {.kind = Gate::Kind::share, .count = 0, .n = 0}}, alpha).ok);
  EXPECT_FALSE(judge({"", 3, none, {.kind = Gate::Kind::fit, .freedom = 3, .n = 10}}, alpha).ok);
  EXPECT_FALSE(judge({"", 1, none, {.kind = Gate::Kind::band, .se = 1, .low = 0, .high = 2}}, alpha).ok);
  EXPECT_TRUE(judge({"", 2, 2, {}}, alpha).ok);
  EXPECT_FALSE(judge({"", 2, std::nextafter(2, 3), {}}, alpha).ok);
}

TEST(Tails, are_those_of_the_tables) {
  EXPECT_NEAR(theory::normal_tail(1.959963985), 0.025, 1e-10);
  EXPECT_NEAR(theory::normal_point(5e-6), 4.417173, 1e-6);
  EXPECT_NEAR(theory::student_tail(2.228138852, 10), 0.025, 1e-10);
  EXPECT_NEAR(theory::student_point(0.0005, 3), 12.92398, 1e-5);
  EXPECT_NEAR(theory::chi_square_tail(18.30703805, 10), 0.05, 1e-10);
  EXPECT_NEAR(theory::chi_square_point(0.001, 100), 149.4492528, 1e-5);
  EXPECT_NEAR(theory::noncentral_chi_square_tail(5.991464547, 2, 10), 0.81542, 1e-4);
  EXPECT_NEAR(theory::binomial_at_least(3, 10, 0.1), 0.0701908264, 1e-10);
  EXPECT_NEAR(theory::binomial_at_most(2, 10, 0.1), 0.9298091736, 1e-10);
  EXPECT_NEAR(theory::binomial_at_most(1'000'500, 2'000'000, 0.5), 0.76056, 1e-4);
  EXPECT_EQ(theory::binomial_at_least(0, 10, 0.1), 1);
  EXPECT_EQ(theory::binomial_at_most(10, 10, 0.1), 1);
}

TEST(Formulas, agree_where_two_roads_lead_to_one_figure) {
  using namespace theory;
  EXPECT_NEAR(undirected_spread(4, {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}}, .5)[2], complete_spread(4, .5),
              1e-12);
  EXPECT_NEAR(
      undirected_spread(10, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {7, 8}, {8, 9}, {9, 0}}, .9)[0],
      cycle_spread(10, .9), 1e-12);
  EXPECT_NEAR(cycle_spread(10, .5), 2.987305, 1e-6);
  double sum = 0, mean = 0;
  for (unsigned n = 1; n < 3000; ++n) sum += borel(n, .9), mean += n * borel(n, .9);
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_NEAR(mean, 10, 1e-6);
  EXPECT_NEAR(extinction(poisson_offspring(2)), 1 - poisson_outbreak(2), 1e-12);
}

TEST(Validation, keeps_its_false_alarms_below_one_in_a_thousand) {
  const Validation v = validate({"X6", "X7"}, {.quick = true, .seed = 3, .threads = 2});
  EXPECT_TRUE(v.ok());
  EXPECT_GT(v.rows_by_chance, 20U);
  EXPECT_DOUBLE_EQ(v.alpha * static_cast<double>(v.rows_by_chance), 1e-3);
  EXPECT_THROW(validate({"X66"}, {}), Failure);
}

TEST(Validation, is_the_same_for_any_number_of_threads_and_another_for_another_seed) {
  const auto got = [](std::uint64_t seed, unsigned threads) {
    std::vector<double> figures;
    for (const TargetReport& t : validate({"X6"}, {.quick = true, .seed = seed, .threads = threads}).targets)
      for (const Row& row : t.rows) figures.push_back(row.got);
    return figures;
  };
  EXPECT_EQ(got(5, 1), got(5, 3));
  EXPECT_NE(got(5, 1), got(6, 1));
}

}  // namespace
}  // namespace passalong
