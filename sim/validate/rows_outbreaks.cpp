// Cascades on random networks against branching processes and percolation. A small one is told from a large one by
// generations, or by size where the two are far apart.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/experiment/cascades.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/theory/branching.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

struct Asked {
  std::string network;  // its keys
  double chance = 0;
  std::int64_t replicates = 0;
  int generations = 0;  // 0: to the end
  bool each_its_own = false;
  std::string seeds = "{ random = 1 }";
};

std::string toml_of(const Asked& a) {
  std::string text = fmt::format("replicates = {}\n", a.replicates);
  if (a.generations > 0) text += fmt::format("duration = \"{} h\"\n", a.generations);
  if (a.each_its_own) text += "redraw = \"network\"\n";
  return text + fmt::format("[network]\n{}\n[model]\nname = \"independent-cascade\"\nprobability = {:.17g}\nseeds = {}\n",
                            a.network, a.chance, a.seeds);
}

double count_below(const std::vector<double>& values, double border) {
  return static_cast<double>(std::count_if(values.begin(), values.end(), [=](double v) { return v < border; }));
}

// A network drawn once gives all replicates one number of follows, which moves the mean offspring by about
// 1 / sqrt(follows). Wide networks of 4,000,000 follows keep that below the replicates' own error.
constexpr int accounts = 200'000, follows_each = 20;
std::string sparse(bool mutual) {
  return fmt::format("kind = \"erdos-renyi\"\nmutual = {}\naccounts = {}\nmean_followers = {}", mutual, accounts,
                     follows_each);
}

