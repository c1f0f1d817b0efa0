// From a path to a result. Nothing is taken on trust: the seal, then HDF5's own checksums, then the digest.
#pragma once
#include <string>

#include "sim/output/image.hpp"

namespace passalong {

struct Loaded {
  Result result;
  bool sealed = true;  // false: another program has rewritten the file, and only the values are vouched for
};

// Throws Damage; Failure(Exit::input) where there is no file to read, Failure(Exit::resources) where it does not fit.
Loaded load(const std::string& path);

}  // namespace passalong
