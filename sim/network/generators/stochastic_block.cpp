// A row is a run of stretches, one a block of followers, each with its own chance; jumps are carried from one stretch
// into the next, so that blocks without a follower cost one comparison.
#include "sim/network/generators/stochastic_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/network/generators/asked_mean.hpp"
#include "sim/network/generators/independent_rows.hpp"
#include "sim/network/generators/spacings.hpp"

namespace passalong {
namespace {
class BlockModel {
 public:
  explicit BlockModel(const NetworkSection& section) : section_(section), starts_(block_starts(section)) {}

  std::size_t blocks() const { return starts_.size() - 1; }
  std::size_t block_of(AccountId a) const {
    return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), a) - starts_.begin()) - 1;
  }
  std::uint64_t end(std::size_t block) const { return starts_[block + 1]; }
  std::uint64_t size(std::size_t block) const { return starts_[block + 1] - starts_[block]; }
  // That one of block r follows one of block s.
  double probability(std::size_t r, std::size_t s) const;
  void refuse_crowding() const;

 private:
  double share(std::size_t r, std::size_t s) const;  // of the follows of block r's accounts, to block s
  const NetworkSection& section_;
  std::vector<std::uint64_t> starts_;
};

double BlockModel::share(std::size_t r, std::size_t s) const {
  if (!section_.mixing.empty()) return section_.mixing[r][s];
  const auto outside = static_cast<double>(starts_.back() - size(r));
  if (outside == 0) return r == s ? 1 : 0;
  return r == s ? section_.within : (1 - section_.within) * static_cast<double>(size(s)) / outside;
}

double BlockModel::probability(std::size_t r, std::size_t s) const {
  const double follows = section_.mean_followers * share(r, s);
  const std::uint64_t others = size(s) - (r == s && size(s) > 0);
  if (!(follows > 0) || size(r) == 0) return 0;
  return follows / static_cast<double>(others);  // infinite where there are none
}

void BlockModel::refuse_crowding() const {
  for (std::size_t r = 0; r < blocks(); ++r)
    for (std::size_t s = 0; s < blocks(); ++s)
      if (probability(r, s) > 1 + 1e-9)
        throw Failure(Exit::scenario,
                      fmt::format("each account of block {} is to follow {:.6g} in block {}, where there are {}{}", r,
                                  section_.mean_followers * share(r, s), s, size(s) - (r == s && size(s) > 0),
                                  r == s ? " others" : ""),
                      "blocks count from 0: lower network.mean_followers or that entry of network.mixing (or "
                      "network.within), or give the block more accounts");
}

// One stretch of equal chance in the rows of a block, whose own account is left out.
struct Stretch {
  std::uint64_t end;
  double hazard, gap;  // gap = 1 / hazard
};

std::vector<Stretch> stretches_of(const BlockModel& model, std::size_t followed) {
  std::vector<Stretch> out;
  for (std::size_t r = 0; r < model.blocks(); ++r) {
    const double h = hazard(std::min(1.0, model.probability(r, followed)));
    const std::uint64_t end = model.end(r) - (r >= followed);
    if (!out.empty() && out.back().hazard == h)
      out.back().end = end;
    else
      out.push_back({end, h, 1 / h});
  }
  return out;
}

template <class Take>
void choose(const std::vector<Stretch>& stretches, Spacings spacings, const Take& take) {
  auto s = stretches.begin();
  for (std::uint64_t x = 0;; ++x) {
    double left = spacings.next();
    for (double stretch; left >= (stretch = static_cast<double>(s->end - x) * s->hazard);) {
      left -= stretch;
      x = s->end;
      if (++s == stretches.end()) return;
    }
    x = std::min(s->end - 1, x + static_cast<std::uint64_t>(static_cast<std::int64_t>(left * s->gap)));
    take(static_cast<AccountId>(x));
  }
}
}  // namespace

std::vector<std::uint64_t> block_starts(const NetworkSection& section) {
  const auto blocks = static_cast<std::uint64_t>(section.blocks), all = static_cast<std::uint64_t>(section.accounts);
  std::vector<std::uint64_t> starts{0};
  double share = 0;
  for (std::uint64_t b = 0; b < blocks; ++b) {
    if (section.shares.empty()) {  // the first ones have one more where they cannot be equal
      starts.push_back(starts.back() + all / blocks + (b < all % blocks));
      continue;
    }
    share += section.shares[b];
    const auto end = static_cast<std::uint64_t>(std::floor(share * static_cast<double>(all) + 0.5));
    starts.push_back(b + 1 == blocks ? all : std::min(end, all));
  }
  return starts;
}

Network generate_stochastic_block(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                  Team& team) {
  refuse_unreachable_mean(section);
  const BlockModel model(section);
  model.refuse_crowding();
  struct Column {  // the stretches of one block's rows; each worker keeps those it used last
    std::size_t block = ~std::size_t{0};
    std::vector<Stretch> stretches;
  };
  std::vector<Column> columns(team.workers());
  const Stream skips(seed, replicate, Purpose::skip);
  return draw_independent_rows(
      static_cast<AccountId>(section.accounts), team, [&](AccountId row, unsigned worker, const auto& take) {
        Column& column = columns[worker];
        if (const std::size_t block = model.block_of(row); block != column.block)
          column = {block, stretches_of(model, block)};
        choose(column.stretches, Spacings(skips, row), [&](AccountId x) { take(x + (x >= row)); });
      });
}

}  // namespace passalong
