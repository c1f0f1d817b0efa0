// A result as it is stored: one flat list of arrays with their shapes, checked for consistency. The writer and the
// digest both work from it, so what is hashed is what is written.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "sim/observe/result.hpp"

namespace passalong {

struct Array {
  std::string group;                                // empty: the root
  std::shared_ptr<const Variable> variable;         // borrowed from the result, or made here for a coordinate
  const std::vector<std::string>* texts = nullptr;  // the values of a coordinate of names; dtype is then "str"
  std::vector<std::size_t> shape;
  std::vector<std::string> scales;  // the path of each axis' coordinate; empty for a coordinate
  bool coordinate = false;

  std::string path() const { return group.empty() ? "/" + variable->name : "/" + group + "/" + variable->name; }
};

// In the order of writing: a group's coordinates before its variables, the root before the groups. Borrows from result.
// Failure(Exit::run) where names repeat, a dimension is unknown or a size is wrong.
std::vector<Array> arrays_of(const Result& result);

// The values as stored, little-endian: floats rounded to their type and every NaN the same; names each followed by a
// zero byte. Failure(Exit::run) where a value does not fit its type.
std::string bytes_of(const Array& array);

// The index 0..n-1 a group's dimension gets where it has no coordinates of its own.
Variable index_coordinate(const std::string& dimension, std::size_t size);

}  // namespace passalong
