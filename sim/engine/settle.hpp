// Settle: the serial end of the tick. Partitions' decisions are taken over in the order of partitions; follower
// lists and attention change between ticks only. Also: how a world begins, is saved and is loaded.
#pragma once
#include "sim/engine/world_of.hpp"

namespace passalong {

template <ReaderModel M>
WorldOf<M>::WorldOf(const Setting& setting, const M& model, Tick lifetime, Team& team)
    : setting_(setting),
      model_(model),
      team_(team),
      cut_(setting.network(), setting.accounts() - setting.network().accounts()),
      follows_(setting_),
      rhythm_(setting_),
      rewiring_(setting_, cut_),
      publisher_(setting_, lifetime),
      deliverer_(setting_, follows_, rhythm_, cut_, team.workers()),
      copies_(setting_, publisher_, follows_, cut_, team.workers()),
      feed_(setting_, publisher_, follows_, rhythm_, team),
      ticks_per_day_(static_cast<Tick>(setting.scenario->ticks_per_day() + 0.5)),
      inflow_(setting.stream(Purpose::inflow)),
      sight_(setting.stream(Purpose::sight)),
      reaction_(setting.stream(Purpose::reaction)),
      simulated_(setting.scenario->population.posts > 0),
      partitions_(cut_.count()),
      reposts_(simulated_ ? lifetime : 0, team.workers()),
      plan_(setting_, rhythm_, static_cast<std::uint32_t>(ticks_per_day_)),
      readings_(simulated_ ? team.workers() : 0) {
  if (simulated_ && setting.scenario->output.base_rates) log_ = std::make_unique<ShareLog>();
  const std::size_t studied = setting.studied.size();
  for (Partition& p : partitions_) {
    p.relations.resize(studied), p.joining.resize(studied), p.leaving.resize(studied), p.counts.resize(studied);
    for (std::size_t s = 0; s < studied; ++s) p.relations[s].remember(publisher_.policy(s).most_alive(lifetime) + 3);
    if (setting.scenario->output.trust) p.trust.assign(studied, TrustLedger(lifetime));
    if (simulated_) p.sharers.remember(static_cast<std::size_t>(lifetime / ticks_per_day_) + 2);
  }
  c_.present = setting.network().accounts();
  c_.studied.resize(studied);
  c_.wheel.resize(static_cast<std::size_t>(lifetime) + 1);
  if (feed_.on()) keep_followings();
  begin_attention();
  for (std::size_t s = 0; s < studied; ++s) {
    const std::vector<Population::Fan> own = audience_of_taken(s);
    const auto& audience = self_[s] == no_account ? setting.population->audience(s) : own;
    const auto most = self_[s] == no_account ? static_cast<std::size_t>(setting.studied[s]->followers) : own.size();
    const std::size_t size = std::min(audience.size(), most);
    for (std::size_t k = 0; k < size; ++k) join(s, audience[k].account, audience[k].reciprocal, true);
    c_.studied[s].first_audience = size;
  }
  rewire();
  for (Studied& s : c_.studied) s.counts.follows = 0;  // the first audience is a stock, not a flow
  for (std::size_t s = 0; s < studied; ++s) publisher_.policy(s).begin(c_.studied[s]);
  refresh_attention(false);
}

// The first audience of an account that takes the place of one in the network.
template <ReaderModel M>
std::vector<Population::Fan> WorldOf<M>::audience_of_taken(std::size_t s) {
  const std::string& label = setting_.studied[s]->account;
  self_.push_back(label.empty() ? no_account : account_labelled(setting_.network(), label));
  return self_[s] == no_account ? std::vector<Population::Fan>() : audience_of(setting_.network(), self_[s]);
}

template <ReaderModel M>
void WorldOf<M>::join(std::size_t s, AccountId reader, bool reciprocal, bool old) {
  if (reader == self_[s]) return;
  Partition& p = partitions_[cut_.of(reader)];
  Row& row = p.relations[s].find_or_add(reader, [&] { return model_.stranger(id_of(s)); });
  if (row.tie.follower != 0 || row.tie.joining != 0 || model_.closed(row.state)) return;
  row.tie.joining = 1;
  if (old) row.tie.old = 1, row.tie.reciprocal = reciprocal;
  p.joining[s].push_back(reader);
}

template <ReaderModel M>
void WorldOf<M>::leave(std::size_t s, AccountId reader, std::uint32_t cause) {
  Partition& p = partitions_[cut_.of(reader)];
  Row* row = p.relations[s].find(reader);
  if (row == nullptr || row->tie.follower == 0 || row->tie.leaving != 0) return;
  row->tie.leaving = 1;
  p.leaving[s].push_back(reader);
  ++c_.studied[s].counts.causes[cause];
  tell(What::unfollow, reader, id_of(s), cause);
}

template <ReaderModel M>
std::vector<TrustLedger> WorldOf<M>::trust_ledgers() const {
  std::vector<TrustLedger> all = partitions_.front().trust;
  for (std::size_t p = 1; p < partitions_.size(); ++p)
    for (std::size_t s = 0; s < all.size(); ++s) all[s] += partitions_[p].trust[s];
  return all;
}

template <ReaderModel M>
void WorldOf<M>::settle() {
  for (Partition& p : partitions_) absorb(p);
  follow_up(deeds_);
  deeds_.clear();
  if (day_ends()) welcome_inflow();
  rewire();
  if (!day_ends()) return;
  const bool changed =
      rewiring_.end_day(c_, follows_, static_cast<std::uint32_t>(c_.now / ticks_per_day_), team_, happenings_);
  turn_policies();
  refresh_attention(changed);
}

// What each account does from the next day on; where that is more or less, its followers' attention feels it.
template <ReaderModel M>
void WorldOf<M>::turn_policies() {
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    Studied& account = c_.studied[s];
    if (publisher_.policy(s).turn(account, static_cast<std::uint32_t>(c_.now / ticks_per_day_) + 1))
      c_.rewired.insert(c_.rewired.end(), account.followers.begin(), account.followers.end());
  }
}

