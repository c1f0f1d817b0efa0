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
  std::span<const OrdinaryImpression> of;
  std::uint32_t reader[most], author[most], ordinal[most], sharer[most], zero[most] = {};
  std::uint32_t sight[4][most], reaction[4][most];  // words of the draws
  std::uint32_t seen_count = 0, seen[most];
  std::uint32_t willing_count = 0, willing[most];  // who see it, and whose words may share

  struct Intent {  // to share
    Repost share;
    Tick due;
    AccountId from;  // through whom the post came
  };
  // Of the whole partition: who would share what came through a sharer if they follow the author; who will share.
  std::vector<Intent> doubtful, sharing;
  std::vector<OrdinaryImpression> shown;  // by feeds, at most `most`, which wait for being read

  void take(std::span<const OrdinaryImpression> some) {
    of = some;
    for (std::size_t k = 0; k < some.size(); ++k) {
      const OrdinaryImpression& i = some[k];
      reader[k] = i.reader, author[k] = i.post.author, ordinal[k] = i.post.ordinal, sharer[k] = i.sharer;
    }
  }
  // Drawn for all of them, since most do see.
  void draw(const Stream& sights, const Stream& reactions) {
    sights.fill({reader, author, ordinal, sharer}, of.size(), {{sight[0], sight[1], sight[2], sight[3]}});
    reactions.fill({reader, author, ordinal, zero}, of.size(), {{reaction[0], reaction[1], reaction[2], reaction[3]}});
  }
  void draw(const Stream& reactions) {
    reactions.fill({reader, author, ordinal, zero}, of.size(), {{reaction[0], reaction[1], reaction[2], reaction[3]}});
  }
  // Who sees(k), and of these whose second word may(word): without a branch, since none could be guessed.
  template <class Sees, class May>
  void sift(const Sees& sees, const May& may) {
    seen_count = willing_count = 0;
    for (std::uint32_t k = 0; k < of.size(); ++k) {
      const bool sighted = sees(k);
      seen[seen_count] = k, seen_count += sighted;
      willing[willing_count] = k, willing_count += sighted & may(reaction[1][k]);
    }
  }
  Words words(std::size_t k) const { return {reaction[0][k], reaction[1][k], reaction[2][k], reaction[3][k]}; }
};

}  // namespace passalong