void extinction(Sheet& sheet) {
  const std::vector<std::pair<double, double>> published{
      {1.1, .823866}, {1.2, .686302}, {1.5, .417188}, {2, .203188}, {3, .059520}};
  for (const auto& [mean, q] : published)
    sheet.exact(fmt::format("Poisson offspring, mean {}: formula as published", mean), q,
                theory::extinction(theory::poisson_offspring(mean)), 1e-6);
  // So many generations that the process has about a hundred members if it lives.
  for (const auto& [mean, generations] : {std::pair{1.1, 30}, {1.2, 24}, {1.5, 11}, {2.0, 7}, {3.0, 4}}) {
    const auto replicates = sheet.full_or(40'000, 10'000);
    const Asked asked{sparse(false), mean / follows_each, replicates, generations};
    const std::vector<double> depths = replicate_values(sheet.run(toml_of(asked)).result, "depth");
    sheet.share(fmt::format("... {}: extinct by generation {}", mean, generations),
                theory::extinct_by(theory::poisson_offspring(mean), generations), count_below(depths, generations),
                static_cast<double>(replicates));
  }
  // Two children of each: nothing is drawn but the tries.
  const auto replicates = sheet.full_or(1'000'000, 100'000);
  const Asked asked{"kind = \"tree\"\nmutual = false\nchildren = 2\naccounts = 65535", .6, replicates, 14, false, "[\"0\"]"};
  const std::vector<double> depths = replicate_values(sheet.run(toml_of(asked)).result, "depth");
  sheet.share("two children, p = .6: extinct by generation 14", theory::extinct_by(theory::binomial_offspring(2, .6), 14),
              count_below(depths, 14), static_cast<double>(replicates));
}

void progeny(Sheet& sheet) {
  for (const auto& [l, published] : {std::pair{.5, 2.0}, {.9, 10.0}}) {
    const auto replicates = sheet.full_or(400'000, 100'000);
    const Asked asked{sparse(false), l / follows_each, replicates};
    const std::vector<double> sizes = replicate_values(sheet.run(toml_of(asked)).result, "size");
    constexpr std::size_t cells = 400;
    std::vector<double> shares, counts(cells + 1);
    double rest = 1;
    for (std::size_t n = 1; n <= cells; ++n) shares.push_back(theory::borel(n, l)), rest -= shares.back();
    shares.push_back(std::max(0.0, rest));
    for (const double s : sizes) ++counts[std::min<std::size_t>(cells, static_cast<std::size_t>(s) - 1)];
    sheet.fit(fmt::format("Poisson offspring, mean {}: sizes (Borel)", l), shares, counts);
    sheet.mean(fmt::format("... {}: mean size 1 / (1 - {})", l, l), published, Sample(sizes));
  }
  double off = 0;
  const double published[] = {.606531, .183940, .083674, .045112, .026720};
  for (unsigned n = 1; n <= 5; ++n) off = std::max(off, std::fabs(theory::borel(n, .5) - published[n - 1]));
  sheet.exact("Borel's shares as published, n = 1..5: largest difference", 0, off, 1e-6);
  // At the border sizes have no mean; their tail is a power of -1/2.
  const auto replicates = sheet.full_or(200'000, 50'000);
  const std::vector<double> sizes =
      replicate_values(sheet.run(toml_of({sparse(false), 1.0 / follows_each, replicates, 250})).result, "size");
  double below = 0;
  constexpr unsigned hundred = 100;
  for (unsigned n = 1; n < hundred; ++n) below += theory::borel(n, 1);
  sheet.share("mean 1: P(size >= 100), about sqrt(2 / 100 pi)", 1 - below,
              static_cast<double>(replicates) - count_below(sizes, hundred), static_cast<double>(replicates));
}

void random_graphs(Sheet& sheet) {
  const std::vector<std::pair<double, double>> published{{1.2, .313698}, {1.5, .582812}, {2, .796812},
                                                         {2.5, .892645}, {3, .940480},   {4, .980173}};
  for (const auto& [r, share] : published)
    sheet.exact(fmt::format("cT = {}: formula as published", r), share, theory::poisson_outbreak(r), 1e-6);
  constexpr int size = 40'000, mean = 8;
  for (const double r : {1.5, 2.0, 3.0, 4.0}) {  // each on networks of its own: these vary, too
    const Asked asked{fmt::format("kind = \"erdos-renyi\"\nmutual = true\naccounts = {}\nmean_followers = {}", size, mean),
                      r / mean, sheet.full_or(200, 40), 0, true, "{ random = 20 }"};
    Sample reached;
    for (const double s : replicate_values(sheet.run(toml_of(asked)).result, "size"))
      if (s > size / 10.0) reached.add(s / size);
    // A hundredth of a per cent is left to the size of the network: 20 seeds bring a few accounts outside the giant.
    const double expected = theory::poisson_outbreak(r), slack = 1e-3;
    sheet.band(fmt::format("cT = {}: accounts that an outbreak reaches", r), expected - slack, expected + slack, reached);
  }
  for (const auto& [r, generations] : {std::pair{1.5, 11}, {2.5, 6}}) {
    const auto replicates = sheet.full_or(40'000, 10'000);
    const std::vector<double> depths =
        replicate_values(sheet.run(toml_of({sparse(true), r / follows_each, replicates, generations})).result, "depth");
    sheet.share(fmt::format("cT = {}: P(alive in generation {})", r, generations),
                1 - theory::extinct_by(theory::poisson_offspring(r), generations),
                static_cast<double>(replicates) - count_below(depths, generations), static_cast<double>(replicates));
  }
}

// How many accounts follow, and are followed by, so many.
theory::Degrees degrees_of(const Network& network) {
  theory::Degrees degrees;
  for (AccountId a = 0; a < network.accounts(); ++a) ++degrees[network.follower_count(a)];
  return degrees;
}
theory::JointDegrees joint_degrees_of(const Network& network) {
  theory::JointDegrees degrees;
  for (AccountId a = 0; a < network.accounts(); ++a) ++degrees[{network.followees[a], network.follower_count(a)}];
  return degrees;
}

void power_laws(Sheet& sheet) {
  struct Case {
    double exponent;
    std::uint32_t least;
    double threshold, chance, share;
  };
  for (const auto& [a, least, threshold, chance, share] : {Case{2.3, 1, .02001, .2, .13713},
                                                           {2.5, 1, .04302, .5, .26030},
                                                           {3.0, 1, .28142, 1, .20002},
                                                           {2.3, 2, .01432, .1, .17980}}) {
    const theory::Degrees law = theory::power_law_degrees(a, least, 1000);
    sheet.exact(fmt::format("exponent {} from {}: threshold as published", a, least), threshold,
                theory::percolation_threshold(law), 1e-5);
    sheet.exact(fmt::format("... T = {}: share as published", chance), share, theory::percolation_giant(law, chance), 1e-5);
  }
  // Networks of their own degrees: repeated ties are left out when stubs are joined, and that is in the degrees.
  constexpr int size = 50'000;
  for (const auto& [a, least, chance] : {std::tuple{2.3, 1, .2}, {2.3, 1, .5}, {2.5, 1, .5}, {2.3, 2, .1}}) {
    const std::string keys = fmt::format(
        "kind = \"configuration\"\nmutual = true\nexponent = {}\nleast_followers = {}\ncutoff = .004\naccounts = {}", a,
        least, size);
    const Asked asked{keys, chance, sheet.full_or(100, 16), 0, true, "{ top = 1 }"};
    const std::uint64_t seed = sheet.seed();
    const std::string toml = toml_of(asked);
    const std::vector<double> sizes = replicate_values(sheet.run(toml, seed, sheet.threads()).result, "size");
    const Scenario scenario = sheet.read(toml, seed);
    Team team(sheet.threads() == 0 ? hardware_threads() : sheet.threads());
    Sample ratio;
    for (std::size_t r = 0; r < sizes.size(); ++r) {
      const Ground ground = make_ground(scenario, static_cast<std::uint32_t>(r), team);
      ratio.add(sizes[r] / size / theory::percolation_giant(degrees_of(ground.network), chance));
    }
    sheet.band(fmt::format("exponent {} from {}, T = {}: reached / formula of its degrees", a, least, chance), .995, 1.005,
               ratio);
  }
}

void directed(Sheet& sheet) {
  struct Case {
    double correlation, chance;
    int generations;
  };
  for (const auto& [correlation, chance, generations] : {Case{0, .15, 5}, {.7, .05, 5}}) {
    constexpr int size = 100'000;
    const std::string keys = fmt::format(
        "kind = \"configuration\"\nreciprocity = 0\nexponent = 3\ncutoff = .001\nmean_followers = 10\ncorrelation = "
        "{}\naccounts = {}",
        correlation, size);
    const auto replicates = sheet.full_or(40'000, 10'000);
    const Asked early{keys, chance, replicates, generations};
    const std::uint64_t seed = sheet.seed();
    const std::vector<double> depths =
        replicate_values(sheet.run(toml_of(early), seed, sheet.threads()).result, "depth");
    Team team(sheet.threads() == 0 ? hardware_threads() : sheet.threads());
    const theory::JointDegrees degrees = joint_degrees_of(make_ground(sheet.read(toml_of(early), seed), 0, team).network);
    const double alive = 1 - theory::directed_extinct_by(degrees, chance, generations);
    sheet.share_band(fmt::format("correlation {}: P(alive in generation {})", correlation, generations), alive * .997,
                     alive * 1.003, static_cast<double>(replicates) - count_below(depths, generations),
                     static_cast<double>(replicates));
    Sample reached;
    Asked whole{keys, chance, sheet.full_or(400, 64)};
    for (const double s : replicate_values(sheet.run(toml_of(whole), seed, sheet.threads()).result, "size"))
      if (s > size / 20.0) reached.add(s / size);
    const double share = theory::directed_outbreak(degrees, chance).share;
    sheet.band(fmt::format("correlation {}: accounts that a large one reaches", correlation), share * .99, share * 1.01,
               reached);
  }
}

}  // namespace

std::vector<Target> outbreak_targets() {
  return {
      {"X1", "Galton & Watson 1874", "extinction, by cascades on sparse directed networks and on a tree", extinction},
      {"X2", "Borel 1942; Otter 1949", "how large cascades become", progeny},
      {"X3", "Erdos & Renyi 1960; Newman 2002", "outbreaks on undirected random networks", random_graphs},
      {"X4", "Newman 2002", "outbreaks on undirected power-law networks, by the network's own degrees", power_laws},
      {"X5", "Newman, Strogatz & Watts 2001; Boguna & Serrano 2005",
       "outbreaks on directed follow networks, by the network's own degrees", directed},
  };
}

}  // namespace passalong
