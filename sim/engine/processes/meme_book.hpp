// What is told of memes: how many posts each had, when, by how many accounts, and how diverse a tick was.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/processes/post_log.hpp"
#include "sim/engine/processes/post_window.hpp"
#include "sim/network/network.hpp"

namespace passalong {

struct Meme {
  std::uint32_t born;  // tick
  std::uint32_t posts = 0;
  std::uint32_t last = 0;      // tick of the latest post
  std::uint32_t run = 0;       // ticks in a row, up to that one
  std::uint32_t lifetime = 0;  // the longest such run
};

// Diversities are entropies in nats.
struct TickOfMemes {
  std::uint64_t posts = 0, fresh = 0;  // of the tick; about memes born in it
  std::uint64_t memes = 0;             // that were posted about
  double system_entropy = 0;           // of the tick's posts by meme
  double user_entropy = 0;             // of an account's posts of the tick by meme: mean over those who posted
  std::uint64_t users = 0;             // who posted
  std::uint64_t screen_memes = 0;      // on anybody's screen, at the tick's end
  double screen_entropy = 0;           // of all screens' posts by meme
};

class MemeBook {
 public:
  void reset(AccountId accounts);
  std::uint32_t invent(std::uint32_t tick);  // a new meme
  void note(std::uint32_t meme, AccountId account) { tick_.note(meme, account); }
  // Closes the tick. The posts on all screens are those of the window, as often as their authors have followers.
  TickOfMemes close(std::uint32_t tick, const PostWindow& window, const Network& network);

  const std::vector<Meme>& memes() const { return memes_; }
  double mean_lifetime() const;
  double mean_user_entropy() const { return users_ > 0 ? user_entropies_ / static_cast<double>(users_) : 0; }

 private:
  void count_memes(std::uint32_t tick, TickOfMemes& t);
  void count_users(TickOfMemes& t);
  void count_screens(const PostWindow& window, const Network& network, TickOfMemes& t);
  double entropy_of(std::uint32_t* begin, std::uint32_t* end) const;

  std::vector<Meme> memes_;
  PostLog tick_;
  std::vector<std::uint64_t> counts_;      // by meme; all 0 in between
  std::vector<std::uint32_t> touched_;     // memes with a count
  std::vector<std::uint32_t> ends_, own_;  // the tick's posts, dealt out by account
  double user_entropies_ = 0;
  std::uint64_t users_ = 0;
};

}  // namespace passalong
