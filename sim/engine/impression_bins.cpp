// Chunks are handed out in the order of the slabs, so what was warm last tick is warm again.
#include "sim/engine/impression_bins.hpp"

#include <algorithm>

#include "sim/base/column.hpp"

namespace passalong {

void ImpressionBins::open(std::size_t partition) {
  if (used_ == slabs_.size() * slab_chunks) {
    slabs_.emplace_back(new Chunk[slab_chunks]);
    prefer_huge_pages(slabs_.back().get(), slab_chunks * sizeof(Chunk));
  }
  Chunk& chunk = slabs_[used_ / slab_chunks][used_ % slab_chunks];
  ++used_;
  chunk.older = newest_[partition], newest_[partition] = &chunk;
  open_[partition] = {chunk.items, chunk.items + in_chunk, open_[partition].chunks + 1};
}

void ImpressionBins::clear() {
  used_ = 0;
  std::fill(open_.begin(), open_.end(), Room{});
  std::fill(newest_.begin(), newest_.end(), nullptr);
}

}  // namespace passalong
