// Components by Tarjan's algorithm (1972) without recursion; parts are numbered as they are closed, so that follows
// lead to lower numbers.
#include "sim/engine/influence/samples.hpp"

#include <algorithm>
#include <numeric>

namespace passalong {
namespace {
constexpr std::uint32_t none = 0xffff'ffffU;

// One search from each account not met yet.
class Tarjan {
 public:
  Tarjan(const LiveGraph& graph, Search& s, std::vector<std::uint32_t>& part_of, std::vector<std::uint32_t>& sizes)
      : graph_(graph), s_(s), part_of_(part_of), sizes_(sizes) {
    s.order.assign(graph.accounts(), none);
    s.low.resize(graph.accounts()), s.next.resize(graph.accounts());
  }

  void from(AccountId root) {
    if (s_.order[root] != none) return;
    meet(root);
    while (!s_.path.empty()) {
      const AccountId a = s_.path.back();
      if (s_.next[a] < graph_.offsets[a + 1ULL])
        go(a, graph_.targets[s_.next[a]++]);
      else
        leave(a);
    }
  }

 private:
  void meet(AccountId a) {
    s_.order[a] = s_.low[a] = met_++;
    s_.next[a] = graph_.offsets[a];
    s_.path.push_back(a), s_.stack.push_back(a);
  }
  void go(AccountId a, AccountId to) {
    if (s_.order[to] == none)
      meet(to);
    else if (part_of_[to] == none)
      s_.low[a] = std::min(s_.low[a], s_.order[to]);
  }
  void leave(AccountId a) {
    s_.path.pop_back();
    if (!s_.path.empty()) s_.low[s_.path.back()] = std::min(s_.low[s_.path.back()], s_.low[a]);
    if (s_.low[a] == s_.order[a]) close(a);
  }
  void close(AccountId a) {
    std::uint32_t size = 0;
    for (AccountId member = none; member != a; ++size) {
      member = s_.stack.back();
      s_.stack.pop_back();
      part_of_[member] = static_cast<std::uint32_t>(sizes_.size());
    }
    sizes_.push_back(size);
  }

  const LiveGraph& graph_;
  Search& s_;
  std::vector<std::uint32_t>&part_of_, &sizes_;
  std::uint32_t met_ = 0;
};
}  // namespace

Sample::Sample(const LiveGraph& graph, Search& search) {
  find_parts(graph, search);
  join_parts(graph, search);
  states_.assign(parts(), plain);
  choose_hub(search);
}

void Sample::find_parts(const LiveGraph& graph, Search& search) {
  part_of_.assign(graph.accounts(), none);
  Tarjan tarjan(graph, search, part_of_, sizes_);
  for (AccountId a = 0; a < graph.accounts(); ++a) tarjan.from(a);
  sizes_.shrink_to_fit();
}

// Follows between parts, each pair once: accounts are sorted by part.
void Sample::join_parts(const LiveGraph& graph, Search& search) {
  std::vector<std::uint32_t>&starts = search.low, &members = search.order;
  starts.assign(parts() + 1, 0);
  for (std::size_t p = 0; p < parts(); ++p) starts[p + 1] = starts[p] + sizes_[p];
  members.resize(graph.accounts());
  for (AccountId a = 0; a < graph.accounts(); ++a) members[starts[part_of_[a]]++] = a;
  offsets_.assign(1, 0);
  for (std::uint32_t p = 0, m = 0; p < parts(); ++p) {
    for (const std::uint32_t end = m + sizes_[p]; m < end; ++m)
      for (std::uint32_t e = graph.offsets[members[m]]; e < graph.offsets[members[m] + 1ULL]; ++e)
        if (part_of_[graph.targets[e]] != p) targets_.push_back(part_of_[graph.targets[e]]);
    const auto begin = targets_.begin() + offsets_.back();
    std::sort(begin, targets_.end());
    targets_.erase(std::unique(begin, targets_.end()), targets_.end());
    offsets_.push_back(static_cast<std::uint32_t>(targets_.size()));
  }
  targets_.shrink_to_fit(), offsets_.shrink_to_fit();
}

// Of the largest and best connected part; numbers tell who can lead to it.
void Sample::choose_hub(Search& search) {
  std::uint32_t hub = 0;
  const auto weight = [&](std::uint32_t p) { return sizes_[p] + offsets_[p + 1] - offsets_[p]; };
  for (std::uint32_t p = 1; p < parts(); ++p)
    if (weight(p) > weight(hub)) hub = p;
  below_hub_ = all_below_ = walk(hub, 0, search);
  for (const std::uint32_t p : search.queue) states_[p] = below;
  for (std::uint32_t p = hub + 1; p < parts(); ++p)
    for (std::uint32_t e = offsets_[p]; e < offsets_[p + 1]; ++e)
      if (targets_[e] == hub || states_[targets_[e]] == above) states_[p] = above;
}

// Accounts in parts that can be reached without those avoided; the parts are in the queue then.
std::uint32_t Sample::walk(std::uint32_t from, std::uint8_t avoided, Search& search) const {
  if (search.met.size() < parts()) search.met.resize(part_of_.size(), 0);
  if (++search.turn == 0) std::ranges::fill(search.met, 0), search.turn = 1;
  search.queue.assign(1, from);
  search.met[from] = search.turn;
  std::uint32_t reached = 0;
  for (std::size_t head = 0; head < search.queue.size(); ++head) {
    const std::uint32_t part = search.queue[head];
    reached += sizes_[part];
    for (std::uint32_t e = offsets_[part]; e < offsets_[part + 1ULL]; ++e) {
      const std::uint32_t to = targets_[e];
      if (search.met[to] == search.turn || (states_[to] & avoided) != 0) continue;
      search.met[to] = search.turn;
      search.queue.push_back(to);
    }
  }
  return reached;
}

std::uint32_t Sample::gain_of(std::uint32_t part, Search& search) const {
  if ((states_[part] & taken) != 0) return 0;
  if ((states_[part] & above) != 0) return below_hub_ + walk(part, below | taken, search);
  return walk(part, taken, search);
}

void Sample::add_gains(Search& search, std::vector<std::uint64_t>& gains) const {
  std::vector<std::uint32_t>& of_parts = search.low;
  of_parts.resize(std::max(of_parts.size(), parts()));
  for (std::uint32_t p = 0; p < parts(); ++p) of_parts[p] = gain_of(p, search);
  for (std::size_t a = 0; a < part_of_.size(); ++a) gains[a] += of_parts[part_of_[a]];
}

void Sample::take(AccountId account, Search& search) {
  const std::uint32_t part = part_of_[account];
  if ((states_[part] & taken) != 0) return;
  walk(part, taken, search);
  for (const std::uint32_t p : search.queue) {
    if ((states_[p] & below) != 0) below_hub_ -= sizes_[p];
    states_[p] |= taken;
  }
}

void Sample::restore() {
  for (std::uint8_t& state : states_) state &= static_cast<std::uint8_t>(~taken);
  below_hub_ = all_below_;
}

}  // namespace passalong
