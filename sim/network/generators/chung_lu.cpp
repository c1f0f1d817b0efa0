// Each row by jumps over the accounts in descending order of their weight, with the chance of the heaviest in a class
// of like ones; who is landed on follows with the ratio of its own chance to that (after Miller & Hagberg 2011, who let
// each one landed on set the chance for the next: fewer misses, but no jump is known before the one ahead of it).
#include "sim/network/generators/chung_lu.hpp"

#include <algorithm>
#include <array>

#include "sim/network/generators/descending_weights.hpp"
#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/independent_rows.hpp"
#include "sim/network/generators/propensity.hpp"
#include "sim/network/generators/spacings.hpp"

namespace passalong {
namespace {
// Entries landed on, held until memory has brought their weights.
template <class Take>
class Landings {
 public:
  Landings(const DescendingWeights& order, double weight, const Take& take)
      : order_(order), weight_(weight), take_(take) {}
  void add(std::size_t entry, double threshold) {
    __builtin_prefetch(&order_[entry]);
    held_[size_++] = {entry, threshold};
    if (size_ == held_.size()) decide();
  }
  void decide() {
    for (std::size_t i = 0; i < size_; ++i)
      if (held_[i].threshold < weight_ * static_cast<double>(order_[held_[i].entry].weight)) take_(held_[i].entry);
    size_ = 0;
  }

 private:
  struct Landing {
    std::size_t entry;
    double threshold;
  };
  const DescendingWeights& order_;
  double weight_;
  const Take& take_;
  std::size_t size_ = 0;
  std::array<Landing, 32> held_;
};

// take(i) for those i from `first` on that are chosen, entry i with probability min(1, weight * its own).
template <class Take>
void choose_from(const DescendingWeights& order, std::size_t first, double weight, const Stream& skips, AccountId row,
                 const Take& take) {
  Landings<Take> landings(order, weight, take);
  std::size_t at = first;
  std::uint32_t draw = 0;
  Words words = skips(row, draw++);
  double jump = spacing(words[0], words[1]);
  for (const DescendingWeights::Class& c : order.classes()) {
    if (c.end <= at) continue;
    const double bound = std::min(1.0, weight * c.top), rate = hazard(bound), gap = 1 / rate;
    while (jump < static_cast<double>(c.end - at) * rate) {
      at = std::min(c.end - 1, at + static_cast<std::size_t>(static_cast<std::int64_t>(jump * gap)));
      landings.add(at++, uniform(words[2]) * bound);
      words = skips(row, draw++);
      jump = spacing(words[0], words[1]);
    }
    jump -= static_cast<double>(c.end - at) * rate;
    at = c.end;
  }
  landings.decide();
}

Network make_directed(const Propensity& propensity, double follows, const Stream& skips, Team& team) {
  const DescendingWeights order(propensity.followees, team);
  const double factor = order.factor_for(follows, propensity.followees, propensity.weight, team);
  return draw_independent_rows(static_cast<AccountId>(order.size()), team,
                               [&](AccountId row, unsigned, const auto& take) {
                                 choose_from(order, 0, factor * propensity.weight[row], skips, row, [&](std::size_t i) {
                                   if (order[i].account != row) take(order[i].account);
                                 });
                               });
}

// Ties are drawn by place in the order, each from the end that stands first.
Network make_mutual(const Propensity& propensity, double follows, const Stream& skips, Team& team) {
  const DescendingWeights order(propensity.weight, team);
  const double factor = order.factor_for(follows, propensity.weight, propensity.weight, team);
  const auto places = static_cast<AccountId>(order.size());
  return draw_rows(places, places, true, team, [&](std::size_t begin, std::size_t end, unsigned, auto& follow) {
    for (auto place = static_cast<AccountId>(begin); place < end; ++place)
      choose_from(order, place + 1ULL, factor * static_cast<double>(order[place].weight), skips, place,
                  [&](std::size_t i) { follow(order[i].account, order[place].account); });
  });
}
}  // namespace

Network generate_chung_lu(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  NetworkSection unreturned = section;  // nothing of the weights is for follows that return another
  unreturned.reciprocity = 0;
  const Propensity propensity = draw_propensity(unreturned, seed, replicate, team);
  const double follows = section.mean_followers * static_cast<double>(section.accounts);
  const Stream skips(seed, replicate, Purpose::skip);
  return section.mutual ? make_mutual(propensity, follows, skips, team)
                        : make_directed(propensity, follows, skips, team);
}

}  // namespace passalong
