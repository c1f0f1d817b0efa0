// Arrays that are reached at random, in huge pages where the system has them.
#pragma once
#include <vector>

#include "sim/network/rows.hpp"

namespace passalong {

template <class T>
std::vector<T> zeros(std::size_t size) {
  std::vector<T> array;
  array.reserve(size);
  prefer_huge_pages(array.data(), size * sizeof(T));  // before its pages are touched
  array.resize(size);
  return array;
}

}  // namespace passalong
