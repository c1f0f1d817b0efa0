// The queue is served in batches: rows are cut where eight follows share a draw, all draws of a batch are made at once,
// and only the followers at the ends of live follows are looked at. Three batches are under way at a time, so that
// what one waits for from memory is fetched while another is worked on.
#include "sim/engine/cascades/walk.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "sim/engine/cascades/chances.hpp"
#include "sim/engine/cascades/masks.hpp"
#include "sim/engine/cascades/visited.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t most_groups = 128, most_rows = 128;
constexpr std::size_t far = 160, near = 64;  // how far ahead offsets, and lists where chances lie in them, are fetched
constexpr std::size_t soon = 2048;           // whoever enters a queue as short as that is served from cache

struct Waiting {
  AccountId account;
  std::uint32_t slot, depth;
};

struct Slot {
  std::uint32_t place = 0, replicate = 0;
  std::uint32_t size = 0, served = 0;             // accounts active, and those whose rows are done with
  std::uint32_t depth = 0, seeds = 0, begun = 0;  // begun: rows, which are in order of activation
  bool is_over() const { return served == size; }
};

// First in, first out; never moved while a batch is served.
class Queue {
 public:
  bool empty() const { return head_ == tail_; }
  std::size_t size() const { return tail_ - head_; }
  const Waiting& operator[](std::size_t i) const { return items_[head_ + i]; }
  void pop(std::size_t count) { head_ += count; }
  void make_room(std::size_t more) {
    if (tail_ + more <= items_.size()) return;
    std::copy(items_.begin() + static_cast<std::ptrdiff_t>(head_), items_.begin() + static_cast<std::ptrdiff_t>(tail_),
              items_.begin());
    tail_ -= head_, head_ = 0;
    if (items_.size() < 2 * (tail_ + more)) items_.resize(4 * (tail_ + more));
  }
  // Places to write to, after make_room, and how many were written.
  Waiting* end() { return items_.data() + tail_; }
  void extend(std::size_t more) { tail_ += more; }

 private:
  std::vector<Waiting> items_;
  std::size_t head_ = 0, tail_ = 0;
};

// Follows yet to be cut into groups.
struct Row {
  Waiting item;
  std::uint64_t begin = 0, end = 0;
  bool begun = false;
  std::uint32_t place = 0;  // in its cascade's order of activation
};

// Groups of eight follows whose draws are due, the rows they are of, and the follows among them that are live.
struct Batch {
  std::uint64_t groups[most_groups + 4];
  std::uint32_t replicates[most_groups + 4];
  std::uint8_t within[most_groups + 4];  // which of the eight belong to the row
  std::uint8_t row_of[most_groups + 4];
  Waiting rows[most_rows];
  std::uint32_t places[most_rows];
  std::uint32_t group_count = 0, row_count = 0, ended = 0, live_count = 0;
  std::uint64_t edges[8 * most_groups];
  AccountId targets[8 * most_groups];
  std::uint8_t sources[8 * most_groups];
};

template <class Source, class Visited, bool trees>
class Walk {
 public:
  Walk(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome, std::uint32_t slots)
      : plan_(plan),
        network_(*plan.network),
        seeds_(seeds),
        supply_(supply),
        outcome_(outcome),
        notes_(plan, seeds, outcome, counts_),
        source_(*plan.network, plan.chances),
        draws_(plan.seed, 0, Purpose::live_edge),
        visited_(plan.network->accounts(), slots),
        slots_(slots),
        parents_(trees ? slots : 0) {}

