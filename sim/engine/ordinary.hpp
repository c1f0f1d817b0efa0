// Posts of ordinary accounts. They are many and hold nothing: a post is its name, and what it is like, who sees it and
// who passes it on follow from the name. Only what is to be passed on later, and who has done so, is kept.
#pragma once
#include <cstdint>

#include "sim/engine/posts.hpp"

namespace passalong {

// The ordinal of an ordinary post is its day and its number among the author's of that day.
inline constexpr unsigned posts_a_day_bits = 11;
inline constexpr std::uint32_t most_posts_a_day = 1U << posts_a_day_bits;
inline std::uint32_t ordinal_of(std::uint32_t day, std::uint32_t number) { return day << posts_a_day_bits | number; }
inline std::uint32_t day_of(std::uint32_t ordinal) { return ordinal >> posts_a_day_bits; }

// Whether a reader passes an ordinary post on.
enum class Willing : std::uint8_t { no, if_following, yes, unsure };

// A share that has been decided and will appear later.
struct Repost {
  PostId post;
  AccountId sharer = 0;
  Tick born = 0;  // when the post appeared
  bool operator<(const Repost& o) const {
    if (post.author != o.post.author) return post.author < o.post.author;
    return post.ordinal != o.post.ordinal ? post.ordinal < o.post.ordinal : sharer < o.sharer;
  }
};

}  // namespace passalong
