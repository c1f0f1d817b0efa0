// A hash table in 256 parts, each behind its own lock: workers seldom meet.
#include "sim/network/import/text_ids.hpp"

#include <functional>
#include <mutex>
#include <numeric>

#include "sim/network/import/sort_all.hpp"

namespace passalong {
namespace {
std::uint64_t hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

// The first eight bytes, so that most labels are ordered without being looked up.
std::uint64_t first_bytes(std::string_view label) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < 8; ++i)
    bytes = bytes << 8 | (i < label.size() ? static_cast<unsigned char>(label[i]) : 0U);
  return bytes;
}
}  // namespace

struct alignas(64) TextIds::Shard {
  struct Slot {
    std::uint32_t hash = 0, number = 0;  // number + 1; 0 is empty
  };
  std::mutex mutex;
  std::vector<Slot> slots = std::vector<Slot>(16);  // at most half full
  std::vector<std::string> labels;

  void grow() {
    std::vector<Slot> old(slots.size() * 2);
    old.swap(slots);
    for (const Slot& slot : old) {
      if (slot.number == 0) continue;
      std::size_t at = slot.hash & (slots.size() - 1);
      while (slots[at].number != 0) at = (at + 1) & (slots.size() - 1);
      slots[at] = slot;
    }
  }
  void prefetch_slot(std::uint32_t hash) const { __builtin_prefetch(&slots[hash & (slots.size() - 1)]); }
  void prefetch_label(std::uint32_t hash) const {
    const Slot& slot = slots[hash & (slots.size() - 1)];
    if (slot.number != 0) __builtin_prefetch(&labels[slot.number - 1]);
  }
  std::uint32_t number(std::string_view id, std::uint32_t hash) {
    std::size_t at = hash & (slots.size() - 1);
    for (; slots[at].number != 0; at = (at + 1) & (slots.size() - 1))
      if (slots[at].hash == hash && labels[slots[at].number - 1] == id) return slots[at].number - 1;
    labels.emplace_back(id);
    slots[at] = {hash, static_cast<std::uint32_t>(labels.size())};
    if (labels.size() * 2 > slots.size()) grow();
    return static_cast<std::uint32_t>(labels.size()) - 1;
  }
};

TextIds::TextIds() : shards_(std::make_unique<Shard[]>(shards)) {}
TextIds::~TextIds() = default;

std::uint64_t TextIds::number(std::string_view id) {
  const std::uint64_t hash = hash_of(id);
  const std::size_t s = hash % shards;
  const std::scoped_lock lock(shards_[s].mutex);
  return std::uint64_t{shards_[s].number(id, static_cast<std::uint32_t>(hash >> 32))} * shards + s;
}

// Shard by shard, so that a lock is taken once for many words, with slots and labels asked for ahead.
void TextIds::number_all(const std::vector<std::string_view>& words, std::vector<std::uint64_t>& numbers) {
  std::vector<std::uint64_t> hashes(words.size());
  std::vector<std::uint32_t> begins(shards + 1), order(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) ++begins[(hashes[i] = hash_of(words[i])) % shards + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  for (std::size_t i = 0; i < words.size(); ++i) order[next[hashes[i] % shards]++] = static_cast<std::uint32_t>(i);
  constexpr std::size_t ahead = 8;
  for (std::size_t s = 0; s < shards; ++s) {
    Shard& shard = shards_[s];
    const std::scoped_lock lock(shard.mutex);
    const auto high = [&](std::size_t k) { return static_cast<std::uint32_t>(hashes[order[k]] >> 32); };
    for (std::size_t k = begins[s]; k < begins[s + 1]; ++k) {
      if (k + 2 * ahead < begins[s + 1]) shard.prefetch_slot(high(k + 2 * ahead));
      if (k + ahead < begins[s + 1]) shard.prefetch_label(high(k + ahead));
      numbers[order[k]] = std::uint64_t{shard.number(words[order[k]], high(k))} * shards + s;
    }
  }
}

std::uint64_t TextIds::size() const {
  std::uint64_t sum = 0;
  for (std::size_t s = 0; s < shards; ++s) sum += shards_[s].labels.size();
  return sum;
}

TextIds::Order TextIds::order(Team& team) {
  struct Key {
    std::uint64_t start, number;
  };
  std::vector<Key> keys;
  keys.reserve(size());
  Order out;
  out.places.resize(shards);
  for (std::size_t s = 0; s < shards; ++s) {
    const std::vector<std::string>& labels = shards_[s].labels;
    for (std::size_t k = 0; k < labels.size(); ++k) keys.push_back({first_bytes(labels[k]), k * shards + s});
    out.places[s].resize(labels.size());
  }
  const auto label = [&](const Key& key) -> std::string& {
    return shards_[key.number % shards].labels[key.number / shards];
  };
  sort_all(keys, team,
           [&](const Key& a, const Key& b) { return a.start != b.start ? a.start < b.start : label(a) < label(b); });
  out.places_total = keys.size();
  out.labels.resize(keys.size());
  team.blocks(keys.size(), 1 << 14, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t p = begin; p < end; ++p) {
      out.place_of(keys[p].number) = static_cast<AccountId>(p);
      out.labels[p] = std::move(label(keys[p]));
    }
  });
  return out;
}

}  // namespace passalong
