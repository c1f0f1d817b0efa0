// Trees of cascades: structural virality where it is known, and the simulation of Goel et al. 2016, small.
#include <fmt/format.h>

#include <cmath>

#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

std::string trees(const std::string& network, const std::string& probability, const std::string& seeds,
                  std::int64_t replicates, const std::string& more = {}) {
  return fmt::format(
      "replicates = {}\n[network]\n{}\n[model]\nname = \"independent-cascade\"\nprobability = {}\nseeds = {}\ntrees = "
      "true\n{}",
      replicates, network, probability, seeds, more);
}

// Everyone is reached from the hub of a star, or from the end of a path.
void known_trees(Sheet& sheet) {
  constexpr double n = 100;
  const auto virality = [&](const char* kind, const char* seeds) {
    const std::string network = fmt::format("kind = \"{}\"\naccounts = 100", kind);
    return replicate_values(sheet.run(trees(network, "1", seeds, 1)).result, "structural_virality").front();
  };
  sheet.exact("star of 100, all reached: 2 (n - 1) / n", 2 * (n - 1) / n, virality("star", "{ top = 1 }"));
  sheet.exact("path of 100, all reached from an end: (n + 1) / 3", (n + 1) / 3, virality("path", "[\"0\"]"));
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double mean_x = Sample(x).mean(), mean_y = Sample(y).mean();
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x), yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xy / std::sqrt(xx * yy);
}

// 250,000 accounts with follower counts k^-2.3 from 10 on, r = 0.5.
void scale_free(Sheet& sheet) {
  const auto replicates = sheet.full_or<std::int64_t>(4'000'000, 1'000'000);
  const Result result = sheet
                            .run(trees("kind = \"configuration\"\naccounts = 250_000\nexponent = 2.3\nleast_followers "
                                       "= 10\ncutoff = 1\nfollowee_sigma = 0.157\nreciprocity = 0\ncorrelation = 0",
                                       "0.0127323", "{ random = 1 }", replicates, "keep = \"viral\"\n"))
                            .result;
  const std::vector<double> sizes = column_of(result, "viral", "size"),
                            viralities = column_of(result, "viral", "structural_virality");
  const auto n = static_cast<double>(sizes.size());
  sheet.share_band("cascades from 100 accounts on", 1e-4, 1e-3, n, static_cast<double>(replicates));
  sheet.band("their mean structural virality", 2, 4, Sample(viralities));
  sheet.band("its correlation with size", -.1, .3, correlation(sizes, viralities), 1 / std::sqrt(n));
}

void structural(Sheet& sheet) {
  known_trees(sheet);
  scale_free(sheet);
}

}  // namespace

std::vector<Target> tree_targets() {
  return {
      {"C3", "Goel, Anderson, Hofman & Watts 2016",
       "structural virality of known trees, and size and virality on a scale-free network", structural},
  };
}

}  // namespace passalong
