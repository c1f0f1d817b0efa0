// What an importer has read: pairs of ids, in pieces that workers take one by one and give back one by one.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace passalong {

struct EdgePiece {
  std::vector<std::uint32_t> narrow;  // first, second, first, second, ...: ids below 2^32, in the end accounts
  std::vector<std::uint64_t> wide;    // the same where one of them is larger; then `narrow` is empty
  std::vector<float> weights;         // one a pair, or none at all

  std::size_t ids() const { return narrow.size() + wide.size(); }
  std::uint64_t id(std::size_t i) const { return wide.empty() ? narrow[i] : wide[i]; }
};

struct Edges {
  std::vector<EdgePiece> pieces;
  std::vector<std::uint64_t> nodes;  // ids named beside the edges
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max(), most = 0;
  std::uint64_t pairs = 0;

  // Keeps what has been parsed, in 4 bytes an id where that is enough.
  static EdgePiece pack(const std::vector<std::uint64_t>& ids, const std::vector<float>& weights) {
    EdgePiece piece;
    const bool small = std::all_of(ids.begin(), ids.end(), [](std::uint64_t id) { return id >> 32 == 0; });
    if (small)
      piece.narrow.assign(ids.begin(), ids.end());
    else
      piece.wide = ids;
    piece.weights = weights;
    return piece;
  }
};

}  // namespace passalong
