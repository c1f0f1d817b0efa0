// From a file of id pairs to rows: ids are numbered as they come, 8 bytes a line are kept, and rows are built from
// those in two passes. A third column is read over; weights are not kept.
#include "sim/network/import/edge_list.hpp"

#include <algorithm>
#include <span>

#include "sim/base/failure.hpp"
#include "sim/network/import/edge_lines.hpp"
#include "sim/network/import/id_numbers.hpp"
#include "sim/network/import/text_blocks.hpp"
#include "sim/network/rows.hpp"

namespace passalong {
namespace {
struct Edge {
  AccountId first, second;
};

// The lines of the file, in pieces that can be given back one by one.
struct Edges {
  static constexpr std::size_t piece = 1 << 20;
  std::vector<std::vector<Edge>> pieces;
  std::uint64_t self_loops = 0;

  void add(Edge edge) {
    if (edge.first == edge.second) {
      ++self_loops;
      return;
    }
    if (pieces.empty() || pieces.back().size() == piece) pieces.emplace_back().reserve(piece);
    pieces.back().push_back(edge);
  }
};

struct Direction {
  bool first_follows, second_follows;
};

Direction direction_of(const std::string& text) {
  if (text == "follower -> followed") return {true, false};
  if (text == "followed -> follower" || text == "source -> target") return {false, true};
  if (text == "undirected") return {true, true};
  throw Failure(Exit::scenario, "'" + text + "' is not a direction of follows",
                "it may be \"follower -> followed\", \"followed -> follower\", \"source -> target\" or \"undirected\"");
}

void number_pairs(const std::vector<IdPair>& pairs, IdNumbers& ids, Edges& edges) {
  constexpr std::size_t ahead = 16;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i + ahead < pairs.size()) {
      ids.prefetch(pairs[i + ahead].first);
      ids.prefetch(pairs[i + ahead].second);
    }
    const AccountId first = ids.number(pairs[i].first);
    edges.add({first, ids.number(pairs[i].second)});
  }
}

Edges read_edges(const std::string& path, std::uint64_t most_accounts, IdNumbers& ids) {
  TextBlocks blocks(path);
  EdgeLines lines(path);
  Edges edges;
  std::vector<IdPair> pairs;
  for (std::string_view text = blocks.next(); !text.empty(); text = blocks.next()) {
    pairs.clear();
    lines.parse(text, pairs);
    number_pairs(pairs, ids, edges);
    if (ids.size() > most_accounts)
      throw Failure(Exit::input, {Fault{.file = path,
                                        .line = static_cast<unsigned>(blocks.lines()),
                                        .message = "more than " + std::to_string(most_accounts) + " accounts",
                                        .help = "that many cannot be numbered: read a part of the network"}});
  }
  if (edges.pieces.empty()) {
    const char* why = blocks.bytes() == 0 ? "the file is empty"
                      : edges.self_loops  ? "no follows: every line links an account to itself"
                                          : "no follows: only blank lines and remarks";
    throw Failure(Exit::input,
                  {Fault{.file = path, .message = why, .help = "a line names two accounts, such as '12 34'"}});
  }
  return edges;
}

struct Follow {
  AccountId follower, followed;
};

// Calls body with the follows that the edges mean, some dozens at a time, so that memory can be asked ahead.
template <class Body>
void each_group(const std::vector<Edge>& edges, const std::vector<AccountId>& place, Direction direction,
                const Body& body) {
  constexpr std::size_t group = 64;
  Follow follows[2 * group];
  for (std::size_t begin = 0; begin < edges.size(); begin += group) {
    std::size_t size = 0;
    for (std::size_t e = begin; e < std::min(edges.size(), begin + group); ++e) {
      const AccountId first = place[edges[e].first], second = place[edges[e].second];
      if (direction.first_follows) follows[size++] = {first, second};
      if (direction.second_follows) follows[size++] = {second, first};
    }
    body(std::span<const Follow>(follows, size));
  }
}

void add_group(std::span<const Follow> follows, RowBuilder& rows) {
  AccountId* places[128];
  for (std::size_t i = 0; i < follows.size(); ++i) {
    places[i] = rows.claim(follows[i].followed);
    __builtin_prefetch(places[i], 1);
  }
  for (std::size_t i = 0; i < follows.size(); ++i) *places[i] = follows[i].follower;
}

// Every edge becomes a follow, or two; each piece of edges is given back once it has been added.
Network build_rows(Edges& edges, const std::vector<AccountId>& place, Direction direction, Team& team) {
  RowBuilder rows(static_cast<AccountId>(place.size()));
  team.each(edges.pieces.size(), [&](std::size_t p, unsigned) {
    each_group(edges.pieces[p], place, direction, [&](std::span<const Follow> follows) {
      for (const Follow& follow : follows) rows.count(follow.followed);
    });
  });
  rows.open();
  team.each(edges.pieces.size(), [&](std::size_t p, unsigned) {
    each_group(edges.pieces[p], place, direction, [&](std::span<const Follow> follows) { add_group(follows, rows); });
    std::vector<Edge>().swap(edges.pieces[p]);
  });
  Network network = rows.close(team);
  if (direction.first_follows && direction.second_follows) network.duplicates /= 2;  // counted in lines
  network.self_loops = edges.self_loops;
  return network;
}
}  // namespace

Network read_edge_list(const std::string& path, const std::string& direction, Team& team, std::uint64_t most_accounts) {
  const Direction directed = direction_of(direction);
  IdNumbers ids;
  Edges edges = read_edges(path, most_accounts, ids);
  IdNumbers::Order order = ids.order();
  Network network = build_rows(edges, order.place, directed, team);
  network.labels = std::move(order.labels);
  return network;
}

Network read_edge_list(const std::string& path, const std::string& direction, Team& team) {
  return read_edge_list(path, direction, team, max_accounts);
}

}  // namespace passalong