template <ReaderModel M>
void WorldOf<M>::absorb(Partition& p) {
  for (const auto& [due, share] : p.shares) c_.wheel[static_cast<std::size_t>(due) % c_.wheel.size()].push_back(share);
  p.shares.clear();
  for (std::size_t s = 0; s < p.counts.size(); ++s) c_.studied[s].counts += std::exchange(p.counts[s], {});
  c_.everyone += std::exchange(p.everyone, {});
  deeds_.insert(deeds_.end(), p.deeds.begin(), p.deeds.end());
  p.deeds.clear();
  std::sort(p.won.begin(), p.won.end());
  p.won.erase(std::unique(p.won.begin(), p.won.end()), p.won.end());
  rewiring_.note_won(p.won);
  p.won.clear();
  for (const OrdinaryShare& share : p.shared) log_->add(share);
  p.shared.clear();
  for (std::uint32_t k = 0; k < p.seen.size(); ++k)
    if (p.seen[k] != 0) c_.tallies[c_.tallies.first + k].impressions += std::exchange(p.seen[k], 0);
  if (inquiry_ != nullptr) answer(p);
  if (happenings_ == nullptr) return;
  std::sort(p.happenings.begin(), p.happenings.end());
  happenings_->insert(happenings_->end(), p.happenings.begin(), p.happenings.end());
  p.happenings.clear();
}

// Follows out of the blue, part of them through a follower's followers: a steady number a day.
template <ReaderModel M>
void WorldOf<M>::welcome_inflow() {
  const AudienceSection& audience = setting_.scenario->audience;
  const auto day = static_cast<std::uint32_t>(c_.now / ticks_per_day_);
  const auto pick = [](std::uint32_t word, std::size_t size) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(word) * size >> 32);
  };
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    const double expected = audience.inflow * static_cast<double>(c_.studied[s].first_audience) / 30;
    const auto& followers = c_.studied[s].followers;
    for (std::uint32_t slot = 0; slot < expected; ++slot) {
      const Words w = inflow_(id_of(s), day, slot);
      if (uniform(w[0]) >= expected - slot) continue;
      AccountId who = static_cast<AccountId>(pick(w[3], c_.present));
      if (uniform(w[1]) < audience.inflow_near) {
        if (followers.empty()) continue;
        const auto near = follows_.list(followers[pick(w[2], followers.size())]);
        if (near.empty()) continue;
        who = near[pick(w[3], near.size())];
      }
      Partition& p = partitions_[cut_.of(who)];
      const std::size_t before = p.joining[s].size();
      join(s, who, false, false);
      if (p.joining[s].size() > before) tell(What::follow, who, id_of(s), ~0U);
    }
  }
}

