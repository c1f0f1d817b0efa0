// Epidemics and cascades that excite themselves, against Markov chains that are solved exactly and against formulas for
// large random networks.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/theory/branching.hpp"
#include "sim/theory/epidemics.hpp"
#include "sim/theory/judgement.hpp"
#include "sim/theory/small_graphs.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

struct Asked {
  std::string network, model;
  std::int64_t replicates = 1;
  int hours = 0;  // 0: to the end
  bool each_its_own = false;
};

std::string toml_of(const Asked& a) {
  std::string text = fmt::format("replicates = {}\n", a.replicates);
  if (a.hours > 0) text += fmt::format("duration = \"{} h\"\noutput.every = \"1 h\"\n", a.hours);
  if (a.each_its_own) text += "redraw = \"network\"\n";
  return text + fmt::format("[network]\n{}\n[model]\n{}\n", a.network, a.model);
}

std::string complete(unsigned accounts) { return fmt::format("kind = \"complete\"\naccounts = {}", accounts); }

std::vector<double> counts_of(const std::vector<double>& values, std::size_t cells) {
  std::vector<double> counts(cells);
  for (const double v : values) ++counts[std::min(cells - 1, static_cast<std::size_t>(v))];
  return counts;
}

// Infected at the end of each replicate; 0 where it ended before.
std::vector<double> infected_at_end(const Result& result, std::int64_t replicates) {
  std::vector<double> values;
  for (std::int64_t r = 0; r < replicates; ++r)
    values.push_back(last_of(result, "infected", static_cast<std::size_t>(r)));
  return values;
}

void final_sizes(Sheet& sheet) {
  constexpr unsigned n = 12;
  const auto replicates = sheet.full_or<std::int64_t>(200'000, 30'000);
  const auto sizes = [&](const std::string& model) {
    const Asked asked{complete(n), model + "\nseeds = [\"0\"]", replicates};
    return counts_of(replicate_values(sheet.run(toml_of(asked)).result, "size"), n + 1);
  };
  const std::vector<double> exact = theory::well_mixed_sizes(n, .15, 1);
  sheet.fit("SIR, 12 accounts: sizes", exact,
            sizes("name = \"sir\"\ntime = \"continuous\"\ninfection = 0.15\nrecovery = 1"));
  sheet.fit("SEIR: the same sizes", exact,
            sizes("name = \"seir\"\ntime = \"continuous\"\ninfection = 0.15\nrecovery = 1\nincubation = 0.3"));
  sheet.fit("SIR in steps, recovery after one: Reed & Frost", theory::complete_sizes(n, .12),
            sizes("name = \"sir\"\ninfection = 0.12\nrecovery_time = \"1 h\""));
}

void endemic(Sheet& sheet) {
  constexpr unsigned n = 20;
  const auto replicates = sheet.full_or<std::int64_t>(60'000, 10'000);
  for (const auto& [infection, start, hours] : {std::tuple{.09, 1U, 6}, {.04, 10U, 8}}) {
    const Asked asked{
        complete(n),
        fmt::format("name = \"sis\"\ntime = \"continuous\"\ninfection = {}\nrecovery = 1\nseeds = {{ random = {} }}",
                    infection, start),
        replicates, hours};
    const std::vector<double> exact = theory::well_mixed_infected(n, start, infection, 1, hours);
    const Result result = sheet.run(toml_of(asked)).result;
    sheet.fit(fmt::format("SIS, 20 accounts, infection {}: infected at {} ticks", infection, hours), exact,
              counts_of(infected_at_end(result, replicates), n + 1));
  }
  const Asked si{complete(n), "name = \"si\"\ntime = \"continuous\"\ninfection = 0.05\nseeds = [\"0\"]", replicates, 3};
  sheet.fit("SI, 20 accounts: infected at 3 ticks", theory::well_mixed_infected(n, 1, .05, 0, 3),
            counts_of(infected_at_end(sheet.run(toml_of(si)).result, replicates), n + 1));
}

// The expected numbers of infected are at most those of independent branching, exp((infection A - recovery) t) of the
// seeds, so below infection / recovery = 1 / the spectral radius of A next to nobody is left after a while.
void threshold(Sheet& sheet) {
  constexpr int accounts = 2000, ticks = 60;
  const std::uint64_t seed = sheet.seed();  // all runs on one network: the radius is its own
  const auto alive = [&](double infection, double replicates) {
    const Asked asked{
        fmt::format("kind = \"erdos-renyi\"\nmutual = true\naccounts = {}\nmean_followers = 10", accounts),
        fmt::format("name = \"sis\"\ntime = \"continuous\"\ninfection = {:.17g}\nrecovery = 1\n"
                    "seeds = {{ random = 50 }}",
                    infection),
        static_cast<std::int64_t>(replicates), ticks};
    const Result result = sheet.run(toml_of(asked), seed, sheet.threads()).result;
    const std::vector<double> left = infected_at_end(result, asked.replicates);
    return std::pair{static_cast<double>(std::ranges::count_if(left, [](double v) { return v > 0; })),
                     column_of(result, "network", "spectral_radius")[0]};
  };
  const double replicates = sheet.full_or(1000.0, 200.0);
  const double radius = alive(0, 1).second;
  const double below = .7 / radius, above = 1.5 / radius;
  // sqrt(n start) exp(-.3 t) bounds the mean, for 0-1 vectors and a symmetric matrix.
  const double bound = std::min(1.0, std::sqrt(accounts * 50.0) * std::exp(-.3 * ticks));
  sheet.share_band("SIS at .7 of the threshold: alive after 60 ticks", 0, bound, alive(below, replicates).first,
                   replicates);
  sheet.share_band("SIS at 1.5 of the threshold: alive after 60 ticks", .99, 1, alive(above, replicates).first,
                   replicates);
}

