// Impressions on their way from the worker that delivers them to the partition that reads them: chunks that are written
// once and read once, taken from slabs that stay for the world's life, so that a tick allocates nothing.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/engine/ordinary_impression.hpp"

namespace passalong {

// One worker's.
class ImpressionBins {
 public:
  static constexpr std::size_t in_chunk = 170;

  explicit ImpressionBins(std::size_t partitions = 0) : open_(partitions), newest_(partitions, nullptr) {}

  void push(std::size_t partition, const OrdinaryImpression& impression) {
    Room& room = open_[partition];
    if (room.at == room.end) open(partition);
    *room.at++ = impression;
  }
  // read(span of impressions) for each chunk of the partition.
  template <class Read>
  void read(std::size_t partition, const Read& read) const {
    const Chunk* chunk = newest_[partition];
    if (chunk == nullptr) return;
    expect(chunk->older);
    read(std::span<const OrdinaryImpression>(chunk->items,
                                             static_cast<std::size_t>(open_[partition].at - chunk->items)));
    for (chunk = chunk->older; chunk != nullptr; chunk = chunk->older) {
      expect(chunk->older);
      read(std::span<const OrdinaryImpression>(chunk->items));
    }
  }
  std::size_t about(std::size_t partition) const { return open_[partition].chunks * in_chunk; }
  void clear();
  std::uint64_t bytes() const { return slabs_.size() * slab_chunks * sizeof(Chunk) + open_.size() * sizeof(Room); }

 private:
  static constexpr std::size_t slab_chunks = 1024;
  struct Chunk {
    Chunk* older;
    OrdinaryImpression items[in_chunk];
  };
  // The first lines of a chunk; the rest is read in order.
  [[gnu::always_inline]] static void expect(const Chunk* chunk) {
    constexpr std::size_t line = 64, lines = 8;
    for (std::size_t k = 0; chunk != nullptr && k < lines; ++k)
      __builtin_prefetch(reinterpret_cast<const char*>(chunk) + k * line);
  }
  struct Room {
    OrdinaryImpression *at = nullptr, *end = nullptr;
    std::size_t chunks = 0;
  };
  void open(std::size_t partition);

  std::vector<Room> open_;                       // by partition: what is left of its newest chunk
  std::vector<Chunk*> newest_;                   // by partition
  std::vector<std::unique_ptr<Chunk[]>> slabs_;  // used in order, again from the first each tick
  std::size_t used_ = 0;                         // chunks
};

}  // namespace passalong
