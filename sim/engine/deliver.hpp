// Deliver, for posts of the studied accounts: walk each event's followers; limited attention decides who sees it.
// Impressions go to the reader's partition as {reader, event}; sorted there, so it does not matter which worker
// delivered them.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/columns.hpp"
#include "sim/engine/follows.hpp"
#include "sim/engine/glance.hpp"
#include "sim/engine/partitions.hpp"
#include "sim/engine/publish.hpp"
#include "sim/engine/rhythm.hpp"

namespace passalong {

using Impression = std::uint64_t;  // reader << 32 | index of the event
inline AccountId reader_of(Impression i) { return static_cast<AccountId>(i >> 32); }
inline std::uint32_t event_of(Impression i) { return static_cast<std::uint32_t>(i); }

class Deliverer {
 public:
  Deliverer(const Setting& setting, const Follows& follows, const Rhythm& rhythm, const Partitions& partitions,
            unsigned workers);

  // eager: the highest factor on P(see) that any reader can have.
  void deliver(const Columns& c, const std::vector<Event>& events, double eager, Team& team);
  // P(see) in 2^-31 times a factor, at most 1.
  static std::uint32_t raised(std::uint32_t see, double eager) {
    return static_cast<std::uint32_t>(std::min<double>(Glance::one, see * eager));
  }
  // By the draw that delivery goes by: whether a reader that sees with `see` / 2^31 does.
  bool looks(AccountId reader, const PostId& post, std::uint32_t see) const {
    return see_(reader, post.author, post.ordinal)[0] >> 1 < see;
  }
  // Moves a partition's impressions out, sorted by (reader, post, sharer).
  void collect(std::size_t partition, std::vector<Impression>& into);
  std::span<const AccountId> list(const Columns& c, AccountId sharer) const;
  std::uint64_t deliveries() const { return first_.empty() ? 0 : first_.back(); }
  std::uint64_t bytes() const;

 private:
  // see(reader): the most that it sees with now, in 2^-31.
  template <class See>
  void walk(const Columns& c, const std::vector<Event>& events, std::uint64_t begin, std::uint64_t end,
            std::vector<std::vector<Impression>>& bins, const See& see) const;

  const Setting& setting_;
  const Follows& follows_;
  const Rhythm& rhythm_;
  const Partitions& partitions_;
  Stream see_;
  std::vector<std::uint64_t> first_;                        // where each event's list begins in the tick's deliveries
  std::vector<std::vector<std::vector<Impression>>> bins_;  // by worker, partition
};

}  // namespace passalong
