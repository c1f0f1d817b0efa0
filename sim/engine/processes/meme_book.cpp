// A tick's posts are counted by meme, and dealt out by account.
#include "sim/engine/processes/meme_book.hpp"

#include <algorithm>

namespace passalong {

void MemeBook::reset(AccountId accounts) {
  memes_.clear(), tick_.clear(), counts_.clear(), touched_.clear();
  ends_.assign(accounts + 1ULL, 0);
  user_entropies_ = 0, users_ = 0;
}

std::uint32_t MemeBook::invent(std::uint32_t tick) {
  memes_.push_back({.born = tick});
  return static_cast<std::uint32_t>(memes_.size() - 1);
}

void MemeBook::count_memes(std::uint32_t tick, TickOfMemes& t) {
  for (const PostLog::Entry& e : tick_.entries())
    if (counts_[e.what]++ == 0) touched_.push_back(e.what);
  Entropy entropy;
  for (const std::uint32_t i : touched_) {
    Meme& meme = memes_[i];
    meme.run = meme.run > 0 && meme.last + 1 == tick ? meme.run + 1 : 1;
    meme.last = tick, meme.lifetime = std::max(meme.lifetime, meme.run);
    meme.posts += static_cast<std::uint32_t>(counts_[i]);
    t.fresh += meme.born == tick ? counts_[i] : 0;
    entropy.add(counts_[i]);
    counts_[i] = 0;
  }
  touched_.clear();
  t.posts = entropy.total(), t.memes = entropy.kinds(), t.system_entropy = entropy.value();
}

double MemeBook::entropy_of(std::uint32_t* begin, std::uint32_t* end) const {
  std::sort(begin, end);
  Entropy entropy;
  for (const std::uint32_t* i = begin; i < end;) {
    const std::uint32_t* const first = i;
    while (i < end && *i == *first) ++i;
    entropy.add(static_cast<std::uint64_t>(i - first));
  }
  return entropy.value();
}

void MemeBook::count_users(TickOfMemes& t) {
  std::fill(ends_.begin(), ends_.end(), 0U);
  for (const PostLog::Entry& e : tick_.entries()) ++ends_[e.who + 1ULL];
  for (std::size_t a = 1; a < ends_.size(); ++a) ends_[a] += ends_[a - 1];
  own_.resize(tick_.size());
  for (const PostLog::Entry& e : tick_.entries()) own_[ends_[e.who]++] = e.what;
  std::uint32_t begin = 0;
  double sum = 0;
  for (std::size_t a = 0; a + 1 < ends_.size(); begin = ends_[a++]) {
    if (ends_[a] == begin) continue;
    ++t.users;
    if (ends_[a] - begin > 1) sum += entropy_of(own_.data() + begin, own_.data() + ends_[a]);
  }
  user_entropies_ += sum, users_ += t.users;
  t.user_entropy = t.users > 0 ? sum / static_cast<double>(t.users) : 0;
}

void MemeBook::count_screens(const PostWindow& window, const Network& network, TickOfMemes& t) {
  window.each([&](AccountId account, std::uint32_t meme) {
    const std::uint32_t screens = network.follower_count(account);
    if (screens == 0) return;
    if (counts_[meme] == 0) touched_.push_back(meme);
    counts_[meme] += screens;
  });
  Entropy entropy;
  for (const std::uint32_t i : touched_) entropy.add(counts_[i]), counts_[i] = 0;
  touched_.clear();
  t.screen_memes = entropy.kinds(), t.screen_entropy = entropy.value();
}

TickOfMemes MemeBook::close(std::uint32_t tick, const PostWindow& window, const Network& network) {
  TickOfMemes t;
  counts_.resize(memes_.size(), 0);
  count_memes(tick, t);
  count_users(t);
  count_screens(window, network, t);
  tick_.clear();
  return t;
}

double MemeBook::mean_lifetime() const {
  if (memes_.empty()) return 0;
  std::uint64_t sum = 0;
  for (const Meme& meme : memes_) sum += meme.lifetime;
  return static_cast<double>(sum) / static_cast<double>(memes_.size());
}

}  // namespace passalong
