// What is said of real networks, against the figures published with them. They are looked for in the folder that
// PASSALONG_DATA names.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sim/network/network.hpp"

namespace passalong {
namespace {
std::string data(const char* name) {
  const char* folder = std::getenv("PASSALONG_DATA");
  return folder == nullptr ? "" : std::string(folder) + "/networks/" + name;
}

NetworkSummary described(const Network& network, unsigned workers = 2,
                         const DescribeOptions& options = for_describing) {
  Team team(workers);
  return describe(network, team, options);
}

TEST(RealNetworks, WikiVoteHasItsPublishedFigures) {
  if (data("").empty()) GTEST_SKIP() << "PASSALONG_DATA is not set";
  Team team(2);
  const NetworkSummary s = described(read_edge_list(data("wiki-vote.txt.gz"), "follower -> followed", team));
  EXPECT_EQ(s.accounts, 7115U);
  EXPECT_EQ(s.follows, 103'689U);
  EXPECT_EQ(s.triangles, 608'389);
  EXPECT_NEAR(s.clustering, 0.1409, 5e-5);
  EXPECT_EQ(s.largest_component, 7066U);
  EXPECT_EQ(s.largest_strong_component, 1300U);
  EXPECT_NEAR(s.effective_diameter, 3.8, 0.05);
  EXPECT_NEAR(s.spectral_radius, 45.14470, 1e-4);
}

TEST(RealNetworks, EmailEuCoreHasItsPublishedFigures) {
  if (data("").empty()) GTEST_SKIP() << "PASSALONG_DATA is not set";
  Team team(2);
  const NetworkSummary s = described(read_edge_list(data("email-eu-core.txt"), "follower -> followed", team));
  EXPECT_EQ(s.accounts, 1005U);
  EXPECT_EQ(s.follows + s.self_loops, 25'571U);
  EXPECT_EQ(s.self_loops, 642U);
  EXPECT_EQ(s.triangles, 105'461);
  EXPECT_NEAR(s.clustering, 0.3994, 5e-5);
  EXPECT_EQ(s.largest_component, 986U);
  EXPECT_EQ(s.largest_strong_component, 803U);
  EXPECT_NEAR(s.effective_diameter, 2.9, 0.05);
  EXPECT_NEAR(s.spectral_radius, 61.65710, 1e-4);
}

// The file does not say who follows whom; the spectral radius is the same either way, and another one (80.62) where
// edges are taken to have no direction.
TEST(RealNetworks, TheBrandGraphHasItsKnownSpectralRadius) {
  if (data("").empty()) GTEST_SKIP() << "PASSALONG_DATA is not set";
  Team team(2);
  const NetworkSummary s =
      described(read_edge_list(data("brand-hersheycareers.json.gz"), "follower -> followed", team));
  EXPECT_EQ(s.accounts, 3726U);
  EXPECT_EQ(s.follows, 23'939U);
  EXPECT_NEAR(s.spectral_radius, 50.02344, 1e-4);
}

}  // namespace
}  // namespace passalong
