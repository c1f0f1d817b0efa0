// Checksums of long arrays: XXH3, 128 bits (Collet, xxhash.com), over blocks of 1 MiB by any worker in any order, then
// over the blocks' sums in order. They find damage; they do not keep out a forger.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace passalong {

std::string checksum_of(std::string_view bytes);  // one block of any length; 32 hexadecimal digits

class BlockSums {
 public:
  static constexpr std::size_t block_bytes = std::size_t{1} << 20;

  explicit BlockSums(std::uint64_t bytes) : bytes_(bytes), sums_((bytes + block_bytes - 1) / block_bytes) {}
  std::size_t blocks() const { return sums_.size(); }
  std::size_t size_of(std::size_t block) const;  // bytes; the last one may be short
  void take(std::size_t block, const void* bytes);
  std::string text() const;  // of all blocks and their length; 32 hexadecimal digits

 private:
  std::uint64_t bytes_;
  std::vector<std::array<unsigned char, 16>> sums_;
};

}  // namespace passalong
