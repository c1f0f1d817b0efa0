// Impressions of ordinary posts in hand, a chunk at a time: each step goes over all of them and fetches what the next
// will read.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/engine/impression_bins.hpp"

namespace passalong {

struct Reading {
  static constexpr std::size_t most = ImpressionBins::in_chunk + 1;
  std::size_t count = 0;
  const OrdinaryImpression* of[most];
  std::uint32_t reader[most], author[most], ordinal[most], last[most], words[4][most];
  std::uint32_t willing_count = 0, willing[most];  // whose words may share

  struct Intent {  // to share
    Repost share;
    Tick due;
  };
  // Of the whole partition: who would share what came through a sharer if they follow the author; who will share.
  std::vector<Intent> doubtful, sharing;

  void take(std::span<const OrdinaryImpression> some) {
    count = some.size();
    for (std::size_t k = 0; k < count; ++k) {
      const OrdinaryImpression& i = some[k];
      of[k] = &i, reader[k] = i.reader, author[k] = i.post.author, ordinal[k] = i.post.ordinal, last[k] = i.sharer;
    }
  }
  void draw(const Stream& stream) {
    stream.fill({reader, author, ordinal, last}, count, {{words[0], words[1], words[2], words[3]}});
  }
  // Leaves those that sees(k) keeps; the fourth word of what is drawn next is 0.
  template <class Sees>
  void keep(const Sees& sees) {
    std::size_t kept = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const bool seen = sees(k);
      of[kept] = of[k], reader[kept] = reader[k], author[kept] = author[k], ordinal[kept] = ordinal[k];
      last[kept] = 0;
      kept += seen;
    }
    count = kept;
  }
  // Finds those whose second word may(word), without a branch that could not be guessed.
  template <class May>
  void find_willing(const May& may) {
    willing_count = 0;
    for (std::uint32_t k = 0; k < count; ++k) willing[willing_count] = k, willing_count += may(words[1][k]);
  }
  Words words_of(std::size_t k) const { return {words[0][k], words[1][k], words[2][k], words[3][k]}; }
};

}  // namespace passalong