  Counts run() {
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) begin(slot);
    for (std::size_t turn = 0, idle = 0; idle < batches_.size(); ++turn) {
      Batch &first = batches_[turn % 3], &second = batches_[(turn + 2) % 3], &last = batches_[(turn + 1) % 3];
      cut_rows(first);
      open_rows();
      draw(first);
      find_targets(second);
      activate(last);
      end_rows(last);
      idle = first.row_count == 0 && opened_ == 0 && queue_.empty() ? idle + 1 : 0;
    }
    tell_done();
    return std::move(counts_);
  }

 private:
  static constexpr bool uniform = std::is_same_v<Source, UniformChances>;

  bool take_place(std::uint32_t& place) {
    if (place_ == place_end_) {
      tell_done();
      if (plan_.go_on && !plan_.go_on()) return false;
      place_ = std::min(supply_.end, supply_.next.fetch_add(supply_.block, std::memory_order_relaxed));
      place_end_ = std::min(supply_.end, place_ + supply_.block);
    }
    if (place_ == place_end_) return false;
    place = static_cast<std::uint32_t>(place_++);
    return true;
  }

  // Once a block, because all workers tell the same listener.
  void tell_done() {
    if (plan_.done && done_ > 0) plan_.done(done_);
    done_ = 0;
  }

  // The next replicate that has seeds takes the slot.
  void begin(std::uint32_t s) {
    Slot& slot = slots_[s];
    std::uint32_t place = 0;
    while (slot.is_over() && take_place(place)) {
      slot = {place, plan_.first_replicate + place, 0, 0, 0, 0, 0};
      visited_.clear(s);
      seeds_.of(slot.replicate, start_);
      queue_.make_room(start_.size());
      for (const AccountId account : start_) {
        visited_.take(s, account);
        queue_.end()[slot.size++] = {account, s, 0};
        __builtin_prefetch(&network_.offsets[account]);
      }
      queue_.extend(slot.size);
      slot.seeds = slot.size;
      if constexpr (trees) parents_[s].assign(slot.size, 0);
    }
  }

  // Loads where the lists of the next rows begin, a batch before they are cut: nothing waits for it.
  void open_rows() {
    opened_ -= cut_;
    std::copy_n(open_.begin() + cut_, opened_, open_.begin());
    cut_ = 0;
    const auto more = static_cast<std::uint32_t>(std::min<std::size_t>(most_rows - opened_, queue_.size()));
    for (std::uint32_t i = 0; i < more; ++i) {
      look_ahead(i);
      const Waiting& item = queue_[i];
      open_[opened_ + i] = {item, network_.offsets[item.account], network_.offsets[item.account + 1ULL]};
    }
    queue_.pop(more);
    opened_ += more;
  }

  [[gnu::always_inline]] void look_ahead(std::size_t i) const {
    if (queue_.size() > i + far) __builtin_prefetch(&network_.offsets[queue_[i + far].account]);
    if constexpr (!uniform) {
      if (queue_.size() <= i + near) return;
      const std::uint64_t* const offset = &network_.offsets[queue_[i + near].account];
      __builtin_prefetch(network_.followers.data() + offset[0]);
      __builtin_prefetch(network_.followers.data() + offset[1]);
    }
  }

  void cut_rows(Batch& batch) {
    batch.group_count = batch.row_count = batch.ended = 0;
    while (cut_ < opened_ && batch.group_count < most_groups) {
      Row& row = open_[cut_];
      if (!row.begun) begin_row(row);
      if constexpr (trees) batch.places[batch.row_count] = row.place;
      batch.rows[batch.row_count++] = row.item;
      if (row.begin != row.end) add_groups(batch, row);
      if (row.begin < row.end) break;
      ++batch.ended, ++cut_;
    }
  }

  void begin_row(Row& row) {
    row.begun = true;
    Slot& slot = slots_[row.item.slot];
    slot.depth = row.item.depth;
    if constexpr (trees) row.place = slot.begun++;
    if (plan_.steps) count_step(slot, row.item.depth);
    if (row.item.depth >= plan_.most_steps) row.end = row.begin;
    counts_.trials += row.end - row.begin;
  }

  void count_step(const Slot& slot, std::uint32_t depth) {
    if (depth >= plan_.most_kept_steps) return;
    std::vector<std::uint32_t>& steps = outcome_.steps[slot.place];
    if (steps.size() <= depth) steps.resize(depth + 1ULL);
    ++steps[depth];
  }

  // As many of the row as the batch has room for; four at a time, because most rows have no more.
  void add_groups(Batch& batch, Row& row) {
    const auto of = static_cast<std::uint8_t>(batch.row_count - 1);
    const std::uint32_t replicate = slots_[row.item.slot].replicate, n = batch.group_count;
    const std::uint64_t first = row.begin / 8, left = (row.end + 7) / 8 - first;
    const auto more = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, most_groups - n));
    for (std::uint32_t i = 0; i < more; i += 4)
      for (std::uint32_t j = i; j < i + 4; ++j) {
        batch.groups[n + j] = first + j;
        batch.replicates[n + j] = replicate;
        batch.within[n + j] = 0xff;
        batch.row_of[n + j] = of;
      }
    batch.within[n] = static_cast<std::uint8_t>(0xffU << row.begin % 8);
    const std::uint8_t last = more < left ? 0xffU : static_cast<std::uint8_t>(0xffU >> (0 - row.end) % 8);
    batch.within[n + more - 1] = static_cast<std::uint8_t>(batch.within[n + more - 1] & last);
    row.begin = more < left ? 8 * (first + more) : row.end;
    batch.group_count = n + more;
  }

  // Bits in `live_` for the follows that are.
  void draw(Batch& batch) {
    draws_.halves_by_draw(batch.groups, batch.replicates, batch.group_count, halves_);
    for (std::uint32_t i = 0; i < batch.group_count; ++i) {
      const Compared compared = compare_group(halves_ + 8ULL * i, 8 * batch.groups[i]);
      std::uint32_t live = compared.at_most & batch.within[i];
      const std::uint32_t ties = compared.equal & batch.within[i];
      if (ties != 0) [[unlikely]]
        live = decide_ties(batch, i, live, ties);
      live_[i] = static_cast<std::uint8_t>(live);
    }
    list_live(batch);
  }

  Compared compare_group(const std::uint16_t* halves, std::uint64_t first) const {
    if constexpr (uniform) {
      return compare_eight(halves, source_.first(0, 0));
    } else {
      const std::uint64_t known = network_.follows() - first;
      alignas(16) std::uint16_t limits[8];
      for (std::uint64_t b = 0; b < 8; ++b)
        limits[b] = b < known ? source_.first(first + b, network_.followers[first + b]) : std::uint16_t{0};
      return compare_eight(halves, limits);
    }
  }

  std::uint32_t decide_ties(const Batch& batch, std::uint32_t i, std::uint32_t live, std::uint32_t ties) const {
    for (; ties != 0; ties &= ties - 1) {
      const std::uint64_t edge = 8 * batch.groups[i] + static_cast<std::uint64_t>(std::countr_zero(ties));
      if (!is_live(draws_, edge, batch.replicates[i], source_.bound(edge, network_.followers[edge])))
        live &= ~(ties & -ties);
    }
    return live;
  }

  void list_live(Batch& batch) {
    std::memset(live_ + batch.group_count, 0, 8);
    std::uint32_t n = 0;
    for (std::uint32_t i = 0; i < batch.group_count; i += 8) {
      std::uint64_t live = 0;
      for (std::uint32_t b = 0; b < 8; ++b) live |= std::uint64_t{live_[i + b]} << 8 * b;
      for (; live != 0; live &= live - 1, ++n) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(live));
        batch.edges[n] = 8 * batch.groups[i + bit / 8] + bit % 8;
        batch.sources[n] = batch.row_of[i + bit / 8];
        __builtin_prefetch(network_.followers.data() + batch.edges[n]);
      }
    }
    batch.live_count = n;
    counts_.successes += n;
  }

  void find_targets(Batch& batch) {
    for (std::uint32_t i = 0; i < batch.live_count; ++i) {
      batch.targets[i] = network_.followers[batch.edges[i]];
      visited_.expect(batch.rows[batch.sources[i]].slot, batch.targets[i]);
    }
  }

  void activate(const Batch& batch) {
    queue_.make_room(batch.live_count + 1ULL);
    const bool fetch = queue_.size() < soon;
    Waiting* const begin = queue_.end();
    Waiting* end = begin;
    for (std::uint32_t i = 0; i < batch.live_count; ++i) {
      const Waiting& from = batch.rows[batch.sources[i]];
      const AccountId account = batch.targets[i];
      *end = {account, from.slot, from.depth + 1};
      const std::uint32_t fresh = visited_.take(from.slot, account);
      if constexpr (!Visited::one) slots_[from.slot].size += fresh;
      if constexpr (trees)
        if (fresh != 0) parents_[from.slot].push_back(batch.places[batch.sources[i]]);
      if (fetch) __builtin_prefetch(&network_.offsets[account]);
      end += fresh;
    }
    queue_.extend(static_cast<std::size_t>(end - begin));
    if constexpr (Visited::one) slots_[0].size += static_cast<std::uint32_t>(end - begin);
  }

  void end_rows(Batch& batch) {
    for (std::uint32_t i = 0; i < batch.ended; ++i) {
      Slot& slot = slots_[batch.rows[i].slot];
      ++slot.served;
      if (slot.is_over()) end(batch.rows[i].slot);
    }
    batch.ended = batch.live_count = 0;
  }

  void end(std::uint32_t s) {
    const Slot& slot = slots_[s];
    double distances = 0;
    if constexpr (trees) distances = sum_distances(parents_[s], below_);
    notes_.end({slot.place, slot.size, slot.depth, distances});
    counts_.activations += slot.size - slot.seeds;
    ++done_;
    begin(s);
  }

  const CascadePlan& plan_;
  const Network& network_;
  const Seeds& seeds_;
  Supply& supply_;
  CascadeOutcome& outcome_;
  Notes notes_;
  Source source_;
  Stream draws_;
  Visited visited_;
  std::vector<Slot> slots_;
  std::vector<std::vector<std::uint32_t>> parents_;  // by slot and place: the parent's place
  std::vector<std::uint32_t> below_;
  std::vector<AccountId> start_;
  std::uint64_t place_ = 0, place_end_ = 0, done_ = 0;
  Queue queue_;
  std::array<Batch, 3> batches_{};
  alignas(64) std::uint16_t halves_[8 * most_groups] = {};
  std::uint8_t live_[most_groups + 8] = {};
  std::array<Row, most_rows> open_{};
  std::uint32_t opened_ = 0, cut_ = 0;
  Counts counts_;
};

