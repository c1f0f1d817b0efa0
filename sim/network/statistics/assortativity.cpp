// Means and variances over follows follow from the counts alone; only the products need a look at every follow, and
// those of one row share the followed account's part. All sums are centred: equal counts give a variance of exactly 0.
#include "sim/network/statistics/assortativity.hpp"

#include <cmath>
#include <limits>

#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/zeros.hpp"

namespace passalong {
namespace {

struct Moments {
  double mean = 0, squares = 0;  // sum of squared deviations
};

// Of value(a), each account taken times(a) times.
template <class Value, class Times>
Moments moments(std::size_t accounts, Team& team, const Value& value, const Times& times) {
  const auto all = total(accounts, team, [&](std::size_t a) { return static_cast<double>(times(a)); });
  if (all == 0) return {};
  Moments found;
  found.mean = total(accounts, team, [&](std::size_t a) { return static_cast<double>(times(a)) * value(a); }) / all;
  found.squares = total(accounts, team, [&](std::size_t a) {
    const double apart = value(a) - found.mean;
    return static_cast<double>(times(a)) * apart * apart;
  });
  return found;
}

double correlation(double products, const Moments& x, const Moments& y) {
  if (!(x.squares > 0 && y.squares > 0)) return std::numeric_limits<double>::quiet_NaN();
  return products / std::sqrt(x.squares) / std::sqrt(y.squares);
}

// What stands together is fetched together.
struct Counts {
  std::uint32_t in, out, ties;
};

std::vector<Counts> gather(const Links& links) {
  std::vector<Counts> counts = zeros<Counts>(links.accounts());
  for (AccountId a = 0; a < links.accounts(); ++a)
    counts[a] = {links.network.follower_count(a), links.network.followees[a], links.ties[a]};
  return counts;
}

// Of some accounts; whole numbers, so that centring them later loses nothing.
struct Sums {
  std::uint64_t in = 0, out = 0, ties = 0;
};

Sums add_up(std::span<const AccountId> accounts, const std::vector<Counts>& counts) {
  Sums sums;
  for (const AccountId b : accounts) sums.in += counts[b].in, sums.out += counts[b].out, sums.ties += counts[b].ties;
  return sums;
}
}  // namespace

Assortativity correlate_degrees(const Links& links, Team& team) {
  const std::vector<Counts> counts = gather(links);
  const std::size_t accounts = counts.size();
  const auto in = [&](std::size_t a) { return static_cast<double>(counts[a].in); };
  const auto out = [&](std::size_t a) { return static_cast<double>(counts[a].out); };
  const auto ties = [&](std::size_t a) { return static_cast<double>(counts[a].ties); };
  // An account follows as often as it has followees, and is followed as often as it has followers.
  const Moments follower_out = moments(accounts, team, out, out), follower_in = moments(accounts, team, in, out),
                followed_out = moments(accounts, team, out, in), followed_in = moments(accounts, team, in, in),
                tied = moments(accounts, team, ties, ties);
  const std::vector<double> products = totals(accounts, 5, team, [&](std::size_t at, auto& into) {
    const auto a = static_cast<AccountId>(at);
    const Sums row = add_up(links.followers_of(a), counts);
    std::uint64_t other_ties = 0;
    for (const AccountId b : links.others_of(a)) other_ties += links.ties[b];
    const double outs = static_cast<double>(row.out) - in(a)*follower_out.mean,
                 ins = static_cast<double>(row.in) - in(a)*follower_in.mean,
                 met = static_cast<double>(row.ties + other_ties) - ties(a) * tied.mean;
    const double to_out = out(a) - followed_out.mean, to_in = in(a)-followed_in.mean;
    into[0] += outs * to_out, into[1] += ins * to_out, into[2] += outs * to_in, into[3] += ins * to_in;
    into[4] += met * (ties(a) - tied.mean);
  });
  return {correlation(products[0], follower_out, followed_out), correlation(products[1], follower_in, followed_out),
          correlation(products[2], follower_out, followed_in), correlation(products[3], follower_in, followed_in),
          correlation(products[4], tied, tied)};
}

}  // namespace passalong
