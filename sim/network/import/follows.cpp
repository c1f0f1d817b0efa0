// Two passes over the pieces: ids become accounts and are counted, then follows are added and the piece is given back.
#include "sim/network/import/follows.hpp"

#include <atomic>

namespace passalong {
namespace {
constexpr std::size_t group = 64;  // pairs whose memory is asked for ahead

// Ids become accounts, in 4 bytes each.
template <class Numbering>
void number_piece(EdgePiece& piece, const Numbering& numbers) {
  constexpr std::size_t ahead = 16;
  const std::size_t size = piece.ids();
  if (!piece.wide.empty()) piece.narrow.resize(size);
  const auto convert = [&](const auto& ids) {
    for (std::size_t i = 0; i < size; ++i) {
      if (i + ahead < size) numbers.prefetch(ids[i + ahead]);
      piece.narrow[i] = numbers.place(ids[i]);
    }
  };
  if (piece.wide.empty())
    convert(piece.narrow);
  else
    convert(piece.wide);
  std::vector<std::uint64_t>().swap(piece.wide);
}

struct Follow {
  AccountId follower, followed;
  std::size_t pair;  // in the piece
};

// Calls body(follows, count) with what the pairs mean, some dozens at a time. Returns the self-loops.
template <class Body>
std::uint64_t each_group(const EdgePiece& piece, Direction direction, const Body& body) {
  Follow follows[2 * group];
  std::uint64_t loops = 0;
  const std::size_t pairs = piece.narrow.size() / 2;
  for (std::size_t begin = 0; begin < pairs; begin += group) {
    std::size_t size = 0;
    for (std::size_t e = begin; e < std::min(pairs, begin + group); ++e) {
      const AccountId first = piece.narrow[2 * e], second = piece.narrow[2 * e + 1];
      loops += first == second;
      if (first == second) continue;
      if (direction.first_follows) follows[size++] = {first, second, e};
      if (direction.second_follows) follows[size++] = {second, first, e};
    }
    body(follows, size);
  }
  return loops;
}

std::uint64_t count_piece(const EdgePiece& piece, Direction direction, RowBuilder& rows) {
  return each_group(piece, direction, [&](const Follow* follows, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) rows.expect(follows[i].followed);
    for (std::size_t i = 0; i < size; ++i) rows.count(follows[i].followed);
  });
}

void add_piece(const EdgePiece& piece, Direction direction, RowBuilder& rows) {
  each_group(piece, direction, [&](const Follow* follows, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) rows.expect(follows[i].followed);
    if (!piece.weights.empty()) {
      for (std::size_t i = 0; i < size; ++i)
        rows.add(follows[i].followed, follows[i].follower, piece.weights[follows[i].pair]);
      return;
    }
    AccountId* places[2 * group];
    for (std::size_t i = 0; i < size; ++i) {
      places[i] = rows.claim(follows[i].followed);
      __builtin_prefetch(places[i], 1);
    }
    for (std::size_t i = 0; i < size; ++i) *places[i] = follows[i].follower;
  });
}

template <class Numbering>
Network build(Edges& edges, Numbering& numbers, Direction direction, Weights weights, Team& team) {
  RowBuilder rows(static_cast<AccountId>(numbers.accounts()), weights);
  std::atomic<std::uint64_t> loops{0};
  team.each(edges.pieces.size(), [&](std::size_t p, unsigned) {
    number_piece(edges.pieces[p], numbers);
    loops += count_piece(edges.pieces[p], direction, rows);
  });
  std::vector<std::string> labels = numbers.labels(team);
  rows.open();
  team.each(edges.pieces.size(), [&](std::size_t p, unsigned) {
    add_piece(edges.pieces[p], direction, rows);
    edges.pieces[p] = {};
  });
  Network network = rows.close(team);
  if (direction.first_follows && direction.second_follows) network.duplicates /= 2;
  network.self_loops = loops;
  network.labels = std::move(labels);
  return network;
}
}  // namespace

Network follows_of(Edges& edges, Numbers& numbers, Direction direction, Weights weights, Team& team) {
  return std::visit([&](auto& n) { return build(edges, n, direction, weights, team); }, numbers);
}

}  // namespace passalong
