// Shares of a tick's posts come sorted by post; each run of them is a cascade.
#include "sim/observe/base_rates.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace passalong {
namespace {
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct Rate {
  const char *name, *units, *long_name;
  double (BaseRates::*of)() const;
};
constexpr Rate rates[] = {
    {"share_single_node", "1", "share of posts that nobody passed on", &BaseRates::single_node},
    {"share_deeper_than_1", "1", "share of posts passed on by someone who had not got them from the author",
     &BaseRates::deeper_than_1},
    {"depth1_share", "1", "share of reshares that come directly from the author", &BaseRates::depth_1},
    {"adoptions_beyond_1", "1", "share of all appearances of posts, publications included, beyond the first degree",
     &BaseRates::adoptions_beyond_1},
    {"p_size_100", "1", "share of posts with at least 100 accounts in their cascade, the author included",
     &BaseRates::size_100},
    {"mean_size", "accounts", "mean size of a cascade, the author included", &BaseRates::mean_size},
    {"corr_size_virality", "1", "correlation of size and structural virality, of sizes from 2",
     &BaseRates::size_virality},
    {"corr_size_virality_100", "1", "the same of sizes from 100, where there are at least 100 such cascades",
     &BaseRates::size_virality_large},
    {"p_within_1h", "1", "share of reshares that appear within an hour of the post; not known where a tick is longer",
     &BaseRates::within_1h},
};

struct Number {
  const char *name, *units, *long_name;
  std::uint64_t (BaseRates::*of)() const;
};
constexpr Number numbers[] = {
    {"posts", "posts", "ordinary posts born after the warm-up whose lifetime ended within the run", &BaseRates::posts},
    {"posts_reshared", "posts", "those passed on at least once", &BaseRates::reshared},
    {"max_size", "accounts", "largest cascade, the author included", &BaseRates::max_size},
};

std::vector<std::int64_t> lower_borders() {
  std::vector<std::int64_t> borders;
  for (std::size_t bin = 0; bin < BaseRates::bins; ++bin) borders.push_back(std::int64_t{1} << bin);
  return borders;
}

}  // namespace

void Correlation::add(double x, double y) {
  const double n = static_cast<double>(++count_), dx = x - mean_x_, dy = y - mean_y_;
  mean_x_ += dx / n, mean_y_ += dy / n;
  square_x_ += dx * (x - mean_x_), square_y_ += dy * (y - mean_y_), product_ += dx * (y - mean_y_);
}

double Correlation::coefficient() const {
  return square_x_ > 0 && square_y_ > 0 ? product_ / std::sqrt(square_x_ * square_y_) : unknown;
}

std::vector<std::uint32_t> parents_of(std::span<const OrdinaryShare> shares) {
  std::vector<std::pair<AccountId, std::uint32_t>> nodes;  // by account, so that parents are found
  for (const OrdinaryShare& s : shares) nodes.emplace_back(s.sharer, nodes.size() + 1);
  std::sort(nodes.begin(), nodes.end());
  std::vector<std::uint32_t> parents(shares.size() + 1, 0);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (shares[k].from == shares[k].post.author) continue;
    const auto at = std::lower_bound(nodes.begin(), nodes.end(), std::pair(shares[k].from, std::uint32_t{0}));
    if (at != nodes.end() && at->first == shares[k].from && at->second <= k) parents[k + 1] = at->second;
  }
  return parents;
}

void BaseRates::add(const OrdinaryBirths& births) {
  posts_ += births.posts;
  std::uint64_t alone = births.posts;
  for (auto at = births.shares.begin(); at != births.shares.end(); --alone) {
    const auto end =
        std::find_if(at, births.shares.end(), [&](const OrdinaryShare& s) { return !(s.post == at->post); });
    add_cascade({at, end});
    at = end;
  }
  histogram_[0] += alone;
  if (births.posts > 0) max_size_ = std::max<std::uint64_t>(max_size_, 1);
}

void BaseRates::add_cascade(std::span<const OrdinaryShare> shares) {
  const Cascade c = measure_cascade(parents_of(shares));
  ++reshared_, shares_ += shares.size();
  deeper_ += c.depth > 1, large_ += c.size >= large, max_size_ = std::max<std::uint64_t>(max_size_, c.size);
  ++histogram_[static_cast<std::size_t>(std::bit_width(c.size)) - 1];
  for (const OrdinaryShare& s : shares)
    direct_ += s.from == s.post.author, soon_ += (s.lands - s.born) * tick_ <= 1 + 1e-9;
  all_.add(c.size, c.structural_virality);
  if (c.size >= large) of_large_.add(c.size, c.structural_virality);
}

double BaseRates::ratio(std::uint64_t part, std::uint64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : unknown;
}

double BaseRates::within_1h() const { return tick_ <= 1 ? ratio(soon_, shares_) : unknown; }

double BaseRates::size_virality_large() const {
  return of_large_.count() >= enough_large ? of_large_.coefficient() : unknown;
}

Group tabulate_base_rates(const std::vector<const BaseRates*>& each, const std::vector<std::string>& dimensions) {
  Group group{"base_rates", {{"size_bin", BaseRates::bins}}, {}};
  for (const Number& n : numbers) {
    std::vector<std::int64_t> values;
    for (const BaseRates* world : each) values.push_back(static_cast<std::int64_t>((world->*n.of)()));
    group.variables.push_back({n.name, n.units, n.long_name, dimensions, std::move(values), "i8", {}});
  }
  for (const Rate& r : rates) {
    std::vector<double> values;
    for (const BaseRates* world : each) values.push_back((world->*r.of)());
    group.variables.push_back({r.name, r.units, r.long_name, dimensions, std::move(values), "f8", {}});
  }
  std::vector<std::int64_t> sizes;
  for (const BaseRates* world : each) sizes.insert(sizes.end(), world->histogram().begin(), world->histogram().end());
  std::vector<std::string> by_bin = dimensions;
  by_bin.emplace_back("size_bin");
  group.variables.push_back({"size_low",
                             "accounts",
                             "least size in the bin; the next bin's is one more than its most",
                             {"size_bin"},
                             lower_borders(),
                             "i8",
                             {}});
  group.variables.push_back({"sizes",
                             "posts",
                             "posts by the size of their cascade, the author included",
                             by_bin,
                             std::move(sizes),
                             "i8",
                             {}});
  return group;
}

}  // namespace passalong
