// The posts of the last steps and whose they are, of a world in which one account acts at a step. They are kept by who
// made them alone: what is on an account's screen are the posts of those it follows, so that posting costs the same
// however many read it, and reading looks up a count of each account followed.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

class PostWindow {
 public:
  // Empty; of so many accounts, posts being kept for so many steps (below 2^31).
  void reset(AccountId accounts, std::uint64_t steps);
  // Forgets what was posted before step - steps.
  void forget(std::uint64_t step);

  std::uint32_t held(AccountId account) const { return held_[account]; }
  [[gnu::always_inline]] void fetch(AccountId account) const { __builtin_prefetch(&held_[account]); }
  // The meme of one of them: those of a later step first, of one step as they were made.
  std::uint32_t meme(AccountId account, std::uint32_t place) const;
  std::uint64_t posts() const { return head_ - tail_; }

  // What the account posts at this step, in order; at most once a step, steps ascending. False: there are too many, a
  // hundred a step and more, as where posts multiply without end.
  bool post(std::uint64_t step, AccountId account, const std::vector<std::uint32_t>& memes);

  // body(account, meme) for each post, from the oldest on.
  template <class Body>
  void each(const Body& body) const {
    for (std::uint32_t d = oldest_; d != next_; ++d) {
      const Deed& deed = deeds_[d & deed_mask_];
      for (std::uint32_t i = 0; i < deed.posts; ++i) body(deed.account, memes_[(deed.first + i) & meme_mask_]);
    }
  }

  std::uint64_t most_posts() const { return 100 * (std::uint64_t{steps_} + held_.size()) + (1U << 20); }
  static double bytes(double accounts, double steps, double posts_a_step);

 private:
  struct Deed {  // what one account posted at one step; numbers are modulo 2^32
    std::uint32_t step, first, posts;
    AccountId account;
    std::uint32_t previous;  // of the same account, where that is still held
  };
  bool make_room(std::uint64_t more);

  std::uint32_t steps_ = 0;
  // By account, apart, because reading asks for numbers alone: they stay in a near cache.
  std::vector<std::uint32_t> held_, last_;
  std::vector<Deed> deeds_;
  std::uint32_t oldest_ = 0, next_ = 0, deed_mask_ = 0;
  std::vector<std::uint32_t> memes_;
  std::uint64_t tail_ = 0, head_ = 0, meme_mask_ = 0;
};

}  // namespace passalong
