// Independent cascades where everything is known: complete graphs, the Florentine families, small shapes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/experiment/cascades.hpp"
#include "sim/theory/small_graphs.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

std::string cascade(const std::string& network, double p, const std::string& seeds, std::int64_t replicates) {
  return fmt::format(
      "replicates = {}\n[network]\n{}\n[model]\nname = \"independent-cascade\"\nprobability = {}\nseeds = {}\n",
      replicates, network, p, seeds);
}

// Without chance: by enumerating live follows, or the chain binomial.
std::string exactly(const std::string& network, double p, const std::string& seeds) {
  return cascade(network, p, seeds, 1) + "exact = true\n";
}
double exact_mean(Sheet& sheet, const std::string& network, double p, const std::string& seeds) {
  return column_of(sheet.run(exactly(network, p, seeds)).result, "exact", "mean").front();
}

std::vector<double> counts_of(const std::vector<double>& sizes, std::size_t most) {
  std::vector<double> counts(most + 1);
  for (const double s : sizes) ++counts.at(static_cast<std::size_t>(s));
  return counts;
}

void complete_graphs(Sheet& sheet) {
  sheet.as_published({{2.25, theory::complete_spread(3, .5)},
                      {3.25, theory::complete_spread(4, .5)},
                      {2.27013724, theory::complete_spread(5, .2)},
                      {3.02692859, theory::complete_spread(10, .1)},
                      {.08194550, theory::complete_sizes(5, .2)[5]}},
                     1e-8);
  for (const auto& [n, p] : {std::pair{3U, .5}, {4U, .5}, {5U, .2}, {10U, .1}}) {
    const auto replicates = sheet.full_or(2'000'000, 200'000);
    const Result result =
        sheet.run(cascade(fmt::format("kind = \"complete\"\naccounts = {}", n), p, "{ random = 1 }", replicates))
            .result;
    const std::vector<double> sizes = replicate_values(result, "size");
    sheet.mean(fmt::format("n = {}, p = {}: mean size", n, p), theory::complete_spread(n, p), Sample(sizes));
    sheet.fit(fmt::format("n = {}, p = {}: sizes", n, p), theory::complete_sizes(n, p), counts_of(sizes, n));
  }
}

void complete_exactly(Sheet& sheet) {
  for (const auto& [n, p] : {std::pair{3U, .5}, {5U, .2}, {10U, .1}, {60U, .05}}) {
    const std::string network = fmt::format("kind = \"complete\"\naccounts = {}", n);
    const Result result = sheet.run(exactly(network, p, "[\"0\"]")).result;
    sheet.exact(fmt::format("n = {}, p = {}: exact mode, mean size", n, p), theory::complete_spread(n, p),
                column_of(result, "exact", "mean").front(), n > 20 ? 1e-9 : 1e-12);
    const std::vector<double> expected = theory::complete_sizes(n, p), got = column_of(result, "exact", "probability");
    double off = 0;
    for (std::size_t k = 0; k < std::min(got.size(), expected.size()); ++k)
      off = std::max(off, std::fabs(got[got.size() - 1 - k] - expected[expected.size() - 1 - k]));
    sheet.exact(fmt::format("n = {}, p = {}: exact mode, largest difference of a size's chance", n, p), 0, off,
                n > 20 ? 1e-9 : 1e-12);
  }
}

void florentine_exactly(Sheet& sheet) {
  for (const double p : {.1, .5}) {
    const std::vector<double> spread = theory::undirected_spread(15, theory::florentine_marriages(), p);
    double off = 0;
    for (unsigned family = 0; family < 15; ++family) {
      const std::string seed = fmt::format("[\"{}\"]", theory::florentine_families()[family]);
      off = std::max(off, std::fabs(exact_mean(sheet, "kind = \"florentine\"", p, seed) - spread[family]));
    }
    sheet.exact(fmt::format("exact mode, p = {}: largest difference of 15 families", p), 0, off);
  }
}

void florentine(Sheet& sheet) {
  const std::vector<double> spread = theory::undirected_spread(15, theory::florentine_marriages(), .1);
  sheet.as_published({{1.692876, spread[8]},
                      {1.493029, spread[13]},
                      {1.478814, spread[6]},
                      {1.417492, spread[11]},
                      {1.415842, spread[14]},
                      {1.115829, spread[9]}},
                     1e-6);
  for (unsigned family = 0; family < 15; ++family) {
    const std::string name = theory::florentine_families()[family];
    const auto report =
        sheet.run(cascade("kind = \"florentine\"", .1, "[\"" + name + "\"]", sheet.full_or(1'000'000, 100'000)));
    sheet.mean(name + ", p = .1", spread[family], Sample(replicate_values(report.result, "size")));
  }
  const auto replicates = sheet.full_or(1'000'000, 100'000);
  for (const double p : {.3, .7}) {
    const double expected = theory::undirected_spread(15, theory::florentine_marriages(), p)[8];
    const Result result = sheet.run(cascade("kind = \"florentine\"", p, "[\"Medici\"]", replicates)).result;
    sheet.mean(fmt::format("Medici, p = {}", p), expected, Sample(replicate_values(result, "size")));
  }
}

}  // namespace

std::vector<Target> cascade_targets() {
  return {
      {"X6", "Gilbert 1959; Kempe, Kleinberg & Tardos 2003", "cascades on complete graphs: the chain binomial",
       complete_graphs},
      {"X6", "Gilbert 1959; Reed & Frost", "complete graphs in exact mode", complete_exactly},
      {"X7", "Padgett & Ansell 1993; Kempe, Kleinberg & Tardos 2003",
       "every Florentine family's influence, by enumerating live-edge graphs", florentine},
      {"X7", "Kempe, Kleinberg & Tardos 2003", "the Florentine families in exact mode", florentine_exactly},
  };
}

}  // namespace passalong
