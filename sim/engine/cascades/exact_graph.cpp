#include "sim/engine/cascades/exact_graph.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <set>

#include "sim/base/compensated.hpp"

namespace passalong {
namespace {

class Sight {
 public:
  Sight(const CascadePlan& plan, const std::vector<AccountId>& seeds)
      : plan_(plan), network_(*plan.network), is_sure_(reach(seeds, 1)), is_possible_(reach(seeds, 0)) {}

  LiveGraph graph() {
    list_uncertain();
    if (graph_.uncertain > most_uncertain) return graph_;
    number_heads();
    class_accounts();
    for (const auto& [tail, head, chance] : uncertain_)
      graph_.edges.push_back({is_sure_[tail] ? 0 : brought_by_[tail], head_of_.at(head), 1 - chance});
    return graph_;
  }

 private:
  struct Follow {
    AccountId tail, head;
    double chance;
  };

  // Those reached along follows that carry for certain, or perhaps: with at least that chance, and more than none.
  std::vector<bool> reach(const std::vector<AccountId>& from, double least) const {
    std::vector<bool> reached(network_.accounts());
    std::vector<AccountId> queue;
    const auto take = [&](AccountId account) {
      if (!reached[account]) queue.push_back(account);
      reached[account] = true;
    };
    for (const AccountId account : from) take(account);
    for (std::size_t i = 0; i < queue.size(); ++i)
      each_follow(queue[i], [&](AccountId follower, double chance) {
        if (chance > 0 && chance >= least) take(follower);
      });
    return reached;
  }

  template <class Body>
  void each_follow(AccountId account, const Body& body) const {
    for (std::uint64_t e = network_.offsets[account]; e < network_.offsets[account + 1ULL]; ++e)
      body(network_.followers[e], chance_of(network_, plan_.chances, e, network_.followers[e]));
  }

  void list_uncertain() {
    std::set<std::pair<AccountId, AccountId>> pairs;
    for (AccountId tail = 0; tail < network_.accounts() && pairs.size() <= most_uncertain; ++tail) {
      if (!is_possible_[tail]) continue;
      each_follow(tail, [&](AccountId head, double chance) {
        if (chance <= 0 || chance >= 1 || is_sure_[head]) return;
        uncertain_.push_back({tail, head, chance});
        pairs.insert(std::minmax(tail, head));
      });
    }
    graph_.uncertain = static_cast<std::uint32_t>(pairs.size());
  }

  void number_heads() {
    for (const Follow& follow : uncertain_)
      if (head_of_.emplace(follow.head, static_cast<std::uint32_t>(graph_.heads.size())).second)
        graph_.heads.push_back(follow.head);
    brought_by_.resize(network_.accounts());
    for (std::size_t h = 0; h < graph_.heads.size(); ++h) {
      const std::vector<bool> reached = reach({graph_.heads[h]}, 1);
      for (AccountId account = 0; account < network_.accounts(); ++account)
        if (reached[account] && !is_sure_[account]) brought_by_[account] |= std::uint64_t{1} << h;
    }
    graph_.brings.resize(graph_.heads.size());
    for (std::size_t h = 0; h < graph_.heads.size(); ++h)
      for (std::size_t by = 0; by < graph_.heads.size(); ++by)
        graph_.brings[by] |= (brought_by_[graph_.heads[h]] >> by & 1) << h;
  }

  void class_accounts() {
    std::map<std::uint64_t, std::vector<AccountId>> classes;
    for (AccountId account = 0; account < network_.accounts(); ++account) {
      if (is_sure_[account]) graph_.sure.push_back(account);
      if (brought_by_[account] != 0) classes[brought_by_[account]].push_back(account);
    }
    for (auto& [heads, accounts] : classes) graph_.classes.push_back({heads, std::move(accounts)});
  }

