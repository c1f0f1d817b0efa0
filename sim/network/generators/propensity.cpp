// Draws weights and followee counts as quantiles of one keyed draw an account.
#include "sim/network/generators/propensity.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/power_law.hpp"

namespace passalong {
namespace {
std::string shown(double x) {
  std::string text = std::to_string(x);
  text.erase(std::min(text.find_last_not_of('0') + 1, text.size()));
  return text.back() == '.' ? text.substr(0, text.size() - 1) : text;
}

double follower_cap(const NetworkSection& section) {
  const auto others = static_cast<double>(section.accounts - 1);
  return std::min(section.cutoff * static_cast<double>(section.accounts), others);
}

// Of f followers in all of an account with k followees, those that chose it. A share g = min(1, c) of the e < k that
// choose it are followed back, which leaves k - g e choices of its own, a share `back` of which comes back to it:
// f = e + back (k - g e). Above e = k it returns g k.
double chosen_followers(double f, double k, double c, double back) {
  const double g = std::min(c, 1.0), above = f - back * (1 - g) * k;
  const double e = above >= k ? above : (f - back * k) / std::max(0.05, 1 - back * g);
  return std::max(e, 0.05 * f);
}

// The drawn follower counts have the power law; what is left of them for weights depends on who returns follows.
void take_off_returns(Propensity& p, const NetworkSection& section, Team& team) {
  const std::size_t accounts = p.weight.size();
  const double returned = 0.5 * section.reciprocity, back = returned / (1 - returned);
  const auto chosen = [&](std::size_t a, double c) { return chosen_followers(p.weight[a], p.followees[a], c, back); };
  const double goal = returned * section.mean_followers * static_cast<double>(accounts);
  const double c = solve_increasing(goal, [&](double factor) {
    return total(accounts, team,
                 [&](std::size_t a) { return expected_returns(chosen(a, factor), p.followees[a], factor); });
  });
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) p.weight[a] = chosen(a, c);
  });
}

void bring_to_mean(Propensity& p, const NetworkSection& section, Team& team) {
  const std::size_t accounts = p.weight.size();
  const double cap = followee_cap(section), mean = section.mean_followers;
  const double wish = scale_to(mean, cap, accounts, team, [&](std::size_t a) { return p.followees[a]; });
  const double fame = scale_to(mean, 1e300, accounts, team, [&](std::size_t a) { return p.weight[a]; });
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      p.followees[a] = std::min(cap, wish * p.followees[a]);
      p.weight[a] *= fame;
    }
  });
}
}  // namespace

void refuse_impossible(const NetworkSection& section) {
  const std::string mean = "network.mean_followers = " + shown(section.mean_followers);
  const auto refuse = [&](const std::string& why, const std::string& way_out) {
    throw Failure(Exit::scenario, mean + why, way_out);
  };
  if (section.accounts < 2)
    throw Failure(Exit::scenario, "network.accounts = " + std::to_string(section.accounts) + " leaves no one to follow",
                  "a network needs at least 2 accounts");
  if (static_cast<std::uint64_t>(section.accounts) > max_accounts)
    throw Failure(Exit::scenario, "network.accounts = " + std::to_string(section.accounts) + " is too many",
                  "at most " + std::to_string(max_accounts) + " accounts have numbers");
  if (!(section.mean_followers > 0)) refuse(" makes no network", "give a number above 0");
  if (section.mean_followers > static_cast<double>(section.accounts - 1))
    refuse(" is more than the " + std::to_string(section.accounts - 1) + " other accounts there are",
           "raise network.accounts or lower network.mean_followers");
  if (section.mean_followers > section.most_followees)
    refuse(" is more than network.most_followees = " + shown(section.most_followees) + " allows",
           "follows made are follows received: raise network.most_followees");
  if (section.mean_followers > follower_cap(section))
    refuse(" is more than the largest follower count, cutoff x accounts = " + shown(follower_cap(section)),
           "raise network.cutoff or network.accounts, or lower network.mean_followers");
}
double followee_cap(const NetworkSection& section) {
  return std::min(section.most_followees, static_cast<double>(section.accounts - 1));
}

Propensity draw_propensity(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  refuse_impossible(section);
  const auto accounts = static_cast<std::size_t>(section.accounts);
  Propensity out{std::vector<double>(accounts), std::vector<double>(accounts), std::vector<float>(accounts)};
  const PowerLaw fame = PowerLaw::with_mean(section.exponent, follower_cap(section), section.mean_followers);
  const PowerLaw wish = PowerLaw::with_mean(section.followee_exponent, followee_cap(section), section.mean_followers);
  const double rho = section.correlation, rest = std::sqrt(1 - rho * rho);
  const Stream draw(seed, replicate, Purpose::account_weight);
  team.blocks(accounts, 4096, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) {
      const Words words = draw(static_cast<std::uint32_t>(i));
      const double u = uniform(words[0]);
      const double z = rho * normal_quantile(u) + rest * normal_quantile(uniform(words[1]));
      out.weight[i] = fame.quantile(u);
      out.followees[i] = section.followees == "power-law" ? wish.quantile(std::clamp(normal_cdf(z), 1e-12, 1 - 1e-12))
                                                          : passalong::exp(section.followee_sigma * z);
      out.rounding[i] = static_cast<float>(words[2] >> 8) * 0x1p-24F;
    }
  });
  bring_to_mean(out, section, team);
  take_off_returns(out, section, team);
  return out;
}

}  // namespace passalong
