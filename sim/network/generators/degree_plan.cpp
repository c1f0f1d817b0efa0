// Draws counts by inversion and rounds running sums instead of counts, so that totals come out exactly.
#include "sim/network/generators/degree_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/pages.hpp"
#include "sim/base/random.hpp"
#include "sim/network/account_sums.hpp"
#include "sim/network/generators/follower_law.hpp"
#include "sim/network/generators/propensity.hpp"
#include "sim/network/statistics/power_law.hpp"

namespace passalong {
namespace {
using Borders = std::vector<std::uint64_t>;
using Counts = std::vector<std::uint32_t>;

struct Draws {
  Borders followers;          // at [a + 1]
  std::vector<float> wishes;  // to follow, up to a factor; empty where every follow is returned
};

Draws draw_counts(const NetworkSection& n, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  const auto accounts = static_cast<std::size_t>(n.accounts);
  const FollowerLaw law(n);
  const PowerLaw wish =
      PowerLaw::with_mean(n.followee_exponent, followee_cap(n), std::min(law.mean(), followee_cap(n)));
  const double rho = n.correlation, rest = std::sqrt(1 - rho * rho);
  const Stream draw(seed, replicate, Purpose::degree);
  Draws out;
  resize_at_once(out.followers, accounts + 1, team);
  resize_at_once(out.wishes, n.mutual ? 0 : accounts, team);
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      const Words words = draw(static_cast<std::uint32_t>(a));
      const double u = uniform(words[0]);
      out.followers[a + 1] = law.count(u, uniform(words[1]));
      if (n.mutual) continue;
      const double z = rho * normal_quantile(u) + rest * normal_quantile(uniform(words[2]));
      out.wishes[a] =
          static_cast<float>(n.followees == "power-law" ? wish.quantile(std::clamp(normal_cdf(z), 1e-12, 1 - 1e-12))
                                                        : passalong::exp(n.followee_sigma * z));
    }
  });
  return out;
}

void add_up(Borders& borders) {
  for (std::size_t a = 1; a < borders.size(); ++a) borders[a] += borders[a - 1];
}

// Followee counts with the sum of the follower counts: the running sum of the wishes, scaled, rounded down.
Counts round_wishes(const std::vector<float>& wishes, double cap, std::uint64_t sum, Team& team) {
  constexpr double unit = 65536;
  const std::size_t accounts = wishes.size();
  const double mean = std::min(static_cast<double>(sum) / static_cast<double>(accounts), cap);
  const double scale = scale_to(mean, cap, accounts, team, [&](std::size_t a) { return double{wishes[a]}; });
  const auto wish = [&](std::size_t a) {
    return static_cast<std::uint64_t>(std::min(cap, scale * double{wishes[a]}) * unit + 0.5);
  };
  std::uint64_t all = 0, running = 0, before = 0;
  for (std::size_t a = 0; a < accounts; ++a) all += wish(a);
  const double fit = all > 0 ? static_cast<double>(sum) / static_cast<double>(all) : 0;
  Counts counts;
  resize_at_once(counts, accounts, team);
  for (std::size_t a = 0; a < accounts; ++a) {
    running += wish(a);
    const std::uint64_t border =
        a + 1 == accounts ? sum : static_cast<std::uint64_t>(static_cast<double>(running) * fit);
    counts[a] = static_cast<std::uint32_t>(border - before);
    before = border;
  }
  return counts;
}

// Returned follows for a share c of min(followers, followees): c * least + what one-way follows meet by chance.
struct Returns {
  double least = 0, products = 0, crossed = 0, squares = 0, follows = 0;
  double by_chance(double c) const {
    const double one_way = follows - c * least;
    const double expected = products - c * crossed + c * c * squares;  // sum of one-way followers x followees
    return one_way > 0 ? std::min(one_way, (expected / one_way) * (expected / one_way)) : 0;
  }
  double at(double c) const { return c * least + by_chance(c); }
};

Returns sum_returns(const Borders& rows, const Counts& followees, Team& team) {
  const auto sums = totals(rows.size() - 1, 4, team, [&](std::size_t a, auto& into) {
    const auto f = static_cast<double>(rows[a + 1] - rows[a]), k = static_cast<double>(followees[a]);
    const double m = std::min(f, k);
    into[0] += m, into[1] += f * k, into[2] += m * (f + k), into[3] += m * m;
  });
  return {sums[0], sums[1], sums[2], sums[3], static_cast<double>(rows.back())};
}

double share_returned_by_plan(const Returns& returns, double reciprocity) {
  const double goal = reciprocity * returns.follows;
  if (goal > returns.least * (1 + 1e-9))
    throw Failure(Exit::scenario,
                  fmt::format("network.reciprocity = {:.4g} is more than the {:.4g} that these follower and followee "
                              "counts allow",
                              reciprocity, returns.least / returns.follows),
                  "a returned follow needs both: raise network.correlation, or say mutual = true");
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double c = 0.5 * (low + high);
    (returns.at(c) < goal ? low : high) = c;
  }
  return returns.by_chance(0) >= goal ? 0 : 0.5 * (low + high);
}

// Counts c * min(followers, followees) rounded by their running sum; an even number in all.
Counts round_mutual(const Borders& rows, const Counts& followees, double c, Team& team) {
  const auto factor = static_cast<std::uint64_t>(c * 4294967296.0);
  Counts mutual;
  resize_at_once(mutual, followees.size(), team);
  std::uint64_t sum = 0, before = 0;
  for (std::size_t a = 0; a < mutual.size(); ++a) {
    sum += std::min<std::uint64_t>(rows[a + 1] - rows[a], followees[a]) * factor;
    mutual[a] = static_cast<std::uint32_t>((sum >> 32) - before);
    before = sum >> 32;
  }
  const auto last = std::find_if(mutual.rbegin(), mutual.rend(), [](std::uint32_t n) { return n > 0; });
  if (before % 2 == 1) --*last;
  return mutual;
}

// Every follow is one end of a tie, and a tie has two: where the sum is odd, the last account spares one.
DegreePlan all_returned(Borders rows) {
  DegreePlan plan{std::move(rows), {}, {}};
  plan.followees.resize(plan.rows.size() - 1);
  for (std::size_t a = 0; a < plan.followees.size(); ++a)
    plan.followees[a] = static_cast<std::uint32_t>(plan.rows[a + 1] - plan.rows[a]);
  if (plan.rows.back() % 2 == 1) {
    const auto last = std::find_if(plan.followees.rbegin(), plan.followees.rend(), [](auto n) { return n > 0; });
    --*last;
    for (auto a = plan.rows.size() - 1 - static_cast<std::size_t>(last - plan.followees.rbegin()); a < plan.rows.size();
         ++a)
      --plan.rows[a];
  }
  plan.mutual = plan.followees;
  return plan;
}
}  // namespace

DegreePlan plan_degrees(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  if (section.least_followers == 0) refuse_impossible(section);
  Draws draws = draw_counts(section, seed, replicate, team);
  add_up(draws.followers);
  if (section.mutual) return all_returned(std::move(draws.followers));
  DegreePlan plan{std::move(draws.followers), {}, {}};
  plan.followees = round_wishes(draws.wishes, followee_cap(section), plan.rows.back(), team);
  std::vector<float>().swap(draws.wishes);
  const double c = share_returned_by_plan(sum_returns(plan.rows, plan.followees, team), section.reciprocity);
  plan.mutual = round_mutual(plan.rows, plan.followees, c, team);
  return plan;
}

}  // namespace passalong
