// The queue is served in batches: rows are cut where eight follows share a draw, all draws of a batch are made at once,
// and what came alive is packed without branches before it is looked up.
#include "sim/engine/cascades/walk.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "sim/engine/cascades/chances.hpp"
#include "sim/engine/cascades/masks.hpp"
#include "sim/engine/cascades/visited.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t most_groups = 64, most_rows = 64;
constexpr std::size_t far = 96, near = 48;  // how far ahead offsets and lists are fetched

struct Waiting {
  AccountId account;
  std::uint32_t slot, depth;
};

struct Slot {
  std::uint32_t place = 0, replicate = 0;
  std::uint32_t size = 0, served = 0;  // accounts active, and those whose rows are done with
  std::uint32_t depth = 0, seeds = 0;
  bool is_over() const { return served == size; }
};

// First in, first out; never moved while a batch is served.
class Queue {
 public:
  bool empty() const { return head_ == tail_; }
  std::size_t size() const { return tail_ - head_; }
  const Waiting& operator[](std::size_t i) const { return items_[head_ + i]; }
  void pop() { ++head_; }
  void make_room(std::size_t more) {
    if (tail_ + more <= items_.size()) return;
    std::copy(items_.begin() + static_cast<std::ptrdiff_t>(head_), items_.begin() + static_cast<std::ptrdiff_t>(tail_),
              items_.begin());
    tail_ -= head_, head_ = 0;
    if (items_.size() < 2 * (tail_ + more)) items_.resize(4 * (tail_ + more));
  }
  void push_if(std::uint32_t fresh, const Waiting& item) {  // 0 or 1, without a branch
    items_[tail_] = item;
    tail_ += fresh;
  }

 private:
  std::vector<Waiting> items_;
  std::size_t head_ = 0, tail_ = 0;
};

// Groups of eight follows whose draws are due, and the rows they are of.
struct Batch {
  std::uint64_t groups[most_groups];
  std::uint32_t replicates[most_groups];
  std::uint8_t within[most_groups];  // which of the eight belong to the row
  std::uint8_t row_of[most_groups];
  alignas(64) std::uint16_t halves[8 * most_groups];
  Waiting rows[most_rows];
  std::uint32_t group_count = 0, row_count = 0;
  AccountId targets[8 * most_groups + 8];
  std::uint8_t sources[8 * most_groups + 8];
};

template <class Source, class Visited>
class Walk {
 public:
  Walk(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome, std::uint32_t slots)
      : plan_(plan),
        network_(*plan.network),
        seeds_(seeds),
        supply_(supply),
        outcome_(outcome),
        source_(*plan.network, plan.chances),
        draws_(plan.seed, 0, Purpose::live_edge),
        visited_(plan.network->accounts(), slots),
        slots_(slots) {}

