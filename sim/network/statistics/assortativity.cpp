// Means and variances over follows follow from the counts alone; only the products need a look at every follow, and
// those of one row share the followed account's part. All sums are centred: equal counts give a variance of exactly 0.
#include "sim/network/statistics/assortativity.hpp"

#include <cmath>
#include <limits>

#include "sim/network/account_sums.hpp"

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

double correlate_ties(const Links& links, Team& team) {
  const auto ties = [&](std::size_t a) { return static_cast<double>(links.ties[a]); };
  const Moments of = moments(links.accounts(), team, ties, ties);
  const double products = total(links.accounts(), team, [&](std::size_t a) {
    double sum = 0;
    links.each_tie(static_cast<AccountId>(a), [&](AccountId b) { sum += links.ties[b] - of.mean; });
    return sum * (links.ties[a] - of.mean);
  });
  return correlation(products, of, of);
}
}  // namespace

Assortativity correlate_degrees(const Links& links, Team& team) {
  const Network& network = links.network;
  const auto in = [&](std::size_t a) { return static_cast<double>(network.follower_count(static_cast<AccountId>(a))); };
  const auto out = [&](std::size_t a) { return static_cast<double>(network.followees[a]); };
  const std::size_t accounts = network.accounts();
  // An account follows as often as it has followees, and is followed as often as it has followers.
  const Moments follower_out = moments(accounts, team, out, out), follower_in = moments(accounts, team, in, out),
                followed_out = moments(accounts, team, out, in), followed_in = moments(accounts, team, in, in);
  const std::vector<double> products = totals(accounts, 4, team, [&](std::size_t a, auto& into) {
    double outs = 0, ins = 0;
    for (const AccountId f : network.followers_of(static_cast<AccountId>(a)))
      outs += out(f) - follower_out.mean, ins += in(f)-follower_in.mean;
    const double to_out = out(a) - followed_out.mean, to_in = in(a)-followed_in.mean;
    into[0] += outs * to_out, into[1] += ins * to_out, into[2] += outs * to_in, into[3] += ins * to_in;
  });
  return {correlation(products[0], follower_out, followed_out), correlation(products[1], follower_in, followed_out),
          correlation(products[2], follower_out, followed_in), correlation(products[3], follower_in, followed_in),
          correlate_ties(links, team)};
}

}  // namespace passalong
