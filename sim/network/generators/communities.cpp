// What picks, returns and chance make of each other is measured, not worked out: on the network itself where it is
// small, else on a smaller one that looks the same from any account's place.
#include "sim/network/generators/communities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/network/account_sums.hpp"
#include "sim/network/generators/asked_mean.hpp"
#include "sim/network/generators/community_picks.hpp"
#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/returns_dropped.hpp"
#include "sim/network/statistics/summary.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t pilot_accounts = 32'768;
constexpr int rounds = 12;
constexpr std::uint32_t no_attempt = 0xffff'ffffU;  // marks the draws of who lets go

struct Aim {
  double mean = 0;      // picks an account
  double returned = 0;  // as in CommunityPlan, 0 to 2
  double dropped = 0;   // of mutual pairs
};

struct Maker {
  const NetworkSection& section;
  std::uint64_t seed;
  std::uint32_t replicate;
  Team& team;

  CommunityPlan plan(std::uint64_t accounts, const Aim& aim) const;
  Network draw(std::uint64_t accounts, const Aim& aim) const;
};

// The smallest level has `within`, each further one a quarter of what the one inside it has; the last, the whole
// network, what is left.
std::vector<std::uint32_t> levels_below(double within, std::size_t levels) {
  std::vector<std::uint32_t> below;
  constexpr double ratio = 0.25;
  double outside = 0, part = 1, sum = within;
  for (std::size_t l = 1; l < levels; ++l) outside += part *= ratio;
  part = (1 - within) / outside;
  for (std::size_t l = 0; l + 1 < levels; ++l, sum += part *= ratio)
    below.push_back(static_cast<std::uint32_t>(std::clamp(sum * 4294967296.0, 0.0, 4294967295.0)));
  return below;
}

CommunityPlan Maker::plan(std::uint64_t accounts, const Aim& aim) const {
  const CommunityMap map(accounts, static_cast<std::uint64_t>(section.community),
                         static_cast<std::uint64_t>(section.nesting), static_cast<std::uint64_t>(section.levels));
  CommunityPlan plan{map, std::vector<std::uint32_t>(accounts), levels_below(section.within, map.levels()),
                     section.closure, aim.returned};
  const Stream weights(seed, replicate, Purpose::account_weight);
  std::vector<float> wish(accounts), rounding(accounts);
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      const Words words = weights(static_cast<std::uint32_t>(a));
      wish[a] = static_cast<float>(passalong::exp(section.followee_sigma * normal_quantile(uniform(words[0]))));
      rounding[a] = static_cast<float>(words[1] >> 8) * 0x1p-24F;
    }
  });
  const auto others = static_cast<double>(accounts - 1);
  const auto wished = [&](std::size_t a) { return static_cast<double>(wish[a]); };
  const double factor = scale_to(std::min(aim.mean, others), others, accounts, team, wished);
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a)
      plan.picks[a] =
          static_cast<std::uint32_t>(std::min(others, factor * wished(a)) + static_cast<double>(rounding[a]));
  });
  return plan;
}

Network Maker::draw(std::uint64_t accounts, const Aim& aim) const {
  const CommunityPlan plan = this->plan(accounts, aim);
  const Stream picks(seed, replicate, Purpose::community_pick);
  std::vector<CommunityPicker> pickers(team.workers(), CommunityPicker(plan, picks));
  const auto all = static_cast<AccountId>(accounts);
  Network network =
      draw_rows(all, all, false, team, [&](std::size_t begin, std::size_t end, unsigned worker, auto& follow) {
        for (auto a = static_cast<AccountId>(begin); a < end; ++a) pickers[worker].pick(a, follow);
      });
  network.duplicates = 0;  // picks of two accounts for each other that were returned as well
  return network;
}

// One measurement after another moves the aim.
class Calibration {
 public:
  Calibration(const NetworkSection& section, std::uint64_t accounts)
      : goal_(section.mean_followers), reciprocity_(section.reciprocity), most_(static_cast<double>(accounts - 1)) {
    aim_.mean = goal_;
  }
  const Aim& aim() const { return aim_; }
  // Takes in what the present aim led to before anyone lets go, and sets how many shall; true when it is close.
  bool take(const Network& network);
  void aim_again();
  void refuse_missed(const Network& network) const;