void edge_based(Sheet& sheet) {
  sheet.as_published({{.759073, theory::edge_based_share(5, .6, 1)}}, 1e-6);
  const int size = sheet.full_or(40'000, 10'000);
  const auto reached = [&](const std::string& model) {
    const Asked asked{fmt::format("kind = \"erdos-renyi\"\nmutual = true\naccounts = {}\nmean_followers = 5", size),
                      model + "\nseeds = { random = 20 }", sheet.full_or<std::int64_t>(48, 10), 0, true};
    Sample shares;
    for (const double s : replicate_values(sheet.run(toml_of(asked)).result, "size"))
      if (s > size / 10.0) shares.add(s / size);
    return shares;
  };
  const double slack = 20.0 / size;  // 20 seeds bring a few accounts that are not in the giant cluster
  const double share = theory::edge_based_share(5, .6, 1);
  sheet.band("Poisson 5, rates .6 and 1: reached in an outbreak", share - slack, share + slack,
             reached("name = \"sir\"\ntime = \"continuous\"\ninfection = 0.6\nrecovery = 1"));
  // For exactly so long: every tie transmits with 1 - exp(-infection x time), independently.
  const double fixed = theory::poisson_outbreak(5 * (1 - std::exp(-.2 * 2)));
  sheet.band("infected for exactly two ticks: percolation", fixed - slack, fixed + slack,
             reached("name = \"sir\"\ntime = \"continuous\"\ninfection = 0.2\nrecovery_time = \"2 h\""));
  // In steps with a geometric stay: 1 - sum g (1 - g)^(l - 1) (1 - p)^l.
  const double p = .15, g = .4, steps = theory::poisson_outbreak(5 * (1 - g * (1 - p) / (1 - (1 - g) * (1 - p))));
  sheet.band("in steps, chances .15 and .4: percolation", steps - slack, steps + slack,
             reached("name = \"sir\"\ninfection = 0.15\nrecovery = 0.4"));
}

void self_exciting(Sheet& sheet) {
  const auto replicates = sheet.full_or<std::int64_t>(400'000, 60'000);
  for (const double n : {.5, .9}) {
    const Asked ring{"kind = \"ring\"\nmutual = true\nneighbours = 4\naccounts = 1000",
                     fmt::format("name = \"hawkes\"\ninfectiousness = {:.17g}\nseeds = {{ random = 1 }}", n / 4),
                     replicates};
    const std::vector<double> sizes = replicate_values(sheet.run(toml_of(ring)).result, "size");
    constexpr std::size_t cells = 300;
    std::vector<double> shares(cells + 2);
    double rest = 1;
    for (std::size_t k = 1; k <= cells; ++k) shares[k] = theory::borel(k, n), rest -= shares[k];
    shares[cells + 1] = std::max(0.0, rest);
    sheet.fit(fmt::format("branching number {}: sizes (Borel)", n), shares, counts_of(sizes, cells + 2));
    sheet.mean(fmt::format("... mean size 1 / (1 - {})", n), 1 / (1 - n), Sample(sizes));
  }
  constexpr double theta = .2314843, plateau = 300;
  for (const int hours : {1, 24, 168}) {
    const Asked star{"kind = \"star\"\nmutual = false\naccounts = 1001",
                     "name = \"hawkes\"\ninfectiousness = 1\nseeds = { top = 1 }",
                     sheet.full_or<std::int64_t>(2000, 200), hours};
    const Sample sizes(replicate_values(sheet.run(toml_of(star)).result, "size"));
    sheet.mean(fmt::format("thousand followers of one post: reshares within {} h", hours),
               1000 * theory::kernel_within(3600.0 * hours, theta, plateau), sizes.mean() - 1, sizes.se());
  }
}

}  // namespace

std::vector<Target> epidemic_targets() {
  return {
      {"X14", "Miller, Slim & Volz 2012", "SIR on undirected random networks: how many are reached", edge_based},
      {"X23", "Hawkes 1971; Zhao et al. 2015", "self-exciting cascades: sizes, and the kernel without an end",
       self_exciting},
      {"SIR", "Bailey 1975; Reed & Frost", "sizes where everybody meets everybody, exactly", final_sizes},
      {"SIS", "Bailey 1975", "how many are infected where everybody meets everybody, exactly", endemic},
      {"X15b", "Chakrabarti et al. 2008; Van Mieghem et al. 2009", "SIS lives on above 1 / the spectral radius",
       threshold},
  };
}

}  // namespace passalong
