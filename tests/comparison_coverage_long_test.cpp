// label: theory, slow
// The long form of comparison_coverage_test: 4,000 disjoint groups of eight replicates of a real small world, and bands
// over 4,000 studies. Allowed are 1.5 %, 4.35 standard deviations: a false alarm in 70,000 for each.
#include <gtest/gtest.h>

#include "tests/comparison_truths.hpp"
#include "tests/simulated_truth.hpp"

namespace passalong {
namespace {
constexpr std::size_t studies = 4000;

TEST(SimulatedWorlds, AreCoveredByIntervalsOfEight) {
  const Result result = play_small_worlds(8 * studies);
  for (const char* metric : {"followers", "impressions", "shares/impressions"}) {
    const SimulatedCoverage c = simulated_coverage(result, metric, 8);
    std::printf("  %-20s truth %.4f, paired %.4f, independent %.4f\n", metric, c.truth, c.paired, c.independent);
    EXPECT_NEAR(c.paired, 0.95, 0.015) << metric;
    EXPECT_GT(c.independent, 0.95 - 0.015) << metric;
  }
}

TEST(Bands, CoverWholeCurves) {
  const auto told = [](const char* what, double share) {
    std::printf("  band, %-30s %.4f\n", what, share);
    return share;
  };
  EXPECT_GT(told("5 replicates, 12 days", band_coverage(studies, 5, 12)), 0.95 - 0.015);
  EXPECT_GT(told("16 replicates, 30 days", band_coverage(studies, 16, 30)), 0.95 - 0.015);
  EXPECT_GT(told("6 and 9, 12 days", joint_band_coverage(studies, 6, 9, 12)), 0.95 - 0.015);
  EXPECT_GT(told("16 and 8, 30 days", joint_band_coverage(studies, 16, 8, 30)), 0.95 - 0.015);
}

}  // namespace
}  // namespace passalong
