// The only door to xxHash.
#include "sim/output/checksum.hpp"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

namespace passalong {
namespace {
std::array<unsigned char, 16> sum_of(const void* bytes, std::size_t size) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, size));
  return std::to_array(canonical.digest);
}
}  // namespace

std::string checksum_of(std::string_view bytes) {
  std::string text;
  for (const unsigned char byte : sum_of(bytes.data(), bytes.size())) text += fmt::format("{:02x}", byte);
  return text;
}

std::size_t BlockSums::size_of(std::size_t block) const {
  return static_cast<std::size_t>(std::min<std::uint64_t>(block_bytes, bytes_ - block * block_bytes));
}

void BlockSums::take(std::size_t block, const void* bytes) { sums_[block] = sum_of(bytes, size_of(block)); }

std::string BlockSums::text() const {
  std::string all = fmt::format("{} bytes\n", bytes_);
  for (const auto& sum : sums_) all.append(reinterpret_cast<const char*>(sum.data()), sum.size());
  return checksum_of(all);
}

}  // namespace passalong
