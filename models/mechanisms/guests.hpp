// The guest book of an account's events: whom it expects, who came, and what became of those who came and of those
// who accepted but did not. Whether one who accepted comes is chance, so the two differ by the event alone.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/engine/relations.hpp"

namespace passalong {

struct Guest {
  AccountId reader = 0;
  std::uint32_t spell = 0;     // of following, when it first accepted; once it came, when it first came
  std::uint32_t attended = 0;  // events
};

struct Guests {
  std::uint32_t event = 0;                  // the next one, from 0
  std::uint32_t asked = 0;                  // invitations to it are out
  std::vector<AccountId> expected, latest;  // who accepted, in the order they were asked; who came last time, ascending
  std::vector<Guest> book;                  // all who ever accepted
  std::uint64_t invitations = 0, acceptances = 0, attendances = 0;
  std::uint64_t left_before_coming = 0;  // unfollows of guests as long as they were absentees
  struct Seen {
    std::array<std::uint64_t, 3> counts{};  // impressions, checks, adoptions
  };
  std::array<Seen, 2> seen;  // by absentees, by guests
  // When the next event was last planned: the day of the first, how far apart, and how much later than these say. Below
  // 0: not yet.
  double first = -1, apart = 0, later = 0;  // hours
  double closure_before = std::numeric_limits<double>::quiet_NaN();

  template <class Archive>
  void visit(Archive& a) {
    a(event), a(asked), a(expected), a(latest), a(book), a(invitations), a(acceptances), a(attendances);
    a(left_before_coming), a(seen), a(first), a(apart), a(later), a(closure_before);
  }

  // Where a plan changes on the way, an event to which invitations are out stays; another comes as long after the
  // latest as the new plan says, and never without notice. now: hours since the output started.
  void plan(double new_first, double new_apart, double now, double notice) {
    if (first < 0) first = new_first, apart = new_apart;
    if (first == new_first && apart == new_apart) return;
    const double planned = first + event * apart + later, stated = new_first + event * new_apart;
    const double due = event > 0 && apart > 0 ? planned - apart + new_apart : stated;
    const double next = asked != 0 && apart > 0 ? planned : std::max(due, now + notice);
    first = new_first, apart = new_apart, later = next - stated;
  }

  // number: 1 + the place in the book, 0 for none, which is given one.
  void enrol(std::uint32_t& number, const Tie& tie) {
    if (number != 0) return;
    book.push_back({tie.reader, tie.spell, 0});
    number = static_cast<std::uint32_t>(book.size());
  }
  void came(std::uint32_t number, const Tie& tie) {
    Guest& guest = book[number - 1];
    if (guest.attended++ == 0) left_before_coming += tie.spell - guest.spell, guest.spell = tie.spell;
    ++attendances;
  }
  // One post seen; outcome: 1 looked closer, 3 bought.
  void note(std::uint32_t number, float outcome) {
    auto& counts = seen[book[number - 1].attended > 0 ? 1 : 0].counts;
    ++counts[0], counts[1] += outcome >= 1, counts[2] += outcome >= 3;
  }

  template <class World>
  std::uint64_t followers(bool came, const World& world, std::size_t k) const {
    std::uint64_t n = 0;
    for (const Guest& g : book) n += (g.attended > 0) == came && world.tie(k, g.reader)->follower != 0;
    return n;
  }
  // Spells that have ended since.
  template <class World>
  std::uint64_t unfollows(bool came, const World& world, std::size_t k) const {
    std::uint64_t n = came ? 0 : left_before_coming;
    for (const Guest& g : book)
      if ((g.attended > 0) == came) {
        const Tie& tie = *world.tie(k, g.reader);
        n += tie.spell - g.spell + (tie.follower == 0 ? 1U : 0U);
      }
    return n;
  }

  // Of all ordered pairs of the latest event's guests, the share in which one follows the other.
  template <class Follows>
  double closure(const Follows& follows) const {
    if (latest.size() < 2) return std::numeric_limits<double>::quiet_NaN();
    std::uint64_t ties = 0;
    for (const AccountId followed : latest) {
      const std::span<const AccountId> list = follows.list(followed);
      const std::span<const AccountId> few = list.size() < latest.size() ? list : latest,
                                       many = list.size() < latest.size() ? latest : list;
      ties += static_cast<std::uint64_t>(std::count_if(
          few.begin(), few.end(), [&](AccountId i) { return std::binary_search(many.begin(), many.end(), i); }));
    }
    const auto n = static_cast<double>(latest.size());
    return static_cast<double>(ties) / (n * (n - 1));
  }
};

}  // namespace passalong
