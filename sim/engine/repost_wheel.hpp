// Shares of ordinary posts that will appear later, by the tick in which they do: chunks that go from slot to slot, so
// that memory follows what is pending, and a tick allocates nothing once as much has been pending before. Workers put
// shares down side by side; their order means nothing.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/engine/ordinary.hpp"

namespace passalong {

class RepostWheel {
 public:
  RepostWheel() = default;
  // Nothing is put down for more than `lifetime` ticks ahead.
  RepostWheel(Tick lifetime, unsigned workers) : slots_(static_cast<std::size_t>(lifetime) + 1), workers_(workers) {
    for (Worker& w : workers_) w.newest.resize(slots_);
  }

  void add(unsigned worker, Tick due, const Repost& share) {
    Worker& w = workers_[worker];
    Chunk*& newest = w.newest[slot(due)];
    if (newest == nullptr || newest->count == in_chunk) open(w, newest);
    newest->shares[newest->count++] = share;
  }
  std::vector<std::span<const Repost>> due(Tick now) const {
    std::vector<std::span<const Repost>> all;
    for (const Worker& w : workers_)
      for (const Chunk* c = w.newest[slot(now)]; c != nullptr; c = c->older) all.emplace_back(c->shares, c->count);
    return all;
  }
  void clear(Tick now) {
    for (Worker& w : workers_)
      for (Chunk*& c = w.newest[slot(now)]; c != nullptr;) {
        Chunk* const older = c->older;
        c->older = w.free, w.free = c, c = older;
      }
  }
  // Every share is of an account below `accounts` and by one.
  bool sound(AccountId accounts) const {
    for (std::size_t s = 0; s < slots_; ++s)
      for (const auto& some : due(static_cast<Tick>(s)))
        for (const Repost& share : some)
          if (share.sharer >= accounts || share.post.author >= accounts) return false;
    return true;
  }
  std::uint64_t bytes() const {
    std::uint64_t sum = 0;
    for (const Worker& w : workers_) sum += w.slabs.size() * slab_chunks * sizeof(Chunk) + w.newest.size() * 8;
    return sum;
  }
  // A slot's shares in order, whoever put them down.
  template <class Archive>
  void visit(Archive& a) {
    constexpr bool loading = requires { a.finish(); };
    for (std::size_t s = 0; s < slots_; ++s) {
      std::vector<Repost> all;
      for (const auto& some : due(static_cast<Tick>(s))) all.insert(all.end(), some.begin(), some.end());
      std::sort(all.begin(), all.end());
      a(all);
      if constexpr (!loading) continue;
      clear(static_cast<Tick>(s));
      for (const Repost& share : all) add(0, static_cast<Tick>(s), share);
    }
  }

 private:
  static constexpr std::uint32_t in_chunk = 126;
  static constexpr std::size_t slab_chunks = 64;
  struct Chunk {
    Chunk* older = nullptr;
    std::uint32_t count = 0;
    Repost shares[in_chunk];
  };
  struct Worker {
    std::vector<Chunk*> newest;  // by slot
    Chunk* free = nullptr;
    std::vector<std::unique_ptr<Chunk[]>> slabs;
  };
  std::size_t slot(Tick tick) const { return static_cast<std::size_t>(tick) % slots_; }
  void open(Worker& w, Chunk*& newest) {
    if (w.free == nullptr) {
      w.slabs.push_back(std::make_unique<Chunk[]>(slab_chunks));
      for (std::size_t c = 0; c < slab_chunks; ++c) w.slabs.back()[c].older = w.free, w.free = &w.slabs.back()[c];
    }
    Chunk* const chunk = w.free;
    w.free = chunk->older;
    chunk->older = newest, chunk->count = 0, newest = chunk;
  }

  std::size_t slots_ = 1;
  std::vector<Worker> workers_;
};

}  // namespace passalong
