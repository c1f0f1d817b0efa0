// Large arrays get their pages from the system on all workers at once, because handing out a page means clearing it,
// and one worker that fills an array for the first time waits for every page of it.
#pragma once
#include <cstddef>

#include "sim/base/column.hpp"
#include "sim/base/parallel.hpp"

namespace passalong {

// Has the pages of this memory made now, huge ones where the system has them; a hint, without effect on small arrays.
void make_pages(void* data, std::size_t bytes, Team& team);

// array.resize(size) where `size` is the most it will have, and its pages are made beforehand.
template <class Array>
void resize_at_once(Array& array, std::size_t size, Team& team) {
  if (size > array.capacity()) {
    array.reserve(size);
    make_pages(array.data(), size * sizeof(typename Array::value_type), team);
  }
  array.resize(size);
}

}  // namespace passalong
