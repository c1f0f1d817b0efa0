// Making and checking the seal, and the few bytes of an HDF5 superblock that tell how long the file should be.
#include "sim/output/seal.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <optional>

#include "sim/output/output.hpp"

namespace passalong {
namespace {

constexpr std::string_view mark = "\npassalong seal sha256 ";
constexpr std::size_t seal_size = mark.size() + 64 + 1;
constexpr std::string_view hdf5_signature = "\x89HDF\r\n\x1a\n";

// Superblock versions 2 and 3 hold the file's length at a fixed place; older ones are left to the library.
std::optional<std::uint64_t> stated_size(const std::string& bytes) {
  if (bytes.size() < 48 || (bytes[8] != 2 && bytes[8] != 3) || bytes[9] != 8) return {};
  std::uint64_t size = 0;
  std::memcpy(&size, bytes.data() + 28, sizeof size);
  return size;
}

SealCheck broken(std::string reason) { return {Seal::broken, std::move(reason), 0}; }

SealCheck check_unsealed(const std::string& bytes) {
  if (bytes.empty()) return broken("the file is empty");
  if (!bytes.starts_with(hdf5_signature)) return broken("not an HDF5 file");
  const std::optional<std::uint64_t> stated = stated_size(bytes);
  if (stated && bytes.size() < *stated)
    return broken(fmt::format("truncated: {} of {} bytes are there", bytes.size(), *stated));
  if (stated && bytes.size() > *stated) return broken("its last bytes, the seal, are damaged or missing");
  return {Seal::absent, "", bytes.size()};
}

}  // namespace

std::string seal_of(std::string_view image) { return fmt::format("{}{}\n", mark, sha256_hex(image)); }

SealCheck check_seal(const std::string& bytes) {
  if (bytes.size() < seal_size || bytes.compare(bytes.size() - seal_size, mark.size(), mark) != 0)
    return check_unsealed(bytes);
  const std::string_view image(bytes.data(), bytes.size() - seal_size);
  if (bytes.compare(image.size(), seal_size, seal_of(image)) != 0)
    return broken("changed since it was written: its SHA-256 is not the one it was sealed with");
  return {Seal::whole, "", image.size()};
}

}  // namespace passalong
