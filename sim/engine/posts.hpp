// Live posts and who passed them on. A post gets a serial number when it appears, in order of appearance; it can be
// shared for its lifetime, then it closes and its cascade is handed to whoever observes.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// What a post is like, on the axes of appraisal; each in [0, 1].
struct Content {
  PostKind kind = PostKind::value;
  std::uint8_t topic = 0;
  std::uint16_t spare = 0;  // where padding would be: columns are saved and hashed byte by byte
  float value = 0;          // quality of what it gives
  float pitch = 0;          // how much it sells
  float routine = 0;        // how much it is the author's daily life
};

inline constexpr std::uint32_t no_node = 0xffff'ffff;

struct Post {
  PostId id;
  Tick born = 0;
  Content content;
  std::uint32_t last_node = no_node;  // the newest share of it, in Posts::nodes
  std::uint32_t tally = 0;            // studied posts: number among them
};

// One account that passed a post on. Nodes of a post are chained newest to oldest; parents come before children.
struct Node {
  std::uint32_t post = 0;  // serial
  AccountId account = 0;
  std::uint32_t parent = no_node;  // no_node: the author's own publication
  std::uint32_t previous = no_node;
  Tick tick = 0;
};

struct Tally {
  std::uint64_t deliveries = 0, impressions = 0;
};

// A queue with lasting numbers: push at the back, drop from the front, index by number since the beginning.
template <class T>
struct Ring {
  std::vector<T> items;
  std::uint32_t first = 0;  // number of items[head]
  std::uint32_t head = 0;

  std::uint32_t end() const { return first + static_cast<std::uint32_t>(items.size()) - head; }
  std::uint32_t push(const T& item) {
    items.push_back(item);
    return end() - 1;
  }
  T& operator[](std::uint32_t number) { return items[head + (number - first)]; }
  const T& operator[](std::uint32_t number) const { return items[head + (number - first)]; }
  bool empty() const { return head == items.size(); }
  void drop() {
    ++head, ++first;
    if (head > 64 && head > items.size() / 2) {
      items.erase(items.begin(), items.begin() + head);
      head = 0;
    }
  }
  template <class Archive>
  void visit(Archive& a) {
    a(items), a(first), a(head);
  }
};

// A post that has closed, with its cascade as a tree: node 0 is the author, parents precede children.
struct PostRecord {
  PostId id;
  std::uint32_t studied = 0;  // which studied account
  Tick born = 0;
  Content content;
  Tally tally;
  std::vector<AccountId> accounts;
  std::vector<std::uint32_t> parents;  // parents[0] is unused
  std::vector<Tick> ticks;
};
}  // namespace passalong
