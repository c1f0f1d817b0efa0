// Thresholds, crowds and adoption: where everything is known, and where papers found jumps.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/experiment/ground.hpp"
#include "sim/theory/stocks.hpp"
#include "sim/theory/thresholds.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

std::string toml(const std::string& network, const std::string& model, std::int64_t replicates,
                 const std::string& root = "") {
  return fmt::format("replicates = {}\n{}\n[network]\n{}\n[model]\n{}\n", replicates, root, network, model);
}

std::vector<double> sizes_of(Sheet& sheet, const std::string& text) {
  return replicate_values(sheet.run(text).result, "size");
}

std::vector<double> counts_of(const std::vector<double>& sizes, std::size_t most) {
  std::vector<double> counts(most + 1);
  for (const double s : sizes) ++counts.at(static_cast<std::size_t>(s));
  return counts;
}

void linear_thresholds(Sheet& sheet) {
  const auto replicates = sheet.full_or(1'000'000, 100'000);
  for (const auto& [family, name] : {std::pair{8U, "Medici"}, {13U, "Strozzi"}}) {
    const auto sizes = sizes_of(
        sheet,
        toml("kind = \"florentine\"", fmt::format("name = \"linear-threshold\"\nseeds = [\"{}\"]", name), replicates));
    const auto shares = theory::picked_sizes(15, theory::florentine_marriages(), family);
    double mean = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) mean += static_cast<double>(k) * shares[k];
    sheet.mean(fmt::format("from the {}: mean size, by all picks", name), mean, Sample(sizes));
    sheet.fit(fmt::format("from the {}: sizes", name), shares, counts_of(sizes, 15));
  }
  // Who follows one account alone: a threshold even in (0, 1 / p) against a weight of 1 is a try of chance p.
  constexpr double p = .6;
  const auto sizes =
      sizes_of(sheet, toml("kind = \"path\"\nmutual = false\naccounts = 5",
                           fmt::format("name = \"linear-threshold\"\nthreshold = {{ distribution = \"uniform\", low = "
                                       "0, high = {} }}\nseeds = [\"0\"]",
                                       1 / p),
                           replicates));
  sheet.fit("a path, as a cascade of chance .6",
            {0, 1 - p, p * (1 - p), p * p * (1 - p), p * p * p * (1 - p), p * p * p * p}, counts_of(sizes, 5));
}

// Networks of their own, so that their differences are in the error.
void window(Sheet& sheet) {
  for (const auto& [phi, low, high] : {std::tuple{.18, 1.021, 5.765},
                                       {.15, 1.004, 7.477},
                                       {.12, 1.000, 10.658},
                                       {.20, 1.021, 5.765},
                                       {.25, 1.114, 3.864}}) {
    const theory::Window w = theory::cascade_window(static_cast<unsigned>(1 / phi));
    sheet.as_published({{low, w.low}, {high, w.high}}, 1e-3);
  }
  constexpr int accounts = 10'000, large = accounts / 10;
  const auto large_of = [&](double mean, std::int64_t firsts) {
    const auto sizes = sizes_of(sheet, toml(fmt::format("kind = \"erdos-renyi\"\nmutual = true\naccounts = {}\n"
                                                        "mean_followers = {}",
                                                        accounts, mean),
                                            "name = \"threshold\"\nthreshold = 0.18\nseeds = { random = 1 }", firsts));
    return static_cast<double>(std::ranges::count_if(sizes, [](double s) { return s > large; }));
  };
  for (const double mean : {2.0, 4.0}) {
    Sample shares;
    for (int i = 0; i < sheet.full_or(40, 10); ++i) shares.add(large_of(mean, 300) / 300);
    const double expected = theory::trigger_probability(mean, 5), slack = .005;  // of networks that are not infinite
    sheet.band(fmt::format("mean {}: large cascades", mean), expected - slack, expected + slack, shares);
  }
  // Clusters that a single neighbour moves are subcritical there: a tenth of all is out of their reach, but not barred.
  const auto firsts = sheet.full_or(2000, 500);
  for (const double mean : {.8, 7.5})
    sheet.share_band(fmt::format("mean {}, outside: large cascades", mean), 0, 1e-3, large_of(mean, firsts), firsts);
}

// Exactly so many is enough.
void met_exactly(Sheet& sheet) {
  const auto size = [&](const char* network, const char* threshold, const char* seeds) {
    return sizes_of(
        sheet, toml(network, fmt::format("name = \"threshold\"\nthreshold = {}\nseeds = {}", threshold, seeds), 1))[0];
  };
  const char* ring = "kind = \"ring\"\nneighbours = 2\naccounts = 60";  // everyone follows two
  sheet.equal("a ring, one of two: share .5", 60, size(ring, "0.5\nof = \"share\"", "[\"0\"]"));
  sheet.equal("a ring, one of two: share .51", 1, size(ring, "0.51\nof = \"share\"", "[\"0\"]"));
  const char* path = "kind = \"path\"\naccounts = 9";  // 1 follows both 0 and 2
  sheet.equal("a path, two of them: number 2", 3, size(path, "2\nof = \"number\"", "[\"0\", \"2\"]"));
  sheet.equal("a path, two of them: number 3", 2, size(path, "3\nof = \"number\"", "[\"0\", \"2\"]"));
}

double joined(Sheet& sheet, int accounts, const std::string& model) {
  return sizes_of(sheet, toml(fmt::format("kind = \"well-mixed\"\naccounts = {}", accounts),
                              "name = \"granovetter\"\n" + model, 1))[0];
}

