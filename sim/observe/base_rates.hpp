// How often and how far the posts of ordinary accounts are passed on: cascades are measured as their posts close, added
// up, and forgotten.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/share_log.hpp"
#include "sim/observe/cascade.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

// Correlation of two quantities that are told pair by pair; always in the same order, so its digits are the same.
class Correlation {
 public:
  void add(double x, double y);
  std::uint64_t count() const { return count_; }
  double coefficient() const;  // NaN where one of them does not vary

 private:
  std::uint64_t count_ = 0;
  double mean_x_ = 0, mean_y_ = 0, square_x_ = 0, square_y_ = 0, product_ = 0;
};

class BaseRates {
 public:
  static constexpr std::uint32_t large = 100;         // accounts in a cascade (Goel et al. 2016)
  static constexpr std::uint64_t enough_large = 100;  // for their correlation to be told
  static constexpr std::size_t bins = 32;             // bin k: sizes from 2^k to below 2^(k + 1)

  explicit BaseRates(double tick) : tick_(tick) {}
  void add(const OrdinaryBirths& births);

  std::uint64_t posts() const { return posts_; }
  std::uint64_t reshared() const { return reshared_; }
  std::uint64_t max_size() const { return max_size_; }
  const std::array<std::uint64_t, bins>& histogram() const { return histogram_; }
  // Shares of posts, all of them: NaN where there are none.
  double single_node() const { return ratio(posts_ - reshared_, posts_); }
  double deeper_than_1() const { return ratio(deeper_, posts_); }
  double size_100() const { return ratio(large_, posts_); }
  double mean_size() const { return ratio(posts_ + shares_, posts_); }
  // Shares of reshares.
  double depth_1() const { return ratio(direct_, shares_); }
  double within_1h() const;
  // Of adoptions, the author's own publication included.
  double adoptions_beyond_1() const { return ratio(shares_ - direct_, posts_ + shares_); }
  // Of the size and the structural virality of reshared posts, and of the large among them.
  double size_virality() const { return all_.coefficient(); }
  double size_virality_large() const;

 private:
  static double ratio(std::uint64_t part, std::uint64_t whole);
  void add_cascade(std::span<const OrdinaryShare> shares);

  double tick_;  // hours
  std::uint64_t posts_ = 0, reshared_ = 0, deeper_ = 0, large_ = 0, max_size_ = 0;
  std::uint64_t shares_ = 0, direct_ = 0, soon_ = 0;
  std::array<std::uint64_t, bins> histogram_{};
  Correlation all_, of_large_;
};

// A tree whose node 0 is the author: the parent of each share, for shares of one post in order.
std::vector<std::uint32_t> parents_of(std::span<const OrdinaryShare> shares);

// The result's group /base_rates; `each` are the worlds, in the order of the dimensions.
Group tabulate_base_rates(const std::vector<const BaseRates*>& each, const std::vector<std::string>& dimensions);

}  // namespace passalong
