// Deliver, for ordinary posts: from the day's plan and the shares that are due to impressions in the readers'
// partitions. Events are taken in batches, each batch in steps that fetch what the next step reads: rows, who may see
// (glance.hpp), their ids. Whether they do is asked where their partition is at hand. What nobody may see is never
// given content.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/columns.hpp"
#include "sim/engine/day_plan.hpp"
#include "sim/engine/glance.hpp"
#include "sim/engine/impression_bins.hpp"
#include "sim/engine/partitions.hpp"
#include "sim/engine/publish.hpp"

namespace passalong {

// What a tick delivered.
struct CopyCounts {
  std::uint64_t posts = 0, shares = 0, deliveries = 0;
};

class Copies {
 public:
  Copies(const Setting& setting, const Publisher& publisher, const Follows& follows, const Partitions& partitions,
         unsigned workers);
  ~Copies();

  // due: shares, in pieces; plan: today's posts, of which those of `tick` (of the day) are published.
  CopyCounts deliver(const Columns& c, const Glance& glance, std::span<const std::span<const Repost>> due,
                     const DayPlan& plan, std::uint32_t tick, Team& team);

  // read(worker's chunk of impressions) for all of a partition.
  template <class Read>
  void read(std::size_t partition, const Read& read) const {
    for (const ImpressionBins& bins : bins_) bins.read(partition, read);
  }
  // How many impressions a partition has, to a chunk or two.
  std::size_t about(std::size_t partition) const {
    std::size_t sum = 0;
    for (const ImpressionBins& bins : bins_) sum += bins.about(partition);
    return sum;
  }
  void clear() {
    for (ImpressionBins& bins : bins_) bins.clear();
  }
  std::uint64_t bytes() const;

 private:
  struct Piece;  // of the tick's events: a stretch of shares, or a block of the plan
  struct Long;   // an event with a list that is cut into parts
  struct Desk;   // a worker's scratch

  void lay_out(std::span<const std::span<const Repost>> due, const DayPlan& plan, std::uint32_t tick);
  void work_on(const Piece& piece, Desk& desk);
  void take_names(const Piece& piece, std::size_t begin, std::size_t end, Desk& desk);
  void take_rows(Desk& desk);
  void take_row(std::size_t event, Desk& desk);
  void walk(Desk& desk);
  void look_at(std::uint32_t event, std::uint32_t group, Desk& desk);
  void look_at_groups(Desk& desk);
  void take_readers(std::size_t group, Desk& desk);
  void look_at_readers(Desk& desk);
  void describe(Desk& desk);
  void walk_long(const Long& event, std::size_t part, Desk& desk);

  const Setting& setting_;
  const Publisher& publisher_;
  const Follows& follows_;
  const Partitions& partitions_;
  Stream glance_, content_;

  // Of the tick in hand:
  const Columns* columns_ = nullptr;
  const Glance* bound_ = nullptr;
  const DayPlan* plan_ = nullptr;
  std::uint32_t tick_ = 0;
  std::vector<Piece> pieces_;

  std::vector<ImpressionBins> bins_;  // by worker
  std::vector<Desk> desks_;
};

}  // namespace passalong