template <class Visited, bool trees>
Counts walk(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome, std::uint32_t slots) {
  switch (plan.chances.kind) {
    case Chances::Kind::weights:
      return Walk<WeightChances, Visited, trees>(plan, seeds, supply, outcome, slots).run();
    case Chances::Kind::followees:
      return Walk<FolloweeChances, Visited, trees>(plan, seeds, supply, outcome, slots).run();
    case Chances::Kind::levels:
      return Walk<LevelChances, Visited, trees>(plan, seeds, supply, outcome, slots).run();
    case Chances::Kind::uniform:
      break;
  }
  return Walk<UniformChances, Visited, trees>(plan, seeds, supply, outcome, slots).run();
}

template <class Visited>
Counts walk_as_planned(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome,
                       std::uint32_t slots) {
  return plan.trees ? walk<Visited, true>(plan, seeds, supply, outcome, slots)
                    : walk<Visited, false>(plan, seeds, supply, outcome, slots);
}
}  // namespace

Counts walk_one_by_one(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome) {
  return walk_as_planned<VisitedBits>(plan, seeds, supply, outcome, 1);
}

Counts walk_interleaved(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome) {
  constexpr std::uint32_t side_by_side = 512;
  return walk_as_planned<VisitedSets>(plan, seeds, supply, outcome, side_by_side);
}

}  // namespace passalong