void riots(Sheet& sheet) {
  for (const int second : {1, 2}) {
    std::string list = fmt::format("[0, {}", second);
    for (int i = 2; i < 100; ++i) list += fmt::format(", {}", i);
    sheet.equal(second == 1 ? "thresholds 0, 1, 2, ... 99: who riot" : "with 2 in place of 1: who riot",
                second == 1 ? 100 : 1, joined(sheet, 100, "of = \"number\"\nthresholds = " + list + "]"));
  }
}

void equilibria(Sheet& sheet) {
  std::vector<std::pair<double, double>> printed;
  for (const auto& [sd, share] : {std::pair{.12, 4.02}, {.121, 4.55}, {.122, 5.48}, {.123, 100}, {.3, 99.34}}) {
    const double expected = theory::normal_equilibrium(.25, sd);
    printed.emplace_back(share, 100 * expected);
    const double got = joined(sheet, 100'000,
                              fmt::format("threshold = {{ distribution = \"normal\", mean = 0.25, "
                                          "sd = {} }}",
                                          sd));
    sheet.exact(fmt::format("sd {}: share that joins", sd), expected, got / 1e5, 2e-4);
  }
  sheet.as_published(printed, .006);
}

void adoption(Sheet& sheet) {
  constexpr unsigned people = 12;
  constexpr double p = .05, q = .6;
  const auto replicates = sheet.full_or(400'000, 40'000);
  const std::string model = fmt::format("name = \"bass\"\ninnovation = {}\nimitation = {}", p, q);
  for (const int t : {2, 5}) {
    const auto sizes = sizes_of(sheet, toml(fmt::format("kind = \"well-mixed\"\naccounts = {}", people), model,
                                            replicates, fmt::format("duration = \"{} h\"", t)));
    sheet.fit(fmt::format("{} people: adopters at {}", people, t), theory::adopters(people, p, q, t),
              counts_of(sizes, people));
  }
  const Result result = sheet
                            .run(toml("kind = \"well-mixed\"\naccounts = 100_000", "name = \"bass\"",
                                      sheet.full_or(60, 12), "duration = \"12 h\""))
                            .result;
  for (const std::size_t t : {1U, 5U, 10U}) {
    Sample shares;
    for (std::size_t r = 0; r < result.replicates.size(); ++r) shares.add(course_of(result, "active", r).at(t) / 1e5);
    const double curve = theory::bass_share(.03, .38, static_cast<double>(t));
    sheet.band(fmt::format("100,000 people: share at {}", t), .995 * curve, 1.005 * curve, shares);
  }
}

// Below its threshold fractional SIR stays small however heavy the tail, where counting contacts does not.
void fractions(Sheet& sheet) {
  const std::string network =
      "kind = \"configuration\"\nmutual = true\nleast_followers = 3\nexponent = 2.5\ncutoff = 0.01\naccounts = 50_000";
  const auto sir = [&](double share, double overload, std::int64_t replicates) {
    return toml(network,
                fmt::format("name = \"fsir\"\nshare = {}\noverload = {}\nshares_for = 3\nseeds = {{ random = 1 }}",
                            share, overload),
                replicates);
  };
  const std::uint64_t seed = sheet.seed();
  Team team(1);
  const Network made = make_ground(sheet.read(sir(.2, 1, 1), seed), 0, team).network;
  theory::Degrees degrees;
  for (AccountId a = 0; a < made.accounts(); ++a) ++degrees[made.follower_count(a)];
  const auto replicates = sheet.full_or(200'000, 20'000);
  const theory::Spread fraction = theory::fractional_spread(degrees, .2, 1, 3);
  const auto small = replicate_values(sheet.run(sir(.2, 1, replicates), seed, sheet.threads()).result, "size");
  sheet.band("by fractions, below the threshold: mean size", .96 * fraction.size(), 1.02 * fraction.size(),
             Sample(small));
  // The same chance at an account of mean degree, by numbers: above the threshold, and large.
  const double mean = static_cast<double>(made.follows()) / made.accounts();
  sheet.exact("by numbers: reproduction above 1", 1,
              theory::fractional_spread(degrees, .2 / mean, 0, 3).reproduction > 1 ? 1 : 0);
  const auto large =
      replicate_values(sheet.run(sir(.2 / mean, 0, sheet.full_or(4000, 500)), seed, sheet.threads()).result, "size");
  const auto far = [&](const std::vector<double>& sizes) {
    return static_cast<double>(std::ranges::count_if(sizes, [&](double s) { return s > .02 * made.accounts(); }));
  };
  sheet.share_band("by numbers, the same chance at the mean degree: reach 2 %", .02, 1, far(large),
                   static_cast<double>(large.size()));
  sheet.share_band("by fractions: reach 2 %", 0, 1e-4, far(small), static_cast<double>(small.size()));
}

}  // namespace

std::vector<Target> threshold_targets() {
  return {
      {"X9", "Kempe, Kleinberg & Tardos 2003", "linear thresholds are reachability along picks", linear_thresholds},
      {"X10", "Watts 2002", "the window of global cascades on random networks", window},
      {"X10", "counting", "a threshold is met by exactly so many", met_exactly},
      {"X11", "Granovetter 1978", "a crowd that hangs on one person", riots},
      {"X12", "Granovetter 1978", "the equilibrium jumps with the spread of thresholds", equilibria},
      {"X13b", "Bass 1969; Kolmogorov 1931", "adoption in a crowd, exactly and in the limit", adoption},
      {"A6", "Feng et al. 2015", "sharing by fractions has a threshold where contacts have none", fractions},
  };
}

}  // namespace passalong
