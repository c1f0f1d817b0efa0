// Small shapes and spectra: closed forms, and intervals that should cover them.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <numbers>

#include "sim/base/failure.hpp"
#include "sim/engine/cascades/cascades.hpp"
#include "sim/experiment/cascades.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/theory/small_graphs.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

std::string cascade(const std::string& network, double p, const std::string& seeds, std::int64_t replicates) {
  return fmt::format(
      "replicates = {}\n[network]\n{}\n[model]\nname = \"independent-cascade\"\nprobability = {}\nseeds = {}\n",
      replicates, network, p, seeds);
}

void shapes(Sheet& sheet) {
  sheet.as_published({{.4375, theory::diamond_reach(.5)},
                      {2.25, theory::cycle_spread(3, .5)},
                      {2.987305, theory::cycle_spread(10, .5)},
                      {8.888325, theory::cycle_spread(10, .9)}},
                     1e-6);
  const auto replicates = sheet.full_or(2'000'000, 200'000);
  const auto run = [&](const std::string& network, double p) {
    return replicate_values(sheet.run(cascade(network, p, "[\"0\"]", replicates)).result, "size");
  };
  double reached = 0;
  for (const double s : run("kind = \"path\"\nmutual = false\naccounts = 6", .7)) reached += s == 6;
  sheet.share("path of 5 follows, p = .7: the end is reached", std::pow(.7, 5), reached, replicates);
  sheet.mean("... mean size", theory::path_spread(6, .7),
             Sample(run("kind = \"path\"\nmutual = false\naccounts = 6", .7)));
  sheet.mean("star of 20, p = .3", theory::star_spread(19, .3),
             Sample(run("kind = \"star\"\nmutual = false\naccounts = 20", .3)));
  const auto random = [&](const char* seeds, double p) {
    const std::string star = "kind = \"star\"\nmutual = false\naccounts = 20";
    return replicate_values(sheet.run(cascade(star, p, seeds, replicates)).result, "size");
  };
  sheet.mean("... from a random account", 1 + .3 * 19 / 20, Sample(random("{ random = 1 }", .3)));
  double with_hub = 0;
  for (const double s : random("{ random = 5 }", 1)) with_hub += s == 20;
  sheet.share("... the hub among 5 random seeds", .25, with_hub, replicates);
  for (const auto& [n, p] : {std::pair{10U, .5}, {10U, .9}})
    sheet.mean(fmt::format("cycle of {}, p = {}", n, p), theory::cycle_spread(n, p),
               Sample(run(fmt::format("kind = \"ring\"\nneighbours = 2\naccounts = {}", n), p)));
  // No kind of network is a diamond: 1 and 2 follow 0, 3 follows both.
  const Network diamond = network_from_edges(4, {{1, 0}, {2, 0}, {3, 1}, {3, 2}});
  Team team(sheet.threads() == 0 ? hardware_threads() : sheet.threads());
  const CascadeOutcome outcome = spread({.network = &diamond,
                                         .chances = {.probability = .5},
                                         .seeds = {.accounts = {0}},
                                         .seed = sheet.seed(),
                                         .replicates = static_cast<std::uint32_t>(replicates)},
                                        team);
  double steps = 0;  // only the far end is two steps away
  for (const std::uint32_t depth : outcome.depths) steps += depth == 2;
  sheet.share("diamond, p = .5: the far end is reached", theory::diamond_reach(.5), steps, replicates);
}

// The interval that `run` reports, mean +- 1.96 standard errors, over many seeds.
void coverage(Sheet& sheet) {
  const double exact = theory::undirected_spread(15, theory::florentine_marriages(), .3)[8];
  const int seeds = sheet.full_or(4000, 1000);
  Scenario scenario = sheet.read(cascade("kind = \"florentine\"", .3, "[\"Medici\"]", 1000), 0);
  double covered = 0;
  for (int k = 0; k < seeds; ++k) {
    scenario.seed = static_cast<std::int64_t>(sheet.seed());
    const Sizes sizes = *summarise_sizes(run(scenario, {.threads = 1}).result);
    covered += std::fabs(sizes.mean - exact) < 1.959964 * sizes.se;
  }
  sheet.share_band("1,000 cascades from Medici, p = .3: 95 % intervals that cover", .94, .96, covered, seeds);
}

// As `network describe` says it: a run itself spends less work on the figure.
double spectral_radius(Sheet& sheet, const std::string& network) {
  const Scenario scenario = sheet.read(cascade(network, 0, "{ random = 1 }", 1), sheet.seed());
  Team team(sheet.threads() == 0 ? hardware_threads() : sheet.threads());
  return describe(make_ground(scenario, 0, team).network, team, for_describing).spectral_radius;
}

void spectra(Sheet& sheet) {
  const auto row = [&](const char* what, double expected, const std::string& network) {
    sheet.exact(what, expected, spectral_radius(sheet, network), 1e-6);
  };
  row("star of 50: sqrt(n - 1)", 7, "kind = \"star\"\naccounts = 50");
  row("complete, 30: n - 1", 29, "kind = \"complete\"\naccounts = 30");
  row("cycle: 2", 2, "kind = \"ring\"\nneighbours = 2\naccounts = 100");
  row("path of 20: 2 cos(pi / 21)", 2 * std::cos(std::numbers::pi / 21), "kind = \"path\"\naccounts = 20");
}

// Files by the names under which they are published.
void real_networks(Sheet& sheet) {
  struct Published {
    const char *file, *what;
    double radius;
  };
  for (const auto& [file, what, radius] : {Published{"wiki-vote.txt.gz", "Wiki-Vote", 45.14470},
                                           {"email-eu-core.txt", "email-Eu-core, loops dropped", 61.65710}}) {
    const auto path = std::filesystem::absolute(std::filesystem::path(sheet.networks()) / file);
    if (!std::filesystem::exists(path))
      throw Failure(Exit::usage, fmt::format("`{}` has no file `{}`", sheet.networks(), file),
                    "--networks FOLDER takes a folder with wiki-vote.txt.gz and email-eu-core.txt");
    sheet.exact(fmt::format("{}: spectral radius", what), radius,
                spectral_radius(sheet, "file = \"" + path.string() + "\""), 1e-4);
  }
}

}  // namespace

std::vector<Target> structure_targets() {
  return {
      {"X8", "two-terminal reliability", "cascades on a diamond, a path, a star and a cycle", shapes},
      {"X15", "linear algebra; Chakrabarti et al. 2008", "spectral radius, whose inverse is the epidemic threshold",
       spectra},
      {"N4", "SNAP; Chakrabarti et al. 2008", "spectral radius of networks read from files", real_networks, false,
       true},
      {"X24", "Student 1908", "the reported interval covers the exact value", coverage},
  };
}

}  // namespace passalong
