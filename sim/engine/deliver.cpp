// Delivery in blocks of 16,384 positions, whatever the events: one celebrity does not hold a thread.
#include "sim/engine/deliver.hpp"

#include <algorithm>

namespace passalong {
namespace {
constexpr std::uint64_t block = 16'384;
constexpr std::uint64_t chunk = 256;  // readers whose draws and attention are fetched together
}  // namespace

Deliverer::Deliverer(const Setting& setting, const Follows& follows, const Rhythm& rhythm, const Partitions& partitions,
                     unsigned workers)
    : setting_(setting),
      follows_(follows),
      rhythm_(rhythm),
      partitions_(partitions),
      see_(setting.stream(Purpose::see)),
      bins_(workers, std::vector<std::vector<Impression>>(partitions.count())) {}

std::span<const AccountId> Deliverer::list(const Columns& c, AccountId sharer) const {
  if (sharer < setting_.accounts()) return follows_.list(sharer);
  return c.studied[sharer - setting_.accounts()].followers;
}

void Deliverer::deliver(const Columns& c, const std::vector<Event>& events, double eager, Team& team) {
  first_.resize(events.size() + 1);
  std::uint64_t total = 0;
  for (std::size_t e = 0; e < events.size(); ++e) first_[e] = total, total += list(c, events[e].sharer).size();
  first_[events.size()] = total;
  team.blocks(total, block, [&](std::size_t begin, std::size_t end, unsigned worker) {
    if (!rhythm_.on() && eager == 1)
      return walk(c, events, begin, end, bins_[worker], [&](AccountId i) { return c.see[i]; });
    if (!rhythm_.on())
      return walk(c, events, begin, end, bins_[worker], [&](AccountId i) { return raised(c.see[i], eager); });
    const Rhythm::Hour hour = rhythm_.at(c.now);
    walk(c, events, begin, end, bins_[worker], [&](AccountId i) { return raised(hour.see(c.see[i], i), eager); });
  });
}

template <class See>
void Deliverer::walk(const Columns& c, const std::vector<Event>& events, std::uint64_t begin, std::uint64_t end,
                     std::vector<std::vector<Impression>>& bins, const See& see) const {
  std::uint32_t draws[chunk];
  auto e = static_cast<std::size_t>(std::upper_bound(first_.begin(), first_.end(), begin) - first_.begin()) - 1;
  for (; begin < end; ++e) {
    const std::uint64_t stop = std::min(end, first_[e + 1]);
    const auto readers = list(c, events[e].sharer);
    const PostId id = c.posts[events[e].post].id;
    for (std::uint64_t at = begin; at < stop; at += chunk) {
      const AccountId* some = readers.data() + (at - first_[e]);
      const std::size_t count = std::min(chunk, stop - at);
      for (std::size_t k = 0; k < count; ++k) __builtin_prefetch(&c.see[some[k]]);
      // One draw a (reader, post): a second copy of a missed post is missed again, or seen at an hour of more
      // attention, so nothing need be remembered.
      see_.first_words(some, count, id.author, id.ordinal, draws);
      for (std::size_t k = 0; k < count; ++k)
        if (draws[k] >> 1 < see(some[k]) && some[k] != id.author)
          bins[partitions_.of(some[k])].push_back(static_cast<Impression>(some[k]) << 32 | e);
    }
    begin = std::max(begin, stop);
  }
}

void Deliverer::collect(std::size_t partition, std::vector<Impression>& into) {
  into.clear();
  for (auto& bins : bins_) {
    into.insert(into.end(), bins[partition].begin(), bins[partition].end());
    bins[partition].clear();
  }
  std::sort(into.begin(), into.end());
}

std::uint64_t Deliverer::bytes() const {
  std::uint64_t sum = first_.capacity() * 8;
  for (const auto& worker : bins_)
    for (const auto& bin : worker) sum += bin.capacity() * sizeof(Impression);
  return sum;
}

}  // namespace passalong