// Applies joins and leaves: what takes effect at t + 1.
template <ReaderModel M>
void WorldOf<M>::rewire() {
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    auto& followers = c_.studied[s].followers;
    const std::size_t before = followers.size();
    bool left = false;
    for (Partition& p : partitions_) {
      for (const AccountId i : p.leaving[s]) {
        Tie& tie = p.relations[s].find(i)->tie;
        tie.follower = tie.leaving = tie.old = 0, left = true;
        c_.rewired.push_back(i);
      }
      c_.studied[s].counts.unfollows += p.leaving[s].size();
      p.leaving[s].clear();
    }
    if (left)
      std::erase_if(followers,
                    [&](AccountId i) { return partitions_[cut_.of(i)].relations[s].find(i)->tie.follower == 0; });
    const auto middle = static_cast<std::ptrdiff_t>(followers.size());
    for (Partition& p : partitions_) {
      for (const AccountId i : p.joining[s]) {
        Row& row = *p.relations[s].find(i);
        row.tie.follower = 1, row.tie.joining = 0, row.tie.since = c_.now + 1, ++row.tie.spell;
        model_.begin_spell(row.tie, row.state, id_of(s));
        followers.push_back(i), c_.rewired.push_back(i);
      }
      c_.studied[s].counts.follows += p.joining[s].size();
      p.joining[s].clear();
    }
    if (!left && followers.size() == before) continue;
    std::sort(followers.begin() + middle, followers.end());
    std::inplace_merge(followers.begin(), followers.begin() + middle, followers.end());
  }
}

template <ReaderModel M>
void WorldOf<M>::refresh_attention(bool follows_changed) {
  if (feed_.on()) return c_.rewired.clear();
  for (const AccountId i : c_.rewired) set_attention(i);
  c_.rewired.clear();
  if (simulated_ && follows_changed) arrange_glances(highest_attention());
}

// By the most that anyone sees with at any hour.
template <ReaderModel M>
void WorldOf<M>::arrange_glances(const HugeColumn<std::uint32_t>& most) {
  if (!rhythm_.raises()) return glance_.arrange(most, follows_, team_);
  HugeColumn<std::uint32_t> raised(most);
  for (std::size_t i = 0; i < most.size(); ++i) raised[i] = rhythm_.highest(most[i], static_cast<AccountId>(i));
  glance_.arrange(raised, follows_, team_);
}

// An account's P(see) is at its highest beside no posts of studied accounts.
template <ReaderModel M>
HugeColumn<std::uint32_t> WorldOf<M>::highest_attention() const {
  HugeColumn<std::uint32_t> most(setting_.accounts());
  constexpr std::size_t block = 8192;
  team_.blocks(most.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) most[i] = see(static_cast<AccountId>(i), 0);
  });
  return most;
}

template <ReaderModel M>
void WorldOf<M>::begin_attention() {
  if (feed_.on()) return;  // readers check, whoever else there is
  c_.see = highest_attention();
  if (simulated_) arrange_glances(c_.see);
}

// Attention is load over capacity, from rates: recomputed at day borders, never counted from deliveries.
template <ReaderModel M>
void WorldOf<M>::set_attention(AccountId reader) {
  double studied = 0;
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    const Row* row = relation(s, reader);
    if (row != nullptr && row->tie.follower != 0) studied += c_.studied[s].regime.posts;
  }
  c_.see[reader] = see(reader, studied);
}

// P(see) in 2^-31, beside so many posts a day of studied accounts.
template <ReaderModel M>
std::uint32_t WorldOf<M>::see(AccountId reader, double studied) const {
  const double p = model_.see_probability(reader, follows_.load(reader) + studied);
  return static_cast<std::uint32_t>(std::clamp(p, 0.0, 1.0) * Glance::one);
}

// What a saved state has to share with the world that takes it over.
template <ReaderModel M>
std::uint64_t WorldOf<M>::signature(const Setting& setting) const {
  Scenario same = *setting.scenario;  // less what may differ between a run and its continuation
  same.title.clear(), same.duration = 0, same.replicates = 1, same.output = {}, same.strategies.clear(),
                      same.brands.clear();
  same.output.base_rates = log_ != nullptr, same.output.trust = setting.scenario->output.trust;
  Saver saver;
  for (const char c : resolved_toml(same)) saver(c);
  saver(setting.replicate), saver(setting.accounts()), saver(setting.network().follows()), saver(sizeof(Row));
  for (const StrategySection* s : setting.studied) {
    for (const char c : resolved_toml(*s)) saver(c);
    saver(s->calendar.posts),
        saver(s->order == "as drawn" && s->calendar.file.empty() ? 0 : setting.scenario->last_tick());
  }
  return hash_bytes(saver.bytes);
}