  const CascadePlan& plan_;
  const Network& network_;
  std::vector<bool> is_sure_, is_possible_;
  std::vector<Follow> uncertain_;
  std::map<AccountId, std::uint32_t> head_of_;
  std::vector<std::uint64_t> brought_by_;  // by account: heads that reach it for certain
  LiveGraph graph_;
};

class Enumeration {
 public:
  Enumeration(const LiveGraph& graph, const CascadePlan& plan)
      : graph_(graph),
        plan_(plan),
        edges_of_(graph.heads.size()),
        classes_of_(graph.heads.size()),
        sizes_(plan.network->accounts() + 1ULL),
        chances_(graph.classes.size()) {
    list_by_head(graph.edges, edges_of_, &LiveGraph::Edge::tails);
    list_by_head(graph.classes, classes_of_, &LiveGraph::Class::heads);
  }

  bool run() {
    State start;
    start.fails.fill(1);
    start.size = graph_.sure.size();
    for (const LiveGraph::Edge& edge : graph_.edges)
      if (edge.tails == 0) meet(edge, start);
    branch(start);
    return going_;
  }

  void add_to(ExactSpread& spread, double weight) const {
    for (std::size_t size = 0; size < sizes_.size(); ++size) spread.sizes[size] += weight * sizes_[size].value();
    for (const AccountId account : graph_.sure) spread.accounts[account] += weight;
    for (std::size_t c = 0; c < chances_.size(); ++c)
      for (const AccountId account : graph_.classes[c].accounts)
        spread.accounts[account] += weight * chances_[c].value();
  }

 private:
  struct State {
    std::uint64_t active = 0, met = 0;  // heads; those that follows from active accounts lead to, undecided
    std::array<double, 64> fails;       // by head: chance that none of these carries
    double chance = 1;
    std::uint64_t size = 0;
  };

  template <class Item, class Member>
  static void list_by_head(const std::vector<Item>& items, std::vector<std::vector<std::uint32_t>>& lists,
                           Member heads) {
    for (std::uint32_t i = 0; i < items.size(); ++i)
      for (std::uint64_t rest = items[i].*heads; rest != 0; rest &= rest - 1)
        lists[static_cast<std::size_t>(std::countr_zero(rest))].push_back(i);
  }

  static void meet(const LiveGraph::Edge& edge, State& state) {
    state.fails[edge.head] *= edge.fails;
    state.met |= std::uint64_t{1} << edge.head;
  }

  // Whether the next head that is met becomes active; where none is, the cascade is over.
  void branch(State& state) {
    while (state.met != 0 && going_) {
      const auto head = static_cast<std::uint32_t>(std::countr_zero(state.met));
      State live = state;
      live.chance *= 1 - state.fails[head];
      activate(head, live);
      branch(live);
      state.chance *= state.fails[head];
      state.fails[head] = 1;
      state.met &= state.met - 1;
    }
    sizes_[state.size] += state.chance;
    if (plan_.go_on && ++ends_ % 65'536 == 0) going_ = plan_.go_on();
  }

  void activate(std::uint32_t head, State& state) {
    for (std::uint64_t rest = graph_.brings[head] & ~state.active; rest != 0; rest &= rest - 1) {
      const auto h = static_cast<std::size_t>(std::countr_zero(rest));
      for (const std::uint32_t c : classes_of_[h]) {
        if ((graph_.classes[c].heads & state.active) != 0) continue;
        chances_[c] += state.chance;
        state.size += graph_.classes[c].accounts.size();
      }
      for (const std::uint32_t e : edges_of_[h])
        if ((graph_.edges[e].tails & state.active) == 0) meet(graph_.edges[e], state);
      state.active |= rest & -rest;
    }
    state.met &= ~state.active;
  }

  const LiveGraph& graph_;
  const CascadePlan& plan_;
  std::vector<std::vector<std::uint32_t>> edges_of_, classes_of_;  // by head
  std::vector<Compensated> sizes_, chances_;
  std::uint64_t ends_ = 0;
  bool going_ = true;
};

}  // namespace

LiveGraph see_from(const CascadePlan& plan, const std::vector<AccountId>& seeds) { return Sight(plan, seeds).graph(); }

bool add_outcomes(const LiveGraph& graph, double weight, const CascadePlan& plan, ExactSpread& spread) {
  Enumeration enumeration(graph, plan);
  const bool whole = enumeration.run();
  enumeration.add_to(spread, weight);
  return whole;
}

}  // namespace passalong
