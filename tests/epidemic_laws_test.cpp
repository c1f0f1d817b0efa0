// label: theory
// Epidemics against closed forms on small networks. Statistical tests have a false-alarm rate of about 1e-6 each.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/base/special.hpp"
#include "sim/engine/processes/epidemic.hpp"

namespace passalong {
namespace {
using Ties = std::vector<std::pair<AccountId, AccountId>>;
constexpr std::uint32_t replicates = 60'000;

Network undirected(AccountId accounts, const Ties& ties) {
  Ties follows;
  for (const auto& [a, b] : ties) follows.emplace_back(a, b), follows.emplace_back(b, a);
  return network_from_edges(accounts, follows);
}
Network path(AccountId accounts) {
  Ties ties;
  for (AccountId a = 0; a + 1 < accounts; ++a) ties.emplace_back(a, a + 1);
  return undirected(accounts, ties);
}
Network star(AccountId accounts) {
  Ties ties;
  for (AccountId a = 1; a < accounts; ++a) ties.emplace_back(0, a);
  return undirected(accounts, ties);
}

// How often each value of a figure is met.
template <class Figure>
std::vector<double> counts_of(const EpidemicPlan& plan, const Network& network, const Figure& figure) {
  Team team(1);
  const auto process = make_epidemic(plan, network);
  const auto player = process->player(team);
  std::vector<double> counts;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    ProcessRecord record;
    player->play(
        r, [] { return true; }, record);
    const auto value = static_cast<std::size_t>(figure(record));
    if (value >= counts.size()) counts.resize(value + 1);
    ++counts[value];
  }
  return counts;
}
double size_of(const ProcessRecord& record) { return record.finals[0]; }

// Cells that expect fewer than ten are joined to the next.
void expect_fit(std::vector<double> counts, const std::vector<double>& shares) {
  counts.resize(std::max(counts.size(), shares.size()));
  double chi_square = 0, seen = 0, expected = 0;
  int cells = -1;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    seen += counts[k], expected += replicates * (k < shares.size() ? shares[k] : 0);
    if (expected < 10 && k + 1 < counts.size()) continue;
    chi_square += (seen - expected) * (seen - expected) / std::max(expected, 1e-9);
    ++cells, seen = expected = 0;
  }
  EXPECT_GT(gamma_q(0.5 * std::max(cells, 1), 0.5 * chi_square), 1e-6) << "chi-square " << chi_square;
}

EpidemicPlan sir(bool continuous, double infection, Stay infectious) {
  return {.continuous = continuous,
          .infection = infection,
          .recovers = true,
          .immune = true,
          .infectious = infectious,
          .seeds = {.accounts = {0}},
          .seed = 11};
}

// From the end of a path of four each tie transmits with chance t, or the epidemic ends there.
std::vector<double> sizes_on_a_path(double t) { return {0, 1 - t, t * (1 - t), t * t * (1 - t), t * t * t}; }

TEST(EpidemicLaws, OnAPathEachTieTransmitsOrNot) {
  const Network network = path(4);
  const double b = 0.3, g = 0.2, stays_on = (1 - g) * (1 - b);
  expect_fit(counts_of(sir(true, b, {.chance = g}), network, size_of), sizes_on_a_path(b / (b + g)));
  expect_fit(counts_of(sir(true, b, {.ticks = 2.5}), network, size_of), sizes_on_a_path(1 - std::exp(-2.5 * b)));
  expect_fit(counts_of(sir(false, b, {.chance = g}), network, size_of),
             sizes_on_a_path(1 - g * (1 - b) / (1 - stays_on)));
  expect_fit(counts_of(sir(false, b, {.ticks = 3}), network, size_of), sizes_on_a_path(1 - std::pow(1 - b, 3)));
}

TEST(EpidemicLaws, BeingExposedChangesNoSize) {
  for (const bool continuous : {false, true}) {
    EpidemicPlan plan = sir(continuous, 0.3, {.ticks = 2});
    plan.exposes = true, plan.incubation = {.chance = 0.4};
    const double t = continuous ? 1 - std::exp(-0.6) : 1 - 0.7 * 0.7;
    expect_fit(counts_of(plan, path(4), size_of), sizes_on_a_path(t));
  }
}

