#include "sim/experiment/precision.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/special.hpp"
#include "sim/scenario/until.hpp"

namespace passalong {
namespace {
// The .975 quantile of Student's t: by Cornish and Fisher's expansion from 128 degrees of freedom, where it is exact to
// 1e-9, so that the number of replicates, which is a result, rests on arithmetic alone.
double critical_value(double df) {
  if (df < 128) return student_quantile(0.975, df);
  constexpr double z = 1.959963984540054, z2 = z * z;
  const double first = z * (z2 + 1) / 4, second = z * ((5 * z2 + 16) * z2 + 3) / 96,
               third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  return z + (first + (second + third / df) / df) / df;
}
}  // namespace

void MeanOfSizes::add(std::uint32_t size, std::uint64_t times) {
  count_ += times, sum_ += times * size;
  squares_ += Wide{times} * size * size;
}

void MeanOfSizes::add(const MeanOfSizes& other) {
  count_ += other.count_, sum_ += other.sum_, squares_ += other.squares_;
}

void MeanOfSizes::add(std::span<const std::uint32_t> sizes) {
  for (const std::uint32_t size : sizes) add(size);
}

double MeanOfSizes::mean() const { return count_ > 0 ? static_cast<double>(sum_) / static_cast<double>(count_) : 0; }

double MeanOfSizes::se() const {
  if (count_ < 2) return 0;
  const auto n = static_cast<double>(count_);
  const auto scatter = static_cast<double>(Wide{count_} * squares_ - Wide{sum_} * sum_);  // n^2 times the variance
  return std::sqrt(scatter / (n * n * (n - 1)));
}

bool MeanOfSizes::varies() const { return count_ > 1 && Wide{count_} * squares_ != Wide{sum_} * sum_; }

double MeanOfSizes::half_width() const {
  if (count_ < 2) return std::numeric_limits<double>::infinity();
  return critical_value(static_cast<double>(count_) - 1) * se();
}

Batches::Batches(const Precision& wanted, std::uint64_t most, std::uint64_t first)
    : wanted_(wanted), most_(most), next_(wanted.asked() ? std::min(most, first) : most) {}

void Batches::add(std::span<const std::uint32_t> sizes) {
  MeanOfSizes more;
  more.add(sizes);
  add(more);
}

void Batches::add(const MeanOfSizes& sizes) {
  sizes_.add(sizes);
  const bool can_tell = sizes_.varies() || sizes_.count() >= enough_alike;
  precise_ = wanted_.asked() && can_tell && sizes_.half_width() <= wanted_.absolute(sizes_.mean());
  next_ = precise_ || sizes_.count() >= most_ ? 0 : lacking();
}

Batches batches_of(const Scenario& scenario) {
  constexpr std::uint64_t first = 1024, first_of_networks = 512;  // fewer, and skewed sizes are not seen as such
  return {read_until(scenario.until).precision, static_cast<std::uint64_t>(scenario.replicates),
          scenario.redraw == "network" ? first_of_networks : first};
}

// To the next multiple of 64, which fused passes fill, and a tenth more than seems to be needed: a batch that just
// misses costs another.
std::uint64_t Batches::lacking() const {
  const auto n = static_cast<double>(sizes_.count());
  const double short_by = sizes_.half_width() / wanted_.absolute(sizes_.mean());
  const double total = sizes_.varies() ? std::clamp(1.1 * n * short_by * short_by, 1.1 * n, 4 * n) : 4 * n;
  const std::uint64_t rounded = (static_cast<std::uint64_t>(total) / 64 + 1) * 64;
  return std::min(most_, rounded) - sizes_.count();
}

}  // namespace passalong
