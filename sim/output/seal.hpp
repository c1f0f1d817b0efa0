// The seal: a last line after the HDF5 data with the SHA-256 of all bytes before it. HDF5 readers do not look beyond
// their own end of file. It is checked before HDF5 sees a byte, because HDF5 1.10 neither checks all of its structure
// nor survives every damage to the rest.
#pragma once
#include <string>
#include <string_view>

namespace passalong {

std::string seal_of(std::string_view image);

enum class Seal {
  whole,   // as it was written
  broken,  // damaged
  absent   // an HDF5 file without one: another program's, or rewritten by one, which drops the seal
};
struct SealCheck {
  Seal state;
  std::string reason;           // where broken
  std::size_t image_bytes = 0;  // without the seal
};
SealCheck check_seal(const std::string& file_bytes);

}  // namespace passalong
