// Reach by search of everything: exactly, over all live graphs of the Florentine families, and over drawn ones.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"
#include "tests/cascade_reference.hpp"

namespace passalong {

inline Network florentine_families() {
  Scenario scenario;
  scenario.network.kind = "florentine", scenario.network.accounts = 15;
  Team team(1);
  return make_network(scenario, 0, team).network;
}

// Where every follow is returned and all chances are equal, only one of a pair can ever matter, so a live graph is a
// set of ties. For each set of up to three accounts: how many it reaches, summed over all graphs of so many live ties.
class ExactReach {
 public:
  explicit ExactReach(const Network& network) : n_(network.accounts()) {
    for (AccountId a = 0; a < n_; ++a)
      for (const AccountId b : network.followers_of(a))
        if (a < b) ties_.emplace_back(a, b);
    sums_.resize(std::size_t{n_} * n_ * n_ * (ties_.size() + 1));
    for (std::uint32_t live = 0; live < 1U << ties_.size(); ++live) add(live);
  }

  double of(const std::vector<AccountId>& set, double p) const {
    const AccountId a = set[0], b = set.size() > 1 ? set[1] : a, c = set.size() > 2 ? set[2] : b;
    double mean = 0;
    for (std::size_t l = 0; l <= ties_.size(); ++l)
      mean += static_cast<double>(sums_[at(a, b, c) + l]) * std::pow(p, l) * std::pow(1 - p, ties_.size() - l);
    return mean;
  }
  double best(std::uint32_t k, double p) const {
    double most = 0;
    for (AccountId a = 0; a < n_; ++a)
      for (AccountId b = k > 1 ? a + 1 : a; b < (k > 1 ? n_ : a + 1); ++b)
        for (AccountId c = k > 2 ? b + 1 : b; c < (k > 2 ? n_ : b + 1); ++c) most = std::max(most, of({a, b, c}, p));
    return most;
  }

 private:
  std::size_t at(AccountId a, AccountId b, AccountId c) const {
    AccountId sorted[] = {a, b, c};
    std::sort(sorted, sorted + 3);
    return ((std::size_t{sorted[0]} * n_ + sorted[1]) * n_ + sorted[2]) * (ties_.size() + 1);
  }
  void add(std::uint32_t live) {
    std::vector<std::uint32_t> reach(n_);
    for (AccountId a = 0; a < n_; ++a) reach[a] = 1U << a;
    for (bool more = true; more;) {
      more = false;
      for (std::size_t t = 0; t < ties_.size(); ++t) {
        const auto [a, b] = ties_[t];
        if ((live >> t & 1) == 0 || reach[a] == reach[b]) continue;
        reach[a] = reach[b] = reach[a] | reach[b];
        more = true;
      }
    }
    const auto l = static_cast<std::size_t>(std::popcount(live));
    for (AccountId a = 0; a < n_; ++a)
      for (AccountId b = a; b < n_; ++b)
        for (AccountId c = b; c < n_; ++c)
          sums_[at(a, b, c) + l] += static_cast<std::uint32_t>(std::popcount(reach[a] | reach[b] | reach[c]));
  }

  AccountId n_;
  std::vector<std::pair<AccountId, AccountId>> ties_;
  std::vector<std::uint64_t> sums_;
};

// Whom each account reaches in each of some replicates, as bits.
class SampledReach {
 public:
  SampledReach(const CascadePlan& plan, std::uint32_t first, std::uint32_t samples)
      : n_(plan.network->accounts()),
        samples_(samples),
        words_((n_ + 63) / 64),
        bits_(std::size_t{n_} * samples * words_) {
    for (std::uint32_t r = 0; r < samples; ++r) add(plan, first + r, r);
    for (AccountId a = 0; a < n_; ++a) singles_.push_back(of({a}));
  }

  double of(const std::vector<AccountId>& set) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < std::size_t{samples_} * words_; ++i) {
      std::uint64_t all = 0;
      for (const AccountId a : set) all |= bits_[a * std::size_t{samples_} * words_ + i];
      sum += static_cast<std::uint64_t>(std::popcount(all));
    }
    return static_cast<double>(sum) / samples_;
  }

  // All sets but those whose parts cannot reach as many together even if they shared nobody.
  double best(std::uint32_t k) const {
    std::vector<AccountId> order(n_);
    for (AccountId a = 0; a < n_; ++a) order[a] = a;
    std::ranges::sort(order, [&](AccountId a, AccountId b) { return singles_[a] > singles_[b]; });
    double most = 0;
    std::vector<AccountId> set;
    extend(order, 0, k, 0, set, most);
    return most;
  }

 private:
  void extend(const std::vector<AccountId>& order, std::size_t from, std::uint32_t left, double reached,
              std::vector<AccountId>& set, double& most) const {
    most = std::max(most, reached);
    for (std::size_t i = from; i < order.size() && left > 0; ++i) {
      if (reached + left * singles_[order[i]] <= most) return;
      set.push_back(order[i]);
      extend(order, i + 1, left - 1, of(set), set, most);
      set.pop_back();
    }
  }

  void add(const CascadePlan& plan, std::uint32_t replicate, std::uint32_t r) {
    std::vector<std::vector<AccountId>> to(n_);
    for (AccountId a = 0; a < n_; ++a)
      for (std::uint64_t e = plan.network->offsets[a]; e < plan.network->offsets[a + 1ULL]; ++e)
        if (lives(plan, e, replicate)) to[a].push_back(plan.network->followers[e]);
    for (AccountId a = 0; a < n_; ++a) {
      std::uint64_t* const bits = &bits_[(a * std::size_t{samples_} + r) * words_];
      std::vector<AccountId> queue{a};
      bits[a / 64] |= std::uint64_t{1} << a % 64;
      for (std::size_t head = 0; head < queue.size(); ++head)
        for (const AccountId b : to[queue[head]]) {
          if ((bits[b / 64] >> b % 64 & 1) != 0) continue;
          bits[b / 64] |= std::uint64_t{1} << b % 64;
          queue.push_back(b);
        }
    }
  }

  AccountId n_;
  std::uint32_t samples_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
  std::vector<double> singles_;
};

}  // namespace passalong
