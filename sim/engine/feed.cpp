// Reading feeds: who checks, what is new to them, and what the top of it is. Look-ups go in steps that fetch what the
// next step reads: whom a reader follows, their newest copies, the posts.
#include "sim/engine/feed.hpp"

#include <algorithm>
#include <tuple>

#include "sim/base/math.hpp"
#include "sim/engine/choose.hpp"
#include "sim/engine/poisson.hpp"

namespace passalong {
namespace {
constexpr double most_checks = 500;  // a tick, in the mean

double novelty(double hours) { return exp(-0.4 * power(hours, 0.4)); }  // Wu & Huberman 2007, as used by SimSoM

bool by_id(const FeedEntry& a, const FeedEntry& b) {
  return std::tuple(a.id.author, a.id.ordinal) < std::tuple(b.id.author, b.id.ordinal);
}
}  // namespace

Feed::Feed(const Setting& setting, const Publisher& publisher, const Follows& follows, const Rhythm& rhythm, Team& team)
    : setting_(setting), publisher_(publisher), follows_(follows), rhythm_(rhythm) {
  const Scenario& s = *setting.scenario;
  const FeedForm* form = s.parameters && s.population.posts > 0 ? s.parameters->feed() : nullptr;
  if (form == nullptr) return;
  form_ = *form;
  ranking_ = form_->ranking == "engagement" ? Ranking::engagement
             : form_->ranking == "interest" ? Ranking::interest
             : form_->ranking == "random"   ? Ranking::random
                                            : Ranking::chronological;
  accounts_ = setting.accounts();
  lifetime_ = publisher.lifetime(), window_ = std::max<Tick>(1, s.ticks(form_->window));
  checks_a_post_ = s.tick / 24 / static_cast<double>(form_->slots);
  for (Tick age = 0; age <= lifetime_; ++age) novelty_.push_back(novelty(age * s.tick));
  check_ = setting.stream(Purpose::feed_check), rank_ = setting.stream(Purpose::feed_rank);
  pick_ = setting.stream(Purpose::feed_pick), content_ = setting.stream(Purpose::post_content);
  board_.latest.resize(board_accounts());
  last_.assign(accounts_, -1);
  desks_.resize(team.workers());
  find_idle(team);
}

// Most readers check in few ticks: one comparison of words tells them apart from those for whom it takes more. By the
// hour at which they check most.
void Feed::find_idle(Team& team) {
  idle_.resize(accounts_);
  team.blocks(accounts_, 8192, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto reader = static_cast<AccountId>(i);
      const double mean = mean_checks(reader) * (rhythm_.on() ? rhythm_.highest_factor(reader) : 1);
      idle_[i] = static_cast<std::uint32_t>(std::clamp(exp(-mean) * 0x1p32 - 1, 0.0, 0x1p32 - 1));  // surely none
    }
  });
}

void Feed::count_checks(AccountId begin, std::size_t count, Tick now, std::uint32_t* checks) const {
  if (!rhythm_.on()) return count_checks(begin, count, now, checks, [&](AccountId i) { return mean_checks(i); });
  const Rhythm::Hour hour = rhythm_.at(now);
  count_checks(begin, count, now, checks, [&](AccountId i) { return mean_checks(i) * hour.factor(i); });
}

template <class Mean>
void Feed::count_checks(AccountId begin, std::size_t count, Tick now, std::uint32_t* checks, const Mean& mean) const {
  AccountId readers[together] = {};
  std::uint32_t words[together];
  for (std::size_t k = 0; k < count; ++k) readers[k] = begin + static_cast<AccountId>(k);
  check_.first_words(readers, count, 0, static_cast<std::uint32_t>(now), words);
  for (std::size_t k = 0; k < count; ++k) {
    checks[k] = 0;
    if (words[k] < idle_[readers[k]]) continue;
    const double expected = std::min(most_checks, mean(readers[k]));
    checks[k] = poisson(expected, exp(-expected), uniform(words[k]));
  }
}

void Feed::look(AccountId reader, std::uint32_t checks, Tick now, Desk& desk) {
  gather(reader, std::max(last_[reader], now - window_), desk);
  last_[reader] = now;
  keep_one_each(desk);
  keep_top(reader, std::size_t{checks} * static_cast<std::size_t>(form_->slots), now, desk);
}

// All copies after a tick by those the reader follows, but for its own posts, those of whom it has shut out, and those
// that are dead.
void Feed::gather(AccountId reader, Tick after, Desk& desk) const {
  desk.entries.clear(), desk.shared = false;
  gather_from(follows_.followings().of(reader), reader, after, desk);
  gather_from(desk.studied, reader, after, desk);
}

