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
  if (a.generations > 0) text += "output.every = \"1 h\"\n";
  return text +
         fmt::format("[network]\n{}\n[model]\nname = \"independent-cascade\"\nprobability = {:.17g}\nseeds = {}\n",
                     a.network, a.chance, a.seeds);
}

double count_below(const std::vector<double>& values, double border) {
  return static_cast<double>(std::count_if(values.begin(), values.end(), [=](double v) { return v < border; }));
}

// A network with Poisson follower counts, and of its follows so many tried that the mean offspring is about `mean`.
constexpr int accounts = 100'000, follows_each = 10;
Asked sparse(bool mutual, double mean, std::int64_t replicates, int generations = 0) {
  return {fmt::format("kind = \"erdos-renyi\"\nmutual = {}\naccounts = {}\nmean_followers = {}", mutual, accounts,
                      follows_each),
          mean / follows_each, replicates, generations};
}
// What it is in the network that was drawn once for all replicates.
double mean_offspring(const Result& result, const Asked& asked) {
  return asked.chance * column_of(result, "network", "edges")[0] / accounts;
}

void extinction(Sheet& sheet) {
  const auto q = [](double mean) { return theory::extinction(theory::poisson_offspring(mean)); };
  sheet.as_published({{.823866, q(1.1)}, {.686302, q(1.2)}, {.417188, q(1.5)}, {.203188, q(2)}, {.059520, q(3)}}, 1e-6);
  // So many generations that the process has about a hundred members if it lives.
  for (const auto& [mean, generations] : {std::pair{1.1, 30}, {1.2, 24}, {1.5, 11}, {2.0, 7}, {3.0, 4}}) {
    const auto replicates = sheet.full_or(40'000, 10'000);
    const Asked asked = sparse(false, mean, replicates, generations);
    const Result result = sheet.run(toml_of(asked)).result;
    const double expected = theory::extinct_by(theory::poisson_offspring(mean_offspring(result, asked)), generations);
    sheet.share(fmt::format("Poisson, mean {}: extinct by generation {}", mean, generations), expected,
                count_below(replicate_values(result, "depth"), generations), static_cast<double>(replicates));
  }
  // Two children of each: nothing is drawn but the tries.
  const auto replicates = sheet.full_or(1'000'000, 100'000);
  const Asked asked{
      "kind = \"tree\"\nmutual = false\nchildren = 2\naccounts = 65535", .6, replicates, 14, false, "[\"0\"]"};
  const std::vector<double> depths = replicate_values(sheet.run(toml_of(asked)).result, "depth");
  sheet.share("two children, p = .6: extinct by generation 14",
              theory::extinct_by(theory::binomial_offspring(2, .6), 14), count_below(depths, 14),
              static_cast<double>(replicates));
}

void progeny(Sheet& sheet) {
  sheet.as_published({{.606531, theory::borel(1, .5)},
                      {.183940, theory::borel(2, .5)},
                      {.083674, theory::borel(3, .5)},
                      {.045112, theory::borel(4, .5)},
                      {.026720, theory::borel(5, .5)}},
                     1e-6);
  for (const double mean : {.5, .9}) {
    const Asked asked = sparse(false, mean, sheet.full_or(400'000, 100'000));
    const Result result = sheet.run(toml_of(asked)).result;
    const double l = mean_offspring(result, asked);
    const std::vector<double> sizes = replicate_values(result, "size");
    constexpr std::size_t cells = 400;
    std::vector<double> shares, counts(cells + 1);
    double rest = 1;
    for (std::size_t n = 1; n <= cells; ++n) shares.push_back(theory::borel(n, l)), rest -= shares.back();
    shares.push_back(std::max(0.0, rest));
    for (const double s : sizes) ++counts[std::min<std::size_t>(cells, static_cast<std::size_t>(s) - 1)];
    sheet.fit(fmt::format("Poisson, mean {}: sizes", mean), shares, counts);
    // In this one network followers and followees correlate by chance, which moves l by 1 / (mean sqrt(n)), relatively.
    const double network = l / ((1 - l) * (1 - l)) / (follows_each * std::sqrt(accounts));
    const Sample all(sizes);
    sheet.mean(fmt::format("... mean size 1 / (1 - {})", mean), 1 / (1 - l), all.mean(), std::hypot(all.se(), network));
  }
  // At the border sizes have no mean; their tail is a power of -1/2.
  const auto replicates = sheet.full_or(200'000, 50'000);
  const Asked asked = sparse(false, 1, replicates, 200);
  const Result result = sheet.run(toml_of(asked)).result;
  const std::vector<double> sizes = replicate_values(result, "size");
  const double l = mean_offspring(result, asked);
  double below = 0;
  constexpr unsigned hundred = 100;
  for (unsigned n = 1; n < hundred; ++n) below += theory::borel(n, l);
  sheet.share("Poisson, mean 1: P(size >= 100)", 1 - below,
              static_cast<double>(replicates) - count_below(sizes, hundred), static_cast<double>(replicates));
}

void random_graphs(Sheet& sheet) {
  const auto S = theory::poisson_outbreak;
  sheet.as_published(
      {{.313698, S(1.2)}, {.582812, S(1.5)}, {.796812, S(2)}, {.892645, S(2.5)}, {.940480, S(3)}, {.980173, S(4)}},
      1e-6);
  const int size = sheet.full_or(40'000, 20'000);
  constexpr int mean = 8;
  for (const double r : {1.5, 2.0, 4.0}) {  // each on networks of its own: these vary, too
    const Asked asked{
        fmt::format("kind = \"erdos-renyi\"\nmutual = true\naccounts = {}\nmean_followers = {}", size, mean),
        r / mean,
        sheet.full_or(150, 12),
        0,
        true,
        "{ random = 20 }"};
    Sample reached;
    for (const double s : replicate_values(sheet.run(toml_of(asked)).result, "size"))
      if (s > size / 10.0) reached.add(s / size);
    // 20 seeds make it sure that one is in the giant cluster, and bring a few accounts that are not.
    const double expected = theory::poisson_outbreak(r), slack = 1e-3;
    sheet.band(fmt::format("cT = {}: reached in an outbreak", r), expected - slack, expected + slack, reached);
  }
  for (const auto& [r, generations] : {std::pair{1.5, 11}, {2.5, 6}}) {
    const auto replicates = sheet.full_or(40'000, 10'000);
    const Asked asked = sparse(true, r, replicates, generations);
    const Result result = sheet.run(toml_of(asked)).result;
    const double dead = count_below(replicate_values(result, "depth"), generations);
    sheet.share(fmt::format("cT = {}: alive in generation {}", r, generations),
                1 - theory::extinct_by(theory::poisson_offspring(mean_offspring(result, asked)), generations),
                static_cast<double>(replicates) - dead, static_cast<double>(replicates));
  }
}

// How many accounts follow, and are followed by, so many.
theory::Degrees degrees_of(const Network& network) {
  theory::Degrees degrees;
  for (AccountId a = 0; a < network.accounts(); ++a) ++degrees[network.follower_count(a)];
  return degrees;
}
Network network_of(const Sheet& sheet, const Asked& asked, std::uint64_t seed) {
  Team team(sheet.threads() == 0 ? hardware_threads() : sheet.threads());
  return make_ground(sheet.read(toml_of(asked), seed), 0, team).network;
}
theory::JointDegrees joint_degrees_of(const Network& network) {
  theory::JointDegrees degrees;
  for (AccountId a = 0; a < network.accounts(); ++a) ++degrees[{network.followees[a], network.follower_count(a)}];
  return degrees;
}

void power_laws(Sheet& sheet) {
  const auto law = [](double exponent, std::uint32_t least) {
    return theory::power_law_degrees(exponent, least, 1000);
  };
  const auto border = theory::percolation_threshold;
  const auto share = theory::percolation_giant;
  sheet.as_published({{.02001, border(law(2.3, 1))},
                      {.04302, border(law(2.5, 1))},
                      {.28142, border(law(3, 1))},
                      {.01432, border(law(2.3, 2))},
                      {.13713, share(law(2.3, 1), .2)},
                      {.74918, share(law(2.3, 1), 1)},
                      {.26030, share(law(2.5, 1), .5)},
                      {.20002, share(law(3, 1), 1)},
                      {.17980, share(law(2.3, 2), .1)}},
                     1e-5);
  // Stubs are joined at random, so a network of this size differs by less than a hundredth from the formula of its own
  // degrees; ties repeated by that are left out, in the degrees as well.
  const int size = sheet.full_or(300'000, 100'000);
  for (const auto& [a, least, chance] : {std::tuple{2.3, 1, .2}, {2.5, 1, .5}, {2.3, 2, .1}}) {
    const std::string keys = fmt::format(
        "kind = \"configuration\"\nmutual = true\nexponent = {}\nleast_followers = {}\ncutoff = {}\naccounts = {}", a,
        least, 300.0 / size, size);
    const Asked asked{keys, chance, sheet.full_or(512, 128), 0, false, "{ top = 3 }"};
    const std::uint64_t seed = sheet.seed();
    const std::vector<double> sizes = replicate_values(sheet.run(toml_of(asked), seed, sheet.threads()).result, "size");
    const double expected = theory::percolation_giant(degrees_of(network_of(sheet, asked, seed)), chance);
    Sample ratio;
    for (const double reached : sizes) ratio.add(reached / size / expected);
    sheet.band(fmt::format("exponent {} from {}, T = {}: reached / formula", a, least, chance), .99, 1.01, ratio);
  }
}

void directed(Sheet& sheet) {
  // Independent Poisson degrees: both figures are those of X3.
  const theory::JointDegrees poisson = theory::poisson_degrees(5);
  std::vector<std::pair<double, double>> figures;
  for (const auto& [r, S] : {std::pair{1.2, .313698}, {2.0, .796812}, {4.0, .980173}}) {
    const theory::DirectedOutbreak outbreak = theory::directed_outbreak(poisson, r / 5);
    figures.emplace_back(S, outbreak.share), figures.emplace_back(S, outbreak.probability);
  }
  sheet.as_published(figures, 1e-6);
  struct Case {
    double correlation, chance;
    int generations;
  };
  for (const auto& [correlation, chance, generations] : {Case{0, .15, 5}, {.7, .1, 5}}) {
    constexpr int size = 50'000;
    const std::string keys = fmt::format(
        "kind = \"configuration\"\nreciprocity = 0\nexponent = 3\ncutoff = 0.002\nmean_followers = 10\ncorrelation = "
        "{}\naccounts = {}",
        correlation, size);
    const auto replicates = sheet.full_or(40'000, 10'000);
    const Asked early{keys, chance, replicates, generations};
    const std::uint64_t seed = sheet.seed();
    const std::vector<double> depths =
        replicate_values(sheet.run(toml_of(early), seed, sheet.threads()).result, "depth");
    const theory::JointDegrees degrees = joint_degrees_of(network_of(sheet, early, seed));
    const double alive = 1 - theory::directed_extinct_by(degrees, chance, generations);
    sheet.share_band(fmt::format("correlation {}: alive in generation {}", correlation, generations), alive * .997,
                     alive * 1.003, static_cast<double>(replicates) - count_below(depths, generations),
                     static_cast<double>(replicates));
    Sample reached;
    const Asked whole{keys, chance, sheet.full_or(400, 64)};
    for (const double s : replicate_values(sheet.run(toml_of(whole), seed, sheet.threads()).result, "size"))
      if (s > size / 20.0) reached.add(s / size);
    const double share = theory::directed_outbreak(degrees, chance).share;
    sheet.band(fmt::format("correlation {}: reached in an outbreak", correlation), share * .99, share * 1.01, reached);
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
