// Deeds in a ring of the window's length, memes in another that grows; an account's deeds are linked from its last.
#include "sim/engine/processes/post_window.hpp"

#include <algorithm>
#include <bit>

namespace passalong {

void PostWindow::reset(AccountId accounts, std::uint64_t steps) {
  steps_ = static_cast<std::uint32_t>(steps);
  held_.assign(accounts, 0), last_.assign(accounts, 0);
  deeds_.resize(std::bit_ceil(steps + 2));
  deed_mask_ = static_cast<std::uint32_t>(deeds_.size() - 1);
  if (memes_.empty()) memes_.resize(std::bit_ceil(std::max<std::uint64_t>(steps, 64)));
  meme_mask_ = memes_.size() - 1;
  oldest_ = next_ = 0, tail_ = head_ = 0;
}

void PostWindow::forget(std::uint64_t step) {
  const auto now = static_cast<std::uint32_t>(step);
  for (; oldest_ != next_; ++oldest_) {
    const Deed& deed = deeds_[oldest_ & deed_mask_];
    if (now - deed.step <= steps_) return;
    held_[deed.account] -= deed.posts, tail_ += deed.posts;
  }
}

std::uint32_t PostWindow::meme(AccountId account, std::uint32_t place) const {
  const Deed* deed = &deeds_[last_[account] & deed_mask_];
  for (; place >= deed->posts; deed = &deeds_[deed->previous & deed_mask_]) place -= deed->posts;
  return memes_[(deed->first + place) & meme_mask_];
}

bool PostWindow::make_room(std::uint64_t more) {
  if (posts() + more <= memes_.size()) return true;
  if (posts() + more > most_posts()) return false;
  std::vector<std::uint32_t> wider(std::bit_ceil(posts() + more));
  for (std::uint64_t i = tail_; i < head_; ++i) wider[i & (wider.size() - 1)] = memes_[i & meme_mask_];
  memes_ = std::move(wider);
  meme_mask_ = memes_.size() - 1;
  return true;
}

bool PostWindow::post(std::uint64_t step, AccountId account, const std::vector<std::uint32_t>& memes) {
  if (memes.empty()) return true;
  if (!make_room(memes.size())) return false;
  const auto count = static_cast<std::uint32_t>(memes.size());
  deeds_[next_ & deed_mask_] = {static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(head_), count, account,
                                last_[account]};
  for (const std::uint32_t meme : memes) memes_[head_++ & meme_mask_] = meme;
  held_[account] += count, last_[account] = next_++;
  return true;
}

double PostWindow::bytes(double accounts, double steps, double posts_a_step) {
  return accounts * 8 + 2 * steps * (sizeof(Deed) + posts_a_step * sizeof(std::uint32_t));
}

}  // namespace passalong
