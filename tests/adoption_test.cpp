// label: theory
// Crowds and adoption: Granovetter and Bass against the serial reference and the figures of the papers. Statistical
// tests have a false-alarm rate of 1e-6 each (five standard errors).
#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/experiment/run.hpp"
#include "tests/plain_contagion.hpp"
#include "tests/process_plays.hpp"

namespace passalong {
namespace {
std::string well_mixed(int accounts) { return "kind = \"well-mixed\"\naccounts = " + std::to_string(accounts); }

std::vector<double> first_column(const ProcessRecord& record) {
  std::vector<double> values;
  for (std::size_t i = 0; i < record.series.size(); i += 2) values.push_back(record.series[i]);
  return values;
}

// ---- Granovetter ----

double joined(const std::string& model, int accounts) {
  const Scenario s = process_scenario("name = \"granovetter\"\n" + model, well_mixed(accounts));
  return play(s, network_of(s), 1)[0].finals[0];
}

std::string list(int second) {
  std::string text = "of = \"number\"\nthresholds = [0, " + std::to_string(second);
  for (int i = 2; i < 100; ++i) text += ", " + std::to_string(i);
  return text + "]";
}

// 100 people with thresholds 0, 1, ... 99 all riot, one after the other; without the one whose threshold is 1, one
// does.
TEST(Granovetter, HangsOnOnePerson) {
  EXPECT_EQ(joined(list(1), 100), 100);
  EXPECT_EQ(joined(list(2), 100), 1);
  const Scenario s = process_scenario("name = \"granovetter\"\n" + list(1), well_mixed(100));
  const ProcessRecord record = play(s, network_of(s), 1)[0];
  EXPECT_EQ(record.finals[1], 100);  // steps
  EXPECT_EQ(first_column(record)[50], 50);
}

// Normal thresholds of mean 25 %: the equilibrium jumps between standard deviations of 12.2 and 12.3 %.
TEST(Granovetter, JumpsAtACriticalSpread) {
  for (const auto& [sd, share] :
       {std::pair(0.120, 4.02), {0.121, 4.55}, {0.122, 5.48}, {0.123, 100.0}, {0.30, 99.34}}) {
    const double size =
        joined("threshold = { distribution = \"normal\", mean = 0.25, sd = " + std::to_string(sd) + " }", 100'000);
    EXPECT_NEAR(size / 1e3, share, 0.03) << sd;
  }
}

TEST(Granovetter, IsThatOfTheReference) {
  const Distribution normal = Distribution::normal(0.25, 0.2);
  const std::string threshold = "threshold = { distribution = \"normal\", mean = 0.25, sd = 0.2 }\n";
  for (const char* drawn : {"quantiles", "at-random"})
    for (const int accounts : {7, 50, 333}) {
      const Scenario s =
          process_scenario("name = \"granovetter\"\n" + threshold + "drawn = \"" + drawn + "\"", well_mixed(accounts));
      const auto records = play(s, network_of(s), 20);
      for (std::uint32_t r = 0; r < 20; ++r) {
        std::vector<double> thresholds;
        for (int i = 0; i < accounts; ++i) {
          const Words words = Stream(1, r, Purpose::threshold)(static_cast<std::uint32_t>(i));
          thresholds.push_back(
              normal.quantile(drawn == std::string("quantiles") ? (i + 0.5) / accounts : uniform(words[0])));
        }
        EXPECT_EQ(first_column(records[r]), plain_crowd(thresholds, true));
      }
    }
}

TEST(Granovetter, SaysWhatItNeeds) {
  EXPECT_THROW(process_scenario("name = \"granovetter\""), Failure);
  EXPECT_THROW(process_scenario("name = \"granovetter\"\nthresholds = [1, 2]", well_mixed(3)), Failure);
}

// ---- Bass ----

// How many replicates differ from the reference in anything.
int differ(const std::string& time, const std::string& network_text, const Network& network, double p, double q,
           double given_p, double given_q) {
  const Scenario s = process_scenario("name = \"bass\"\ntime = \"" + time + "\"\ninnovation = " + std::to_string(p) +
                                          "\nimitation = " + std::to_string(q) +
                                          "\nseeds = [{ random = 2 }, { random = 2, at = \"150 min\" }]",
                                      network_text, "duration = \"12 h\"");
  const bool mixed = network_text.starts_with("kind");
  const SeedRule rule{.random = 2, .further = {{.random = 2, .at = 2.5}}};
  const auto records = play(s, network, 20);
  int wrong = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    std::vector<Seed> seeds;
    Seeds(rule, network, 1).of(r, seeds);
    PlainContagion plain(network, seeds, 1, r);
    plain.traits = r, plain.last = 12;
    const PlainCourse course = time == "steps" ? plain.adoption_in_steps(given_p, given_q, mixed)
                                               : plain.adoption_in_time(given_p, given_q, mixed);
    std::vector<double> series;
    for (const auto& row : course.rows) series.insert(series.end(), row.begin(), row.end());
    wrong += series != records[r].series || course.depth != records[r].finals[1];
  }
  return wrong;
}

TEST(Bass, IsThatOfTheReference) {
  for (const char* time : {"continuous", "steps"}) {
    for (const double p : {0.0, 0.03}) {
      for (const std::uint32_t seed : {1U, 2U})
        EXPECT_EQ(differ(time, "file = \"edges.txt\"", random_network(80, 300, seed), p, 0.4, p, 0.4), 0) << time << p;
      const Network crowd = network_from_edges(100, {});
      EXPECT_EQ(differ(time, well_mixed(100), crowd, p, 0.4, p, 0.4), 0) << time << p;
    }
    EXPECT_EQ(differ(time, well_mixed(5), network_from_edges(5, {}), 0.1, 0, 0.1, 0), 0) << time;
  }
}

TEST(Bass, NoticesParametersThatAreALittleWrong) {
  for (const char* time : {"continuous", "steps"}) {
    const Network network = random_network(300, 1000, 3), crowd = network_from_edges(300, {});
    EXPECT_GT(differ(time, "file = \"edges.txt\"", network, 0.0303, 0.4, 0.03, 0.4), 0);
    EXPECT_GT(differ(time, "file = \"edges.txt\"", network, 0.03, 0.404, 0.03, 0.4), 0);
    EXPECT_GT(differ(time, well_mixed(300), crowd, 0.0303, 0.4, 0.03, 0.4), 0);
    EXPECT_GT(differ(time, well_mixed(300), crowd, 0.03, 0.404, 0.03, 0.4), 0);
  }
}

// F(t) = (1 - exp(-(p + q) t)) / (1 + q / p exp(-(p + q) t)).
double bass_share(double p, double q, double t) {
  const double e = std::exp(-(p + q) * t);
  return (1 - e) / (1 + q / p * e);
}

// The start decides by how much the course runs early or late, so single runs vary more than n draws would: the mean of
// 20 runs of 100,000 within 1 %, some ten standard errors.
TEST(Bass, FollowsItsCurve) {
  for (const auto& [p, q] : {std::pair(0.03, 0.38), {0.01, 0.4}}) {
    const Scenario s =
        process_scenario("name = \"bass\"\ninnovation = " + std::to_string(p) + "\nimitation = " + std::to_string(q),
                         well_mixed(100'000), "duration = \"20 h\"");
    std::vector<double> sum(21);
    for (const ProcessRecord& record : play(s, network_of(s), 20))
      for (std::size_t t = 0; t <= 20; ++t) sum[t] += first_column(record)[t] / 20;
    for (const std::size_t t : {1U, 5U, 10U, 15U, 20U})
      EXPECT_NEAR(sum[t] / 1e5 / bass_share(p, q, static_cast<double>(t)), 1, 0.01) << t;
  }
}

// Alone, everybody adopts at the rate p: exp(-p t) are left.
TEST(Bass, WithoutImitationIsAnExponential) {
  const Scenario s =
      process_scenario("name = \"bass\"\ninnovation = 0.2\nimitation = 0", well_mixed(1000), "duration = \"5 h\"");
  const double left = std::exp(-1.0);
  EXPECT_NEAR(mean_size(play(s, network_of(s), 1000)) / 1000, 1 - left, 5 * std::sqrt(left * (1 - left) / 1e6));
}

// On a complete network everybody follows all others: nearly the crowd, where one counts oneself.
TEST(Bass, OnACompleteNetworkIsNearlyThatOfTheCrowd) {
  const char* model = "name = \"bass\"\nseeds = [\"0\"]";
  const Scenario complete = process_scenario(model, "kind = \"complete\"\naccounts = 300", "duration = \"8 h\"");
  const Scenario crowd = process_scenario(model, well_mixed(300), "duration = \"8 h\"");
  const double on_network = mean_size(play(complete, network_of(complete), 300));
  EXPECT_NEAR(on_network / mean_size(play(crowd, network_of(crowd), 300)), 1, 0.02);
}

TEST(Bass, IsTheSameForAnyNumberOfThreads) {
  for (const char* time : {"continuous", "steps"})
    for (const char* network : {"kind = \"well-mixed\"\naccounts = 300", "kind = \"erdos-renyi\"\naccounts = 300"}) {
      const Scenario s = process_scenario("name = \"bass\"\ntime = \"" + std::string(time) + "\"", network,
                                          "duration = \"9 h\"\nreplicates = 20");
      std::vector<Result> results;
      for (const unsigned threads : {1U, 2U, 5U})
        results.push_back(run(s, find_model(s.model), {.threads = threads}).result);
      for (std::size_t i = 0; i < results[0].series.size(); ++i) {
        EXPECT_EQ(results[0].series[i].values, results[1].series[i].values);
        EXPECT_EQ(results[0].series[i].values, results[2].series[i].values);
      }
    }
}

TEST(Bass, SaysWhatItNeeds) {
  EXPECT_THROW(process_scenario("name = \"bass\"", well_mixed(10)), Failure);  // no duration
  EXPECT_THROW(process_scenario("name = \"bass\"\ntime = \"steps\"\ninnovation = 0.7\nimitation = 0.4", well_mixed(10),
                                "duration = \"3 h\""),
               Failure);
}

}  // namespace
}  // namespace passalong
