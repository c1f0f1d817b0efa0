// Power iteration, one strong component after the other, largest possible eigenvalue first.
#include "sim/network/statistics/spectrum.hpp"

#include <Eigen/Core>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/zeros.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t fewest_iterations = 4;
constexpr double shifted = 0.125;  // the shift's size beside the eigenvalue's: enough to damp its negative
constexpr double tiny = 1e-280;    // entries stay positive, or their bounds would say nothing

struct Part {  // of what one look at all follows of a component tells
  double low = std::numeric_limits<double>::infinity(), high = 0, image = 0, size = 0;
  Part& operator+=(const Part& p) {
    low = std::min(low, p.low), high = std::max(high, p.high), image += p.image, size += p.size;
    return *this;
  }
};

class Iteration {
 public:
  // x is 0 for all accounts but the members: follows from outside add nothing.
  Iteration(const Network& network, std::span<const AccountId> members, Eigen::Map<Eigen::VectorXd>& x, Team& team)
      : network_(network), members_(members), x_(x), y_(static_cast<Eigen::Index>(members.size())), team_(team) {
    // Follower counts are what a first step from 1 would give, but for follows from outside.
    for (const AccountId a : members) x_[a] = network.follower_count(a), looks_ += network.follower_count(a);
  }
  ~Iteration() {
    for (const AccountId a : members_) x_[a] = 0;
  }
  Iteration(const Iteration&) = delete;
  Iteration& operator=(const Iteration&) = delete;

  std::uint64_t looks() const { return looks_; }  // each step
  void step(SpectralRadius& at) {
    const Part all = multiply();
    at.low = std::max(at.low, all.low), at.high = std::min(at.high, all.high);
    at.value = std::clamp(all.image / all.size, at.low, at.high);
    ++at.iterations;
    shift(shifted * at.value, at.value);
  }

 private:
  Part multiply() {
    return team_.sum<Part>(members_.size(), accounts_a_block, {}, [&](std::size_t begin, std::size_t end) {
      Part part;
      for (std::size_t m = begin; m < end; ++m) {
        double sum = 0;
        for (const AccountId f : network_.followers_of(members_[m])) sum += x_[f];
        const double x = x_[members_[m]];
        y_[static_cast<Eigen::Index>(m)] = sum;
        part += {sum / x, sum / x, sum, x};
      }
      return part;
    });
  }

  void shift(double by, double size) {
    const double scale = 1 / (size + by);
    team_.blocks(members_.size(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
      for (std::size_t m = begin; m < end; ++m) {
        double& x = x_[members_[m]];
        x = std::max(tiny, scale * (y_[static_cast<Eigen::Index>(m)] + by * x));
      }
    });
  }

  const Network& network_;
  std::span<const AccountId> members_;
  Eigen::Map<Eigen::VectorXd>& x_;
  Eigen::VectorXd y_;
  Team& team_;
  std::uint64_t looks_ = 0;
};

bool close_enough(const SpectralRadius& r, double tolerance) { return r.high - r.low <= tolerance * r.high; }

struct Candidate {
  AccountId component;
  std::uint64_t begin, end;  // of its accounts
  double bound;              // on its spectral radius: the longest row, the accounts beside one
};

struct Candidates {
  std::vector<AccountId> accounts;  // component by component
  std::vector<Candidate> ordered;   // by falling bound; those that can have cycles
};

Candidates list_candidates(const Network& network, const Components& strong) {
  Candidates found;
  std::vector<std::uint64_t> starts(strong.sizes.size() + 1);
  for (std::size_t c = 0; c < strong.sizes.size(); ++c) starts[c + 1] = starts[c] + strong.sizes[c];
  std::vector<std::uint64_t> next(starts.begin(), starts.end() - 1);
  std::vector<std::uint32_t> longest(strong.sizes.size());
  found.accounts.resize(network.accounts());
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const AccountId c = strong.of[a];
    found.accounts[next[c]++] = a;
    longest[c] = std::max(longest[c], network.follower_count(a));
  }
  for (AccountId c = 0; c < strong.sizes.size(); ++c)
    if (strong.sizes[c] > 1)
      found.ordered.push_back({c, starts[c], starts[c + 1ULL], std::min<double>(longest[c], strong.sizes[c] - 1.0)});
  std::stable_sort(found.ordered.begin(), found.ordered.end(),
                   [](const Candidate& a, const Candidate& b) { return a.bound > b.bound; });
  return found;
}

// One component's, or as much of it as shows that it is not the largest.
SpectralRadius iterate(Iteration& iteration, double bound, double best, double tolerance, std::uint64_t& looks_left) {
  SpectralRadius r{0, 0, bound, 0, false};
  while (r.iterations < fewest_iterations || iteration.looks() <= looks_left) {
    iteration.step(r);
    looks_left -= std::min(looks_left, iteration.looks());
    if (close_enough(r, tolerance) || r.high < best) break;
  }
  return r;
}
}  // namespace

SpectralRadius spectral_radius(const Network& network, const Components& strong, double tolerance,
                               std::uint64_t most_looks, Team& team) {
  const Candidates candidates = list_candidates(network, strong);
  std::vector<double> room = zeros<double>(network.accounts());
  Eigen::Map<Eigen::VectorXd> x(room.data(), static_cast<Eigen::Index>(room.size()));
  SpectralRadius best;
  for (const Candidate& c : candidates.ordered) {
    if (c.bound <= best.low) break;
    Iteration iteration(network, std::span(candidates.accounts).subspan(c.begin, c.end - c.begin), x, team);
    const SpectralRadius r = iterate(iteration, c.bound, best.low, tolerance, most_looks);
    best.value = std::max(best.value, r.value);
    best.low = std::max(best.low, r.low), best.high = std::max(best.high, r.high);
    best.iterations += r.iterations;
  }
  best.converged = close_enough(best, tolerance);
  return best;
}

}  // namespace passalong
