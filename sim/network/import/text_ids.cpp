// A hash table in 256 parts, each behind its own lock: workers seldom meet.
#include "sim/network/import/text_ids.hpp"

#include <functional>
#include <mutex>
#include <numeric>

#include "sim/network/import/sort_all.hpp"

namespace passalong {

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
  const std::uint64_t hash = std::hash<std::string_view>{}(id);
  const std::size_t s = hash % shards;
  const std::scoped_lock lock(shards_[s].mutex);
  return std::uint64_t{shards_[s].number(id, static_cast<std::uint32_t>(hash >> 32))} * shards + s;
}

std::uint64_t TextIds::size() const {
  std::uint64_t sum = 0;
  for (std::size_t s = 0; s < shards; ++s) sum += shards_[s].labels.size();
  return sum;
}

TextIds::Order TextIds::order(Team& team) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(size());
  Order out;
  out.places.resize(shards);
  for (std::size_t s = 0; s < shards; ++s) {
    for (std::size_t k = 0; k < shards_[s].labels.size(); ++k) numbers.push_back(k * shards + s);
    out.places[s].resize(shards_[s].labels.size());
  }
  const auto label = [&](std::uint64_t n) -> std::string& { return shards_[n % shards].labels[n / shards]; };
  sort_all(numbers, team, [&](std::uint64_t a, std::uint64_t b) { return label(a) < label(b); });
  out.places_total = numbers.size();
  out.labels.resize(numbers.size());
  for (std::size_t p = 0; p < numbers.size(); ++p) {
    out.places[numbers[p] % shards][numbers[p] / shards] = static_cast<AccountId>(p);
    out.labels[p] = std::move(label(numbers[p]));
  }
  return out;
}

}  // namespace passalong
