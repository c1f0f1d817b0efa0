// Picks one account's followees at a time, in three sweeps over its slots so that memory answers while the next slot
// is drawn: words, then targets, then those that are new.
#include "sim/network/generators/follow_draw.hpp"

#include <algorithm>
#include <span>

#include "sim/base/random.hpp"
#include "sim/network/rows.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 1024;
constexpr std::uint32_t tries = 16;       // to find someone new as interests have it,
constexpr std::uint32_t last_tries = 32;  // then as if there were no homophily; then whoever is next by number

// The accounts one account has picked so far: a table of stamped places that is never cleared.
class Picked {
 public:
  void start(std::size_t slots) {
    std::size_t size = 16;
    while (size < 2 * slots) size *= 2;
    if (size > table_.size()) table_.assign(size, 0), stamp_ = 0;
    mask_ = size - 1;
    if (++stamp_ == 0) std::fill(table_.begin(), table_.end(), 0), stamp_ = 1;
  }
  bool insert(AccountId account) {  // false where it was there
    const std::uint64_t entry = std::uint64_t{stamp_} << 32 | account;
    for (std::size_t at = (account * 0x9e3779b1U) >> 7 & mask_;; at = (at + 1) & mask_) {
      if (table_[at] == entry) return false;
      if (table_[at] >> 32 == stamp_) continue;
      table_[at] = entry;
      return true;
    }
  }

 private:
  std::vector<std::uint64_t> table_;
  std::size_t mask_ = 0;
  std::uint32_t stamp_ = 0;
};

// Turns a word into a topic; zero-share topics are never chosen.
class TopicChoice {
 public:
  void set(const double* shares, std::size_t topics) {
    double sum = 0;
    last_ = 0;
    for (std::size_t t = 0; t < topics; ++t) {
      sum += shares[t];
      below_[t] = static_cast<std::uint32_t>(std::min(sum * 4294967296.0, 4294967295.0));
      if (shares[t] > 0) last_ = t;
    }
  }
  std::size_t operator()(std::uint32_t word) const {
    std::size_t topic = 0;
    for (std::size_t t = 0; t < last_; ++t) topic += word >= below_[t];
    return topic;
  }

 private:
  std::uint32_t below_[256];
  std::size_t last_ = 0;
};

struct Pick {
  AccountId account;
  bool returned;
};

class Picker {
 public:
  Picker(const FollowPlan& plan, const TopicMix& mix, const TopicTargets& targets, const Stream& draw)
      : plan_(plan), mix_(mix), targets_(targets), draw_(draw) {
    double all = 0;
    for (const double w : mix.weight()) all += w;
    for (std::size_t t = 0; t < mix.topics(); ++t) shares_[t] = mix.weight()[t] / all;
    anyone_.set(shares_, mix.topics());
  }
  // The accounts that `account` picks, each once, never itself.
  std::span<const Pick> of(AccountId account);

 private:
  const TopicTargets::Entry& entry(const TopicChoice& topic, const Words& words) const {
    return targets_.entry(topic(words[0]), words[1]);
  }
  void keep(AccountId target, std::uint32_t word) { picks_.push_back({target, word < plan_.returns[target]}); }
  void try_again(AccountId account, std::uint32_t slot);

  struct Slot {
    const TopicTargets::Entry* entry;
    AccountId target;
    std::uint32_t alias, reciprocation;
  };
  const FollowPlan& plan_;
  const TopicMix& mix_;
  const TopicTargets& targets_;
  const Stream& draw_;
  TopicChoice topic_, anyone_;
  double shares_[256];
  Picked picked_;
  std::vector<Slot> slots_;
  std::vector<Pick> picks_;
};

std::span<const Pick> Picker::of(AccountId account) {
  const std::uint32_t slots = plan_.picks[account];
  picks_.clear();
  if (slots == 0) return picks_;
  mix_.of(account, shares_);
  topic_.set(shares_, mix_.topics());
  slots_.resize(slots);
  for (std::uint32_t s = 0; s < slots; ++s) {
    const Words words = draw_(account, s);
    slots_[s] = {&entry(topic_, words), 0, words[2], words[3]};
    __builtin_prefetch(slots_[s].entry);
  }
  for (Slot& slot : slots_) {
    slot.target = slot.entry->choose(slot.alias);
    __builtin_prefetch(&plan_.returns[slot.target]);
  }
  picked_.start(slots + 1ULL);
  picked_.insert(account);
  for (std::uint32_t s = 0; s < slots; ++s) {
    if (picked_.insert(slots_[s].target))
      keep(slots_[s].target, slots_[s].reciprocation);
    else
      try_again(account, s);
  }
  return picks_;
}

// Terminates: no account has as many slots as there are others.
void Picker::try_again(AccountId account, std::uint32_t slot) {
  AccountId target = account;
  Words words{};
  for (std::uint32_t attempt = 1; attempt < last_tries; ++attempt) {
    words = draw_(account, slot, attempt);
    target = entry(attempt < tries ? topic_ : anyone_, words).choose(words[2]);
    if (picked_.insert(target)) return keep(target, words[3]);
  }
  do target = target + 1 == plan_.picks.size() ? 0 : target + 1;
  while (!picked_.insert(target));
  keep(target, words[3]);
}

void count_follows(AccountId account, std::span<const Pick> picks, RowBuilder& rows) {
  std::uint64_t returned = 0;
  for (const Pick& pick : picks) {
    rows.count(pick.account);
    returned += pick.returned;
  }
  if (returned > 0) rows.count(account, returned);
}

void add_follows(AccountId account, std::span<const Pick> picks, std::vector<AccountId*>& places, RowBuilder& rows) {
  places.clear();
  std::uint64_t returned = 0;
  for (const Pick& pick : picks) {
    places.push_back(rows.claim(pick.account));
    __builtin_prefetch(places.back(), 1);
    returned += pick.returned;
  }
  for (AccountId* place : places) *place = account;
  if (returned == 0) return;
  AccountId* place = rows.claim(account, returned);
  for (const Pick& pick : picks)
    if (pick.returned) *place++ = pick.account;
}
}  // namespace

Network draw_follows(const FollowPlan& plan, const TopicMix& mix, const TopicTargets& targets, std::uint64_t seed,
                     std::uint32_t replicate, Team& team) {
  const Stream draw(seed, replicate, Purpose::followee);
  const std::size_t accounts = plan.picks.size();
  std::vector<Picker> pickers(team.workers(), Picker(plan, mix, targets, draw));
  std::vector<std::vector<AccountId*>> places(team.workers());
  RowBuilder rows(static_cast<AccountId>(accounts));
  const auto each_account = [&](const auto& body) {
    team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned worker) {
      for (std::size_t a = begin; a < end; ++a) {
        const auto account = static_cast<AccountId>(a);
        body(account, pickers[worker].of(account), worker);
      }
    });
  };
  each_account([&](AccountId a, std::span<const Pick> picks, unsigned) { count_follows(a, picks, rows); });
  rows.open();
  each_account(
      [&](AccountId a, std::span<const Pick> picks, unsigned worker) { add_follows(a, picks, places[worker], rows); });
  return rows.close(team);
}

}  // namespace passalong
