// The account that adds most to what those before it reach, k times, on the same live graphs. What an account adds only
// falls (reach is submodular), so most need not be looked at again (CELF: Leskovec et al. 2007).
#include <algorithm>
#include <memory>

#include "sim/engine/influence/influence.hpp"
#include "sim/engine/influence/live.hpp"
#include "sim/engine/influence/samples.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t most_rounds = 8;               // of exchanges; they are tried where no more than so many
constexpr std::uint64_t most_exchanged = 100'000'000;  // gains are looked at in each
constexpr std::size_t at_once = 16;                    // samples between two looks at memory, for each worker

template <class Source>
void draw_graph(const CascadePlan& plan, std::uint32_t replicate, LiveBatch<Source>& batch, LiveGraph& graph) {
  graph.clear();
  const auto take = [&](AccountId from, AccountId follower) {
    while (graph.accounts() < from) graph.offsets.push_back(static_cast<std::uint32_t>(graph.targets.size()));
    graph.targets.push_back(follower);
  };
  const Network& network = *plan.network;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const std::uint64_t end = network.offsets[a + 1ULL];
    for (std::uint64_t at = network.offsets[a]; at < end;) {
      at = batch.add(at, end, replicate, a);
      if (batch.is_full()) batch.end(take);
    }
  }
  batch.end(take);
  graph.offsets.resize(network.accounts() + 1ULL, static_cast<std::uint32_t>(graph.targets.size()));
}

// Gain and account, most first, of equals the lower id; and how many had been chosen when the gain was true.
struct Candidate {
  std::uint64_t gain;
  AccountId account;
  std::uint32_t chosen;
  bool operator<(const Candidate& other) const {
    return gain != other.gain ? gain < other.gain : account > other.account;
  }
};

template <class Source>
class Greedy {
 public:
  Greedy(const InfluencePlan& plan, Team& team)
      : plan_(plan), team_(team), searches_(team.workers()), gains_(team.workers()) {}

  Influence run() {
    Influence influence;
    if (!draw(influence)) return influence;
    std::vector<Candidate> heap = candidates();
    while (influence.accounts.size() < plan_.count) {
      std::pop_heap(heap.begin(), heap.end());
      Candidate& top = heap.back();
      const auto chosen = static_cast<std::uint32_t>(influence.accounts.size());
      if (top.chosen < chosen) {
        top.gain = gain_of(top.account), top.chosen = chosen;
        std::push_heap(heap.begin(), heap.end());
        continue;
      }
      choose(top, influence);
      heap.pop_back();
    }
    const bool few = accounts() * plan_.count * samples_.size() <= most_exchanged;
    if (plan_.exchange && few && plan_.count > 1 && exchange_all(influence)) rank(influence);
    return influence;
  }

 private:
  std::uint64_t accounts() const { return plan_.cascade.network->accounts(); }

  // Each in turn is left out, and whoever then adds most is taken; whether anything changed.
  bool exchange_all(Influence& influence) {
    bool any = false, more = true;
    for (std::uint32_t round = 0; more && round < most_rounds; ++round, any |= more) {
      more = false;
      for (AccountId& account : influence.accounts) {
        const AccountId best = best_beside(influence.accounts, account);
        more |= best != account;
        account = best;
      }
    }
    return any;
  }

  AccountId best_beside(const std::vector<AccountId>& all, AccountId left_out) {
    for (std::vector<std::uint64_t>& gains : gains_) gains.assign(accounts(), 0);
    by_worker([&](Sample& sample, unsigned worker) {
      sample.restore();
      for (const AccountId a : all)
        if (a != left_out) sample.take(a, searches_[worker]);
      sample.add_gains(searches_[worker], gains_[worker]);
    });
    std::vector<std::uint64_t>& sum = gains_[0];
    for (std::size_t w = 1; w < gains_.size(); ++w)
      for (std::size_t a = 0; a < sum.size(); ++a) sum[a] += gains_[w][a];
    const auto best = static_cast<AccountId>(std::ranges::max_element(sum) - sum.begin());
    return sum[best] > sum[left_out] ? best : left_out;
  }

