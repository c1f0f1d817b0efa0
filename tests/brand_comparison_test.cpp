// Brands of one world set against each other: the figures are those of strategies, the words are not.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/base/failure.hpp"
#include "sim/experiment/statistics.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Fault fault_of(const Result& result, const std::string& metric, const std::string& baseline) {
  try {
    compare(result, metric, baseline, -1);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::usage);
    return failure.faults().front();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

// The same numbers, whether strategies or brands have them; only the words differ.
TEST(BrandComparison, SetsBrandsOfOneWorldAgainstEachOther) {
  const Comparison brands = compare(synthetic_brands(6, 20), "followers", "", -1);
  const Comparison strategies = compare(synthetic_result(6, 20), "followers", "", -1);
  ASSERT_EQ(brands.pairs.size(), 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(brands.strategies[k].name, strategies.strategies[k].name);
    EXPECT_EQ(brands.pairs[k].difference.mean, strategies.pairs[k].difference.mean);
    EXPECT_EQ(brands.pairs[k].crossing_day, strategies.pairs[k].crossing_day);
  }
  EXPECT_TRUE(contains(comparison_text(brands), "brand "));
  EXPECT_FALSE(contains(comparison_text(brands), "strateg"));
  EXPECT_EQ(nlohmann::json::parse(comparison_json(brands)).at("dimension"), "brand");
  EXPECT_EQ(nlohmann::json::parse(comparison_json(strategies)).at("dimension"), "strategy");
}

TEST(BrandComparison, TellsNothingOfEveryoneByBrand) {
  const Result result = synthetic_brands(2, 5);
  EXPECT_EQ(fault_of(result, "world_shares", "").message, "'world_shares' is about everyone: it is not told by brand");
  EXPECT_EQ(fault_of(result, "world_share", "").message, "there is no series 'world_share' in this result");
  EXPECT_EQ(fault_of(result, "reach", "pich").message, "there is no brand 'pich' in this result");
  EXPECT_EQ(fault_of(result, "reach", "pich").help, "did you mean 'pitch'?");
  EXPECT_EQ(fault_of(result, "reach", "all").help, "it has value-add, mixed, pitch");
}

TEST(BrandComparison, SaysThatBrandsShareTheirWorld) {
  const std::string v = compare(synthetic_brands(6, 20), "followers", "", -1).verdict;
  EXPECT_EQ(v.find("'value-add' wins on followers"), 0U) << v;
  EXPECT_TRUE(contains(v, "The brands compete for attention in one world")) << v;
  const std::string one = compare(synthetic_brands(1, 5), "followers", "", -1).verdict;
  EXPECT_EQ(one.find("No brand is shown to be ahead"), 0U) << one;
  EXPECT_TRUE(contains(one, "cannot tell a better brand from luck")) << one;
  EXPECT_FALSE(contains(compare(synthetic_result(1, 5), "followers", "", -1).verdict, "compete"));
}

}  // namespace
}  // namespace passalong
