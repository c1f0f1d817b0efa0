// The digest: one SHA-256 that says whether two results are the same, whatever machine, thread count or file made them.
#include <fmt/format.h>

#include <algorithm>

#include "sim/output/arrays.hpp"
#include "sim/output/output.hpp"
#include "sim/output/sha256.hpp"

namespace passalong {
namespace {

// No name holds a line break, and the length of the values is stated, so no two results read the same.
std::string heading(const Array& array, std::size_t bytes) {
  std::string names, sizes;
  for (const std::string& name : array.variable->dimensions) names.append(names.empty() ? "" : ",").append(name);
  for (const std::size_t size : array.shape) sizes.append(sizes.empty() ? "" : ",").append(std::to_string(size));
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", array.path(), array.variable->dtype, names, sizes, bytes);
}

}  // namespace

std::string digest_of(const Result& result) {
  std::vector<Array> arrays = arrays_of(result);
  std::ranges::sort(arrays, {}, &Array::path);
  Sha256 sum;
  sum.add("passalong result 1\n");
  for (const Array& array : arrays) {
    const std::string bytes = bytes_of(array);
    sum.add(heading(array, bytes.size()));
    sum.add(bytes);
  }
  return sum.hex();
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

}  // namespace passalong
