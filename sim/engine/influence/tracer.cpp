// Sets are traced side by side, a few accounts of one and then of the next, so that the memory one waits for is fetched
// while others are served: where a row begins, then its live places, then who has been met.
#include <algorithm>

#include "sim/base/uniform_below.hpp"
#include "sim/engine/cascades/visited.hpp"
#include "sim/engine/influence/reverse_sets.hpp"

namespace passalong {
namespace {

template <class Rows, class Visited>
class Tracer : public SetTracer {
 public:
  Tracer(const Reverse& reverse, const CascadePlan& plan)
      : reverse_(reverse),
        rows_(reverse),
        limit_(plan.most_steps),
        roots_(plan.seed, 0, reverse_root),
        draws_(plan.seed, 0, reverse_follow),
        visited_(reverse.rows.accounts(), side_by_side),
        slots_(side_by_side) {}

  void trace(std::uint32_t first, std::uint32_t count, SetBlock& block) override {
    next_ = first, left_ = count;
    gathered_.clear();
    block.ends.reserve(count);
    std::uint32_t busy = 0;
    for (std::uint32_t s = 0; s < side_by_side; ++s) busy += begin(s) ? 1 : 0;
    while (busy > 0)
      for (std::uint32_t s = 0; s < side_by_side; ++s) {
        if (!slots_[s].busy) continue;
        turn(s);
        if (slots_[s].is_over() && !end(s, block)) --busy;
      }
    block.members = gathered_;
  }

 private:
  static constexpr std::uint32_t side_by_side = Visited::one ? 1 : 32, at_once = Visited::one ? 64 : 4;

  struct Found {
    std::uint64_t place;
    double bound;  // thinned: kept where the follow's own chance is more
  };
  struct Row {
    std::uint64_t place, end, length;
    double factor;
  };
  struct Slot {
    std::vector<AccountId> members;
    std::vector<Found> found;  // live, not looked at yet
    std::size_t head = 0, level_end = 0;
    std::uint32_t set = 0, depth = 0;
    bool busy = false;
    bool is_over() const { return found.empty() && head == members.size(); }
  };

  bool begin(std::uint32_t s) {
    Slot& slot = slots_[s];
    slot.busy = left_ > 0;
    if (left_ == 0) return false;
    --left_;
    slot.set = next_++;
    slot.members.clear();
    slot.head = slot.depth = 0, slot.level_end = 1;
    const Words words = roots_(slot.set);
    visited_.clear(s);
    add(s, static_cast<AccountId>(uniform_below(reverse_.rows.accounts(), words[0], words[1])));
    return true;
  }

  bool end(std::uint32_t s, SetBlock& block) {
    const std::vector<AccountId>& members = slots_[s].members;
    gathered_.insert(gathered_.end(), members.begin(), members.end());
    block.ends.push_back(gathered_.size());
    return begin(s);
  }

  void add(std::uint32_t s, AccountId account) {
    if (visited_.take(s, account) == 0) return;
    slots_[s].members.push_back(account);
    __builtin_prefetch(&reverse_.rows.offsets[account]);
  }

  void turn(std::uint32_t s) {
    Slot& slot = slots_[s];
    look(s, slot);
    if (slot.head == slot.level_end) ++slot.depth, slot.level_end = slot.members.size();
    if (slot.depth >= limit_) slot.head = slot.level_end;
    for (std::uint32_t n = 0; n < at_once && slot.head < slot.level_end; ++n) open(slot, slot.members[slot.head++]);
  }

  // Whom the live follows lead to.
  void look(std::uint32_t s, Slot& slot) {
    for (const Found& found : slot.found) {
      if constexpr (Rows::thinned)
        if (!(found.bound < rows_.chance(found.place))) continue;
      add(s, reverse_.rows.followed[found.place]);
    }
    slot.found.clear();
  }

  void open(Slot& slot, AccountId account) {
    const std::uint64_t begin = reverse_.rows.offsets[account], end = reverse_.rows.offsets[account + 1ULL];
    if (begin == end) return;
    Row row{begin, end, end - begin, rows_.factor(account, end - begin)};
    for (std::uint32_t draw = 0;; ++draw) {
      const Words w = draws_(account, slot.set, draw);
      if constexpr (Rows::thinned) {
        const double bound = uniform_of_two(w[2], w[3]) * rows_.most(account);
        if (!pass(slot, row, uniform_of_two(w[0], w[1]), bound)) return;
      } else if (!pass(slot, row, uniform_of_two(w[0], w[1]), 0) || !pass(slot, row, uniform_of_two(w[2], w[3]), 0)) {
        return;
      }
    }
  }

  // On to the next live place; false where there is none.
  [[gnu::always_inline]] bool pass(Slot& slot, Row& row, double u, double bound) {
    const std::uint64_t left = row.end - row.place;
    if (u <= rows_.none(row.length, left)) return false;
    const double over = passalong::log_of_normal(u) * row.factor;
    if (!(over < static_cast<double>(left))) return false;
    row.place += static_cast<std::uint64_t>(over);
    __builtin_prefetch(&reverse_.rows.followed[row.place]);
    if constexpr (Rows::thinned) __builtin_prefetch(rows_.fetched(row.place));
    slot.found.push_back({row.place++, bound});
    return true;
  }

  const Reverse& reverse_;
  Rows rows_;
  std::uint32_t limit_;
  Stream roots_, draws_;
  Visited visited_;
  std::vector<Slot> slots_;
  std::vector<AccountId> gathered_;  // a block's members so far
  std::uint32_t next_ = 0, left_ = 0;
};

template <class Visited>
std::unique_ptr<SetTracer> make(const Reverse& reverse, const CascadePlan& plan) {
  switch (reverse.chances.kind) {
    case Chances::Kind::uniform:
      return std::make_unique<Tracer<EqualRows, Visited>>(reverse, plan);
    case Chances::Kind::followees:
      return std::make_unique<Tracer<ShareRows, Visited>>(reverse, plan);
    default:
      return std::make_unique<Tracer<OwnRows, Visited>>(reverse, plan);
  }
}
}  // namespace

std::unique_ptr<SetTracer> make_tracer(const Reverse& reverse, const CascadePlan& plan, bool large) {
  return large ? make<VisitedBits>(reverse, plan) : make<VisitedSets>(reverse, plan);
}

}  // namespace passalong