void Feed::gather_from(std::span<const AccountId> sharers, AccountId reader, Tick after, Desk& desk) const {
  constexpr std::size_t some = 64;
  for (std::size_t first = 0; first < sharers.size(); first += some) {
    const auto these = sharers.subspan(first, std::min(some, sharers.size() - first));
    for (const AccountId s : these) __builtin_prefetch(&board_.latest[s]);
    desk.fronts.clear();
    for (const AccountId s : these)
      if (board_.latest[s].tick > after) advance(s, board_.latest[s].copy, desk);
    const std::size_t before = desk.entries.size();
    while (!desk.fronts.empty()) take_fronts(after, desk);
    std::size_t kept = before;
    for (std::size_t k = before; k < desk.entries.size(); ++k) {
      FeedEntry& entry = desk.entries[k];
      entry.id = board_.posts[entry.post].id;
      if (entry.id.author == reader) continue;
      if (std::find(desk.blocked.begin(), desk.blocked.end(), entry.id.author) != desk.blocked.end()) continue;
      desk.shared |= entry.sharer != entry.id.author;
      desk.entries[kept++] = entry;
    }
    desk.entries.resize(kept);
  }
}

void Feed::advance(AccountId sharer, std::uint32_t copy, Desk& desk) const {
  if (!board_.copies.holds(copy)) return;
  __builtin_prefetch(&board_.copies[copy]);
  desk.fronts.push_back({sharer, copy});
}

// One step along the chains of all who are in hand, since each step waits for memory.
void Feed::take_fronts(Tick after, Desk& desk) const {
  desk.fronts.swap(desk.passed);
  desk.fronts.clear();
  for (const auto& [sharer, number] : desk.passed) {
    const FeedCopy& copy = board_.copies[number];
    if (copy.tick <= after) continue;
    advance(sharer, copy.older, desk);
    if (!board_.posts.holds(copy.post)) continue;  // dead
    __builtin_prefetch(&board_.posts[copy.post]);
    desk.entries.push_back({{}, copy.post, copy.node, sharer, copy.moment, copy.tick, 0, 1});
  }
}

// Of several copies of a post: the one that stands first where the order is by time, else the earliest; of the same
// tick, the sharer with the lowest id.
void Feed::keep_one_each(Desk& desk) const {
  if (!desk.shared) return;
  const bool newest = ranking_ == Ranking::chronological;
  const auto key = [&](const FeedEntry& e) {
    return std::tuple(e.id.author, e.id.ordinal, newest ? -std::int64_t{e.tick} : std::int64_t{e.tick},
                      newest ? ~e.moment : 0U, e.sharer);
  };
  std::sort(desk.entries.begin(), desk.entries.end(),
            [&](const FeedEntry& a, const FeedEntry& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const FeedEntry& entry : desk.entries)
    if (kept > 0 && desk.entries[kept - 1].id == entry.id)
      ++desk.entries[kept - 1].copies;
    else
      desk.entries[kept++] = entry;
  desk.entries.resize(kept);
}

void Feed::keep_top(AccountId reader, std::size_t most, Tick now, Desk& desk) const {
  std::vector<FeedEntry>& all = desk.entries;
  if (all.size() <= most) return;
  for (FeedEntry& entry : all) entry.rank = rank(reader, entry, now);
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(all.begin(), end, all.end(), [](const FeedEntry& a, const FeedEntry& b) {
    return a.rank != b.rank ? a.rank > b.rank : by_id(a, b);
  });
  all.erase(end, all.end());
}

double Feed::appeal(const FeedPost& post, Tick now) const {
  return static_cast<double>(post.value) * (1.0 + post.shares) * novelty_[static_cast<std::size_t>(now - post.born)];
}

double Feed::rank(AccountId reader, const FeedEntry& entry, Tick now) const {
  if (ranking_ == Ranking::chronological) return entry.tick + entry.moment * 0x1p-32;
  if (ranking_ == Ranking::random) return rank_(reader, entry.id.author, entry.id.ordinal, 1)[0];
  const FeedPost& post = board_.posts[entry.post];
  if (ranking_ == Ranking::engagement) return appeal(post, now);
  const double similarity = setting_.population->topics->interest(reader, post.topic) / 255.0;
  return similarity * static_cast<double>(post.value) * novelty_[static_cast<std::size_t>(now - post.born)];
}

// By weight of appeal; nothing that appeals: a new post.
FeedChoice Feed::pick(AccountId account, std::uint32_t word, Tick now, Desk& desk) const {
  keep_one_each(desk);
  keep_top(account, static_cast<std::size_t>(form_->slots), now, desk);
  std::sort(desk.entries.begin(), desk.entries.end(), by_id);
  desk.weights.clear();
  double sum = 0;
  for (const FeedEntry& entry : desk.entries)
    desk.weights.push_back(appeal(board_.posts[entry.post], now)), sum += desk.weights.back();
  if (sum <= 0) return {};
  const std::size_t k = choose_share(desk.weights.data(), desk.weights.size(), uniform(word) * sum);
  return {desk.entries[k].post, desk.entries[k].node, desk.entries[k].sharer};
}

std::uint64_t Feed::bytes() const {
  std::uint64_t sum = board_.bytes() + last_.capacity() * sizeof(Tick) + idle_.capacity() * 4;
  for (const Block& b : blocks_) sum += sizeof b + b.choices.capacity() * sizeof(FeedChoice);
  return sum + shares_.capacity() * sizeof(Repost);
}

}  // namespace passalong