  Counts run() {
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) begin(slot);
    while (!queue_.empty() || inside_row_) {
      gather();
      draws_.halves_by_draw(batch_.groups, batch_.replicates, batch_.group_count, batch_.halves);
      const std::uint32_t live = pick_live();
      activate(live);
      end_rows();
    }
    return counts_;
  }

 private:
  bool take_place(std::uint32_t& place) {
    if (place_ == place_end_) {
      if (plan_.go_on && !plan_.go_on()) return false;
      place_ = std::min(supply_.end, supply_.next.fetch_add(supply_.block, std::memory_order_relaxed));
      place_end_ = std::min(supply_.end, place_ + supply_.block);
    }
    if (place_ == place_end_) return false;
    place = static_cast<std::uint32_t>(place_++);
    return true;
  }

  // The next replicate that has seeds takes the slot.
  void begin(std::uint32_t s) {
    Slot& slot = slots_[s];
    std::uint32_t place = 0;
    while (slot.is_over() && take_place(place)) {
      slot = {place, plan_.first_replicate + place, 0, 0, 0, 0};
      visited_.clear(s);
      seeds_.of(slot.replicate, start_);
      queue_.make_room(start_.size());
      for (const AccountId account : start_) {
        visited_.take(s, account);
        enter(1, {account, s, 0});
      }
      slot.seeds = slot.size;
    }
  }

  void enter(std::uint32_t fresh, const Waiting& item) {
    queue_.push_if(fresh, item);
    slots_[item.slot].size += fresh;
    __builtin_prefetch(&network_.offsets[item.account]);
  }

  void gather() {
    batch_.group_count = batch_.row_count = 0;
    if (inside_row_) batch_.rows[batch_.row_count++] = row_, add_groups();
    while (!inside_row_ && batch_.row_count < most_rows && batch_.group_count < most_groups && !queue_.empty()) {
      look_ahead();
      open_row(queue_[0]);
      queue_.pop();
    }
  }

  [[gnu::always_inline]] void look_ahead() const {
    if (queue_.size() > far) __builtin_prefetch(&network_.offsets[queue_[far].account]);
    if (queue_.size() <= near) return;
    const std::uint64_t* const offset = &network_.offsets[queue_[near].account];
    __builtin_prefetch(network_.followers.data() + offset[0]);
    __builtin_prefetch(network_.followers.data() + offset[1]);
  }

  void open_row(const Waiting& item) {
    Slot& slot = slots_[item.slot];
    slot.depth = item.depth;
    if (plan_.steps) count_step(slot, item.depth);
    batch_.rows[batch_.row_count++] = row_ = item;
    if (item.depth >= plan_.most_steps) return;
    edge_ = network_.offsets[item.account], edge_end_ = network_.offsets[item.account + 1ULL];
    counts_.trials += edge_end_ - edge_;
    if (edge_ != edge_end_) add_groups();
  }

  void count_step(const Slot& slot, std::uint32_t depth) {
    std::vector<std::uint32_t>& steps = outcome_.steps[slot.place];
    if (steps.size() <= depth) steps.resize(depth + 1ULL);
    ++steps[depth];
  }

  // As many of the row as the batch has room for.
  void add_groups() {
    const auto row = static_cast<std::uint8_t>(batch_.row_count - 1);
    const std::uint32_t replicate = slots_[row_.slot].replicate;
    std::uint32_t n = batch_.group_count;
    while (edge_ != edge_end_ && n < most_groups) {
      const std::uint64_t next = std::min(edge_end_, (edge_ | 7) + 1);
      batch_.groups[n] = edge_ / 8;
      __builtin_prefetch(network_.followers.data() + (next - 1));
      batch_.replicates[n] = replicate;
      batch_.within[n] = static_cast<std::uint8_t>((0xffU << edge_ % 8) & (0xffU >> (7 - (next - 1) % 8)));
      batch_.row_of[n++] = row;
      edge_ = next;
    }
    batch_.group_count = n;
    inside_row_ = edge_ != edge_end_;
  }

  Compared compare_group(std::uint32_t i, std::uint64_t first, std::uint32_t known) const {
    const std::uint16_t* const halves = batch_.halves + 8 * i;
    if constexpr (std::is_same_v<Source, UniformChances>) {
      return compare_eight(halves, source_.first(0, 0));
    } else {
      alignas(16) std::uint16_t limits[8];
      for (std::uint64_t b = 0; b < 8; ++b)
        limits[b] = b < known ? source_.first(first + b, network_.followers[first + b]) : std::uint16_t{0};
      return compare_eight(halves, limits);
    }
  }

  std::uint32_t decide_ties(std::uint32_t i, std::uint32_t live, std::uint32_t ties) const {
    for (; ties != 0; ties &= ties - 1) {
      const std::uint64_t edge = 8 * batch_.groups[i] + static_cast<std::uint64_t>(std::countr_zero(ties));
      if (!is_live(draws_, edge, batch_.replicates[i], source_.bound(edge, network_.followers[edge])))
        live &= ~(ties & -ties);
    }
    return live;
  }

  // The followers at the ends of live follows, in order.
  std::uint32_t pick_live() {
    std::uint32_t n = 0;
    const std::uint64_t all = network_.follows();
    for (std::uint32_t i = 0; i < batch_.group_count; ++i) {
      const std::uint64_t first = 8 * batch_.groups[i];
      const auto known = static_cast<std::uint32_t>(std::min<std::uint64_t>(8, all - first));
      const Compared compared = compare_group(i, first, known);
      std::uint32_t live = compared.at_most & batch_.within[i];
      const std::uint32_t ties = compared.equal & batch_.within[i];
      if (ties != 0) [[unlikely]]
        live = decide_ties(i, live, ties);
      const AccountId* const followers = network_.followers.data() + first;
      const std::uint8_t row = batch_.row_of[i];
      std::memset(batch_.sources + n, row, 8);
      if (known == 8) [[likely]] {
        for (std::uint32_t b = 0; b < 8; ++b, live >>= 1) {
          batch_.targets[n] = followers[b];
          n += live & 1;
        }
      } else {
        for (; live != 0; live &= live - 1, ++n) batch_.targets[n] = followers[std::countr_zero(live)];
      }
    }
    counts_.successes += n;
    return n;
  }

  void activate(std::uint32_t live) {
    queue_.make_room(live + 1ULL);
    for (std::uint32_t i = 0; i < live; ++i) visited_.expect(batch_.rows[batch_.sources[i]].slot, batch_.targets[i]);
    for (std::uint32_t i = 0; i < live; ++i) {
      const Waiting& from = batch_.rows[batch_.sources[i]];
      const AccountId account = batch_.targets[i];
      enter(visited_.take(from.slot, account), {account, from.slot, from.depth + 1});
    }
  }

  void end_rows() {
    const std::uint32_t ended = batch_.row_count - (inside_row_ ? 1 : 0);
    for (std::uint32_t i = 0; i < ended; ++i) {
      Slot& slot = slots_[batch_.rows[i].slot];
      ++slot.served;
      if (slot.is_over()) end(batch_.rows[i].slot);
    }
  }

  void end(std::uint32_t s) {
    const Slot& slot = slots_[s];
    outcome_.sizes[slot.place] = slot.size;
    if (plan_.times) outcome_.depths[slot.place] = slot.depth;
    counts_.activations += slot.size - slot.seeds;
    if (plan_.done) plan_.done(1);
    begin(s);
  }

  const CascadePlan& plan_;
  const Network& network_;
  const Seeds& seeds_;
  Supply& supply_;
  CascadeOutcome& outcome_;
  Source source_;
  Stream draws_;
  Visited visited_;
  std::vector<Slot> slots_;
  std::vector<AccountId> start_;
  std::uint64_t place_ = 0, place_end_ = 0;
  Queue queue_;
  Batch batch_{};
  Waiting row_{};  // the row being cut, and what is left of it
  std::uint64_t edge_ = 0, edge_end_ = 0;
  bool inside_row_ = false;
  Counts counts_;
};

template <class Visited>
Counts walk(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome, std::uint32_t slots) {
  switch (plan.chances.kind) {
    case Chances::Kind::weights:
      return Walk<WeightChances, Visited>(plan, seeds, supply, outcome, slots).run();
    case Chances::Kind::followees:
      return Walk<FolloweeChances, Visited>(plan, seeds, supply, outcome, slots).run();
    case Chances::Kind::uniform:
      break;
  }
  return Walk<UniformChances, Visited>(plan, seeds, supply, outcome, slots).run();
}
}  // namespace

Counts walk_one_by_one(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome) {
  return walk<VisitedBits>(plan, seeds, supply, outcome, 1);
}

Counts walk_interleaved(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome) {
  constexpr std::uint32_t side_by_side = 512;
  return walk<VisitedSets>(plan, seeds, supply, outcome, side_by_side);
}

}  // namespace passalong
