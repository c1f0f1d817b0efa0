// Whole crowds at the defaults, against what was measured on real networks: how often, how far and how fast ordinary
// posts are passed on. Each replicate is a network and a population of its own.
#include <fmt/format.h>

#include <cmath>

#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

void base_rates(Sheet& sheet) {
  // A day of posts, followed to their ends.
  const Result result = sheet
                            .run(
                                "duration = \"8 days\"\nreplicates = 8\nredraw = \"network\"\n[network]\naccounts = "
                                "200_000\n[population]\nposts = \"0.7 per day\"\n[output]\nbase_rates = true\nposts = "
                                "false\n[[strategy]]\nname = \"one\"\nposts = \"2 per day\"\nmix = { value = 1 }\n")
                            .result;
  const auto each = [&](const char* name) { return Sample(column_of(result, "base_rates", name)); };
  const std::vector<double> posts = column_of(result, "base_rates", "posts"),
                            reshared = column_of(result, "base_rates", "posts_reshared");
  Sample passed_on;
  for (std::size_t r = 0; r < posts.size(); ++r) passed_on.add(reshared[r] / posts[r]);
  sheet.band("C1: cascades of a single account", .70, .95, each("share_single_node"));
  sheet.band("C1: trees beyond one degree", .01, .04, each("share_deeper_than_1"));
  sheet.band("C1: adoptions beyond one degree", .01, .06, each("adoptions_beyond_1"));
  sheet.band("C2: sizes of 100 and more", 1e-4, 1e-3, each("p_size_100"));
  sheet.band("C5: reshares directly from the author", .75, .97, each("depth1_share"));
  sheet.band("C7: posts that get a reshare", .04, .08, passed_on);
  sheet.band("T: reshares within an hour", .36, .92, each("p_within_1h"));
}

}  // namespace

std::vector<Target> crowd_targets() {
  return {
      {"C1", "Goel, Watts & Goldstein 2012; Goel et al. 2016; Kwak et al. 2010; Sysomos 2010",
       "base rates of ordinary posts at the defaults, with C2, C5, C7 and the first hour", base_rates, true},
  };
}

}  // namespace passalong