template <ReaderModel M>
std::string WorldOf<M>::save() const {
  Saver saver;
  saver(signature(setting_)), saver(c_), saver(partitions_);
  if (simulated_) saver(reposts_);
  if (log_ != nullptr) saver(*log_);
  if (follows_.can_change()) saver(follows_), saver(rewiring_);
  if (feed_.on()) saver(feed_);
  save_further(saver);
  return std::move(saver.bytes);
}

// All or nothing: a state that is refused leaves the world as it was.
template <ReaderModel M>
void WorldOf<M>::take(const std::string& bytes, std::uint64_t whose_it_is) {
  Loader loader(bytes);
  std::uint64_t whose = 0;
  loader(whose);
  if (whose != whose_it_is) Loader::refuse();
  Columns columns;
  std::vector<Partition> partitions;
  Follows follows(setting_);
  if (feed_.on()) follows.keep_followings(follows_.followings().shared());
  Rewiring rewiring(setting_, cut_);
  RepostWheel reposts(publisher_.lifetime(), team_.workers());
  loader(columns), loader(partitions);
  if (simulated_) loader(reposts);
  ShareLog log;
  if (log_ != nullptr) loader(log);
  if (follows_.can_change()) loader(follows), loader(rewiring);
  Feed feed(setting_, publisher_, follows_, rhythm_, team_);
  if (feed_.on()) loader(feed);
  load_further(loader);
  loader.finish();
  const std::size_t studied = setting_.studied.size();
  if (columns.see.size() != c_.see.size() || columns.wheel.size() != c_.wheel.size() ||
      columns.studied.size() != studied || partitions.size() != partitions_.size() ||
      (follows_.can_change() && !follows.sound()) || columns.present > setting_.accounts() ||
      !sound(partitions, reposts) || !log.sound() || (feed_.on() && !feed.sound()))
    Loader::refuse();
  accept_further();
  for (Partition& p : partitions) p.joining.resize(studied), p.leaving.resize(studied), p.counts.resize(studied);
  c_ = std::move(columns), partitions_ = std::move(partitions), closed_.clear();
  follows_ = std::move(follows), rewiring_ = std::move(rewiring), reposts_ = std::move(reposts);
  if (log_ != nullptr) *log_ = std::move(log);
  feed_.take(std::move(feed));
  if (simulated_) restore_ordinary();
}

// Whether what was loaded about ordinary posts can be this world's.
template <ReaderModel M>
bool WorldOf<M>::sound(const std::vector<Partition>& partitions, const RepostWheel& reposts) const {
  const std::size_t days = simulated_ ? partitions_.front().sharers.days() : 0;
  return std::all_of(partitions.begin(), partitions.end(),
                     [&](const Partition& p) {
                       return p.sharers.days() == days && p.trust.size() == partitions_.front().trust.size() &&
                              std::all_of(p.trust.begin(), p.trust.end(),
                                          [&](const TrustLedger& t) { return t.sound(publisher_.lifetime()); });
                     }) &&
         (!simulated_ || reposts.sound(setting_.accounts()));
}

// What follows from the state: who glances, and what is left of the day's plan.
template <ReaderModel M>
void WorldOf<M>::restore_ordinary() {
  if (follows_.can_change() && !feed_.on()) arrange_glances(highest_attention());
  if (c_.now % ticks_per_day_ != 0) plan_.draw(static_cast<std::uint32_t>(c_.now / ticks_per_day_), c_.present, team_);
}

template <ReaderModel M>
std::uint64_t WorldOf<M>::bytes() const {
  std::uint64_t sum = c_.see.capacity() * 4 + deliverer_.bytes() + follows_.bytes() + rewiring_.bytes() +
                      rhythm_.bytes() + c_.posts.items.capacity() * sizeof(Post) +
                      c_.nodes.items.capacity() * sizeof(Node) + copies_.bytes() + feed_.bytes() + plan_.bytes() +
                      glance_.bytes() + reposts_.bytes() + (log_ != nullptr ? log_->bytes() : 0);
  for (const Partition& p : partitions_) {
    for (const auto& table : p.relations) sum += table.bytes();
    sum += p.sharers.bytes() + p.impressions.capacity() * sizeof(Impression);
  }
  return sum;
}

}  // namespace passalong