// Recovery after one step is the independent cascade: from the hub of a star, binomial.
TEST(EpidemicLaws, RecoveryAfterAStepIsTheIndependentCascade) {
  const double p = 0.3;
  std::vector<double> shares(1);
  for (int k = 0; k <= 5; ++k)
    shares.push_back(std::tgamma(6) / std::tgamma(k + 1) / std::tgamma(6 - k) * std::pow(p, k) *
                     std::pow(1 - p, 5 - k));
  expect_fit(counts_of(sir(false, p, {.ticks = 1}), star(6), size_of), shares);
}

// SI from the end of a long path goes on by a Poisson process; in steps by a binomial one.
TEST(EpidemicLaws, OnAPathSiIsAPoissonProcess) {
  const double b = 0.4;
  for (const bool continuous : {false, true}) {
    const EpidemicPlan plan{
        .continuous = continuous, .infection = b, .seeds = {.accounts = {0}}, .seed = 3, .most_ticks = 10};
    std::vector<double> shares{0, continuous ? std::exp(-10 * b) : std::pow(1 - b, 10)};
    for (int k = 1; k <= 30; ++k)
      shares.push_back(shares.back() * (continuous ? 10 * b / k : std::max(0, 11 - k) * b / k / (1 - b)));
    expect_fit(counts_of(plan, path(60), size_of), shares);
  }
}

// SIS in steps as a chain on the 2^5 sets of infected accounts of a star: who was infected before the step infects,
// then recovers.
std::vector<double> infected_on_a_star(double p, double q, int steps) {
  constexpr unsigned n = 5, sets = 1U << n;
  const auto ties = [](unsigned a, unsigned set) {
    return a == 0 ? std::popcount(set & ~1U) : static_cast<int>(set & 1U);
  };
  std::vector<double> now(sets), next;
  now[1] = 1;
  for (int t = 0; t < steps; ++t) {
    next.assign(sets, 0);
    for (unsigned from = 0; from < sets; ++from)
      for (unsigned to = 0; to < sets; ++to) {
        double chance = now[from];
        for (unsigned a = 0; a < n; ++a) {
          const bool was = from >> a & 1U, is = to >> a & 1U;
          const double infected = was ? 1 - q : 1 - std::pow(1 - p, ties(a, from));
          chance *= is ? infected : 1 - infected;
        }
        next[to] += chance;
      }
    now.swap(next);
  }
  std::vector<double> shares(n + 1);
  for (unsigned set = 0; set < sets; ++set) shares[static_cast<std::size_t>(std::popcount(set))] += now[set];
  return shares;
}

TEST(EpidemicLaws, SisInStepsIsItsMarkovChain) {
  const EpidemicPlan plan{.infection = 0.25,
                          .recovers = true,
                          .infectious = {.chance = 0.3},
                          .seeds = {.accounts = {0}},
                          .seed = 5,
                          .most_ticks = 9};
  const auto infected = [](const ProcessRecord& r) { return r.series[r.series.size() - 2]; };
  expect_fit(counts_of(plan, star(5), infected), infected_on_a_star(0.25, 0.3, 9));
}

// Immunity that is lost: account 0 goes from I to R to S, as long as it has not infected its one follower.
TEST(EpidemicLaws, ImmunityIsLost) {
  const double p = 0.3, q = 0.4, loss = 0.2;
  const Network network = network_from_edges(2, {{1, 0}});
  EpidemicPlan plan = sir(false, p, {.chance = q});
  plan.immunity = {.chance = loss}, plan.most_ticks = 12;
  const auto outcome =
      [](const ProcessRecord& record) {  // 0: both are S; 1, 2: the first is I, R; 3: both were infected
        const double* last = record.series.data() + record.series.size() - 4;
        return record.finals[0] > 1 ? 3 : last[1] > 0 ? 1 : last[2] > 0 ? 2 : 0;
      };
  double si = 1, sr = 0, ss = 0;
  for (int t = 0; t < 12; ++t) {
    const double spared = si * (1 - p), healed = spared * q, back = sr * loss;
    si = spared - healed, sr += healed - back, ss += back;
  }
  expect_fit(counts_of(plan, network, outcome), {ss, si, sr, 1 - ss - si - sr});
}

}  // namespace
}  // namespace passalong