 private:
  double goal_, reciprocity_, most_;
  double mean_ = 0, share_ = 0;                // measured
  double last_returned_ = 0, last_share_ = 0;  // one measurement earlier
  bool is_first_ = true;
  Aim aim_;
};

bool Calibration::take(const Network& network) {
  const double accounts = network.accounts(), follows = static_cast<double>(network.follows());
  mean_ = follows / accounts;
  share_ = follows > 0 ? share_returned(network) : reciprocity_;
  aim_.dropped = 0;
  if (aim_.returned <= 0 && share_ > reciprocity_) {  // one of two goes, the other is no longer returned
    aim_.dropped = 2 * (share_ - reciprocity_) / (share_ * (2 - reciprocity_));
    mean_ *= 1 - 0.5 * aim_.dropped * share_;
    share_ = reciprocity_;
  }
  return std::fabs(mean_ - goal_) * accounts <= std::max(1.0, 0.002 * goal_ * accounts) &&
         std::fabs(share_ - reciprocity_) * follows <= std::max(2.0, 0.002 * follows);
}

// Along the line through the last two measurements of reciprocity; each return adds a follow, which is not to be
// picked.
void Calibration::aim_again() {
  const double missed = reciprocity_ - share_, run = aim_.returned - last_returned_, rise = share_ - last_share_;
  const double slope = !is_first_ && std::fabs(run) > 1e-6 && rise / run > 0.1 ? rise / run : 1.5 * (1.05 - share_);
  is_first_ = false;
  last_returned_ = aim_.returned, last_share_ = share_;
  if (aim_.dropped <= 0) aim_.returned = std::clamp(aim_.returned + missed / slope, 0.0, 2.0);
  const double factor = goal_ / std::max(mean_, 1e-3 * goal_) * (1 - 0.5 * missed);
  aim_.mean = std::min(most_, aim_.mean * std::clamp(factor, 0.5, 2.0));
}

// What chance may do to a small network is no reason.
void Calibration::refuse_missed(const Network& network) const {
  const double follows = std::max(1.0, static_cast<double>(network.follows())), noise = 1 / std::sqrt(follows);
  if (std::fabs(mean_ - goal_) <= (0.01 + 6 * noise) * goal_ && std::fabs(share_ - reciprocity_) <= 0.02 + 4 * noise)
    return;
  throw Failure(Exit::scenario,
                fmt::format("network.mean_followers = {:.6g} with network.reciprocity = {:.4g} is out of reach: the "
                            "nearest that these communities come is {:.6g} with {:.4g}",
                            goal_, reciprocity_, mean_, share_),
                "raise network.community or network.accounts, or lower network.within or network.mean_followers");
}

std::uint64_t measured_accounts(const NetworkSection& section) {
  const auto accounts = static_cast<std::uint64_t>(section.accounts);
  const auto community = static_cast<std::uint64_t>(section.community);
  const std::uint64_t wanted =
      std::max({pilot_accounts, 8 * community, static_cast<std::uint64_t>(50 * section.mean_followers)});
  return 2 * wanted >= accounts ? accounts : wanted / community * community;
}
}  // namespace

Network generate_communities(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  refuse_unreachable_mean(section);
  const Maker maker{section, seed, replicate, team};
  const auto accounts = static_cast<std::uint64_t>(section.accounts), measured = measured_accounts(section);
  Calibration calibration(section, measured);
  Network network;
  for (int round = 1;; ++round) {
    network = maker.draw(measured, calibration.aim());
    if (calibration.take(network) || round == rounds) break;
    calibration.aim_again();
  }
  calibration.refuse_missed(network);
  if (measured != accounts) {
    network = {};
    network = maker.draw(accounts, calibration.aim());
  }
  const Stream picks(seed, replicate, Purpose::community_pick);
  if (calibration.aim().dropped > 0) drop_returns(network, calibration.aim().dropped, picks, no_attempt, team);
  return network;
}

}  // namespace passalong
