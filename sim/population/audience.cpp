// The first audiences of the accounts under study: weighted draws without replacement, the smallest Exp(1) / weight
// first (Efraimidis & Spirakis 2006). One pass over the accounts serves all brands and keeps only who may be drawn.
#include "sim/population/audience.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 4096;
constexpr AccountId sampled = 64;  // every so many accounts one is looked at to find the bound
constexpr double unbounded = std::numeric_limits<double>::infinity();

struct Candidate {
  double key = 0;
  AccountId account = 0;
  bool operator<(const Candidate& o) const { return key < o.key || (key == o.key && account < o.account); }
};
using Candidates = std::vector<std::vector<Candidate>>;  // by brand

class AudienceDraw {
 public:
  AudienceDraw(const Population& people, const Scenario& s, const Network& network, std::uint32_t replicate)
      : people_(people),
        section_(s.audience),
        network_(network),
        topics_(brand_topics(s)),
        draw_(static_cast<std::uint64_t>(s.seed), replicate, Purpose::audience) {
    wanted_.resize(s.brand_count());
    for (const StrategySection& policy : s.policies()) {
      std::int64_t& most = wanted_[s.brands.empty() ? 0 : static_cast<std::size_t>(&policy - s.brands.data())];
      if (policy.account.empty()) most = std::max(most, std::min<std::int64_t>(policy.followers, network.accounts()));
    }
  }

  std::vector<std::vector<Population::Fan>> audiences(Team& team) const {
    std::vector<double> bounds;
    for (std::size_t k = 0; k < wanted_.size(); ++k) bounds.push_back(bound_of(k));
    Candidates all = candidates(bounds, team);
    if (!enough(all)) all = candidates(std::vector<double>(bounds.size(), unbounded), team);
    std::vector<std::vector<Population::Fan>> audiences;
    for (std::size_t k = 0; k < all.size(); ++k) audiences.push_back(first_of(all[k], k));
    return audiences;
  }

 private:
  double weight(AccountId i) const {
    double match = 0;
    for (std::size_t t = 0; t < topics_.size(); ++t) match += topics_[t] * people_.topics->interest(i, t) / 255.0;
    const double weight =
        std::min(section_.followee_cap, static_cast<double>(network_.followees[i])) *
        exp(section_.affinity_weight * static_cast<double>(people_.affinity[i]) + section_.topic_weight * match);
    return std::max(weight, 1e-9);
  }
  double key(AccountId i, std::size_t brand, double weight) const {
    return -log(uniform(draw_(i, static_cast<std::uint32_t>(brand))[0])) / weight;
  }

  // A key below which as many lie as are wanted, but for a chance of six standard errors.
  double bound_of(std::size_t brand) const {
    std::vector<double> keys;
    for (std::uint64_t i = 0; i < network_.accounts(); i += sampled)
      keys.push_back(key(static_cast<AccountId>(i), brand, weight(static_cast<AccountId>(i))));
    const double expected = static_cast<double>(wanted_[brand]) / sampled;
    const auto rank = static_cast<std::ptrdiff_t>(expected + 6 * std::sqrt(expected) + 16);
    if (rank >= std::ssize(keys)) return unbounded;
    std::nth_element(keys.begin(), keys.begin() + rank, keys.end());
    return keys[static_cast<std::size_t>(rank)];
  }

  bool enough(const Candidates& all) const {
    for (std::size_t k = 0; k < all.size(); ++k)
      if (std::ssize(all[k]) < wanted_[k]) return false;
    return true;
  }

  Candidates candidates(const std::vector<double>& bounds, Team& team) const {
    std::vector<Candidates> found(team.workers(), Candidates(bounds.size()));
    team.blocks(network_.accounts(), block, [&](std::size_t begin, std::size_t end, unsigned worker) {
      for (std::size_t at = begin; at < end; ++at) {
        const auto i = static_cast<AccountId>(at);
        const double w = weight(i);
        for (std::size_t k = 0; k < bounds.size(); ++k)
          if (const double x = key(i, k, w); x <= bounds[k]) found[worker][k].push_back({x, i});
      }
    });
    Candidates all(bounds.size());
    for (const Candidates& part : found)
      for (std::size_t k = 0; k < all.size(); ++k) all[k].insert(all[k].end(), part[k].begin(), part[k].end());
    return all;
  }

  // Most eager first: no order of threads is left in it.
  std::vector<Population::Fan> first_of(std::vector<Candidate>& all, std::size_t brand) const {
    std::sort(all.begin(), all.end());
    all.resize(static_cast<std::size_t>(wanted_[brand]));
    std::vector<Population::Fan> audience;
    for (const Candidate& c : all) {
      const Words w = draw_(c.account, static_cast<std::uint32_t>(brand));
      audience.push_back({c.account, uniform(w[1]) < section_.reciprocal});
    }
    return audience;
  }

  const Population& people_;
  const AudienceSection& section_;
  const Network& network_;
  std::vector<double> topics_;
  Stream draw_;
  std::vector<std::int64_t> wanted_;  // by brand; strategies share one audience, as large as the largest needs
};
}  // namespace

std::vector<std::vector<Population::Fan>> draw_audiences(const Population& people, const Scenario& s,
                                                         const Network& network, std::uint32_t replicate, Team& team) {
  return AudienceDraw(people, s, network, replicate).audiences(team);
}

}  // namespace passalong