  // The same accounts in greedy order.
  void rank(Influence& influence) {
    std::vector<AccountId> left = std::move(influence.accounts);
    influence.accounts.clear(), influence.gains.clear();
    by_worker([](Sample& sample, unsigned) { sample.restore(); });
    while (!left.empty()) {
      Candidate best{0, left.front(), 0};
      for (const AccountId a : left) best = std::max(best, Candidate{gain_of(a), a, 0});
      choose(best, influence);
      std::erase(left, best.account);
    }
  }

  bool draw(Influence& influence) {
    std::vector<std::unique_ptr<LiveBatch<Source>>> batches(team_.workers());
    std::vector<LiveGraph> graphs(team_.workers());
    for (std::vector<std::uint64_t>& gains : gains_) gains.assign(plan_.cascade.network->accounts(), 0);
    while (samples_.size() < plan_.samples) {
      const std::size_t before = samples_.size();
      samples_.resize(std::min<std::size_t>(plan_.samples, before + at_once * team_.workers()));
      team_.each(samples_.size() - before, [&](std::size_t i, unsigned worker) {
        auto& batch = batches[worker];
        if (!batch) batch = std::make_unique<LiveBatch<Source>>(plan_.cascade);
        const auto replicate = static_cast<std::uint32_t>(first_sample + before + i);
        draw_graph(plan_.cascade, replicate, *batch, graphs[worker]);
        samples_[before + i] = Sample(graphs[worker], searches_[worker]);
        samples_[before + i].add_gains(searches_[worker], gains_[worker]);
      });
      if (!fits(before, influence)) return false;
    }
    return true;
  }

  bool fits(std::size_t before, Influence& influence) {
    for (std::size_t i = before; i < samples_.size(); ++i)
      influence.members += samples_[i].parts(), influence.bytes += samples_[i].bytes();
    influence.sets = samples_.size();
    const std::uint64_t accounts = plan_.cascade.network->accounts();
    const std::uint64_t space = accounts * (16 + 32 * team_.workers());
    const std::uint64_t wanted = influence.bytes / samples_.size() * plan_.samples + space;
    if (wanted > plan_.memory) influence.bytes_wanted = wanted;
    if (samples_.size() == plan_.samples) influence.bytes += space;
    return wanted <= plan_.memory;
  }

  std::vector<Candidate> candidates() {
    std::vector<Candidate> heap;
    for (AccountId a = 0; a < plan_.cascade.network->accounts(); ++a) {
      std::uint64_t gain = 0;
      for (const std::vector<std::uint64_t>& gains : gains_) gain += gains[a];
      heap.push_back({gain, a, 0});
    }
    std::make_heap(heap.begin(), heap.end());
    return heap;
  }

  template <class Part>
  void by_worker(const Part& part) {
    const std::size_t share = std::max<std::size_t>(32, samples_.size() / (4ULL * team_.workers()) + 1);
    team_.blocks(samples_.size(), share, [&](std::size_t begin, std::size_t end, unsigned worker) {
      for (std::size_t i = begin; i < end; ++i) part(samples_[i], worker);
    });
  }

  std::uint64_t gain_of(AccountId account) {
    std::vector<std::uint64_t> sums(team_.workers());
    by_worker([&](const Sample& sample, unsigned worker) { sums[worker] += sample.gain(account, searches_[worker]); });
    std::uint64_t gain = 0;
    for (const std::uint64_t sum : sums) gain += sum;
    return gain;
  }

  void choose(const Candidate& best, Influence& influence) {
    influence.accounts.push_back(best.account);
    influence.gains.push_back(static_cast<double>(best.gain) / plan_.samples);
    by_worker([&](Sample& sample, unsigned worker) { sample.take(best.account, searches_[worker]); });
  }

  const InfluencePlan& plan_;
  Team& team_;
  std::vector<Search> searches_;                   // by worker
  std::vector<std::vector<std::uint64_t>> gains_;  // by worker and account, of the samples it drew
  std::vector<Sample> samples_;
};
}  // namespace

Influence maximise_by_samples(const InfluencePlan& plan, Team& team) {
  InfluencePlan whole = plan;
  whole.cascade = with_levels(plan.cascade);
  return with_chances(whole.cascade, [&]<class Source>() { return Greedy<Source>(whole, team).run(); });
}

}  // namespace passalong
