// Posts lie in the order in which they appeared, so one is found by halving.
#include "sim/engine/feed_board.hpp"

#include <tuple>

namespace passalong {

std::uint32_t FeedBoard::find(Tick born, const PostId& id) const {
  const auto place = [](Tick tick, const PostId& post) { return std::tuple(tick, post.author, post.ordinal); };
  std::uint32_t low = 0, count = posts.size();
  while (count > 0) {
    const std::uint32_t half = count / 2;
    const FeedPost& p = posts[posts.first() + low + half];
    if (place(p.born, p.id) < place(born, id))
      low += half + 1, count -= half + 1;
    else
      count = half;
  }
  return posts.first() + low;
}

// Readers follow chains and numbers only to what is held; authors are looked up.
bool FeedBoard::sound(std::size_t accounts) const {
  if (!posts.sound() || !copies.sound() || latest.size() != accounts) return false;
  for (std::uint32_t k = 0; k < posts.size(); ++k)
    if (posts[posts.first() + k].id.author >= accounts) return false;
  return true;
}

}  // namespace passalong
