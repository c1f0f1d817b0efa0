// A result to the bytes of an HDF5 file and back.
#pragma once
#include <string>
#include <string_view>

#include "sim/observe/result.hpp"

namespace passalong {

// Why bytes are not a whole result.
struct Damage {
  std::string reason;
};

// The same result always gives the same bytes. result.digest is to be set. Throws h5::Error or Failure.
std::string image_of(const Result& result);
Result result_in(std::string_view image);  // throws Damage

}  // namespace passalong
