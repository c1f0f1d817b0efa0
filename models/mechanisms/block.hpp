// Shutting an account out: a reader who has got several bad posts in a row may block it, and neither sees nor follows
// it again. To ignore a post is no mechanism: it is what is left when none acts. Draws: (reader, author, ordinal, 0):
// whether it blocks.
#pragma once
#include "models/mechanisms/encounter.hpp"

namespace passalong {

struct Block {
  static constexpr const char *name = "block", *help = "readers who shut an account out";
  static constexpr std::uint32_t cause = 5;  // of unfollowing
  bool on = false;
  double below = 0.5;      // u_b
  std::int64_t after = 3;  // bad posts in a row
  double chance = 0.001;   // p_b

  struct Pair {
    std::uint32_t bad = 0;  // posts in a row
  };
  struct Count {  // cumulative
    std::uint64_t blocks = 0, lost = 0;
  };
  struct Course {
    std::vector<Count> counts;  // by studied account
    template <class Archive>
    void visit(Archive& a) {
      a(counts);
    }
  };

  void react(const Encounter& e, Acquaintance& a, Pair& pair, const Doing& doing, const Stream& draw) const {
    const Sight& s = e.sight;
    if (!s.fresh) return;
    pair.bad = e.utility < -below ? pair.bad + 1 : 0;
    if (pair.bad < static_cast<std::uint32_t>(after) || doing.decision.follow || e.tie.joining != 0) return;
    if (uniform(draw(s.reader, s.post.author, s.post.ordinal)[0]) >= chance) return;
    a.closed = 1;
    doing.note(name);
  }

  void tell(const Encounter& e, const Pair& pair, const Doing& doing, const Stream& draw, Notes& notes) const {
    const Sight& s = e.sight;
    if (!s.fresh) return;
    const std::uint32_t bad = e.utility < -below ? pair.bad + 1 : 0;
    const bool may = bad >= static_cast<std::uint32_t>(after) && !doing.decision.follow && e.tie.joining == 0;
    notes.push_back({.name = "block_chance",
                     .value = may ? chance : 0,
                     .terms = {{"bad_in_a_row", static_cast<double>(bad)}},
                     .drawn = uniform(draw(s.reader, s.post.author, s.post.ordinal)[0])});
  }
  std::string told(std::uint32_t) const { return "blocks the account"; }

  template <class World>
  void follow_up(Course& course, World& world, std::span<const Deed> deeds, const Stream&) const {
    course.counts.resize(world.studied());
    for (const Deed& d : deeds) {
      const Tie& tie = *world.tie(d.studied, d.reader);
      ++course.counts[d.studied].blocks;
      course.counts[d.studied].lost += tie.follower != 0 && tie.leaving == 0;
      world.tell(What::deed, d.reader, world.id_of(d.studied), number_of_name(name));
      world.leave(d.studied, d.reader, cause);
    }
  }

  template <class Add>
  void report(const Add& add) const {
    const auto of = [](std::uint64_t Count::*which) {
      return [which](const Course& c, std::size_t k) { return k < c.counts.size() ? c.counts[k].*which : 0; };
    };
    add(Quantity{"blocks", "accounts", "readers who have blocked the account", true, true}, of(&Count::blocks));
    add(Quantity{"unfollows_for_block", "accounts", "followers lost because they have blocked the account", true, true},
        of(&Count::lost));
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody blocks", .source = "assumption"});
    f.number("below", below,
             {.low = 0, .high = 10, .help = "u_b: a post is bad whose utility is below -u_b", .source = "assumption"});
    f.integer("after", after,
              {.low = 1, .high = 1e6, .help = "bad posts in a row before a reader may block", .source = "assumption"});
    f.number("chance", chance,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "p_b: chance to block at each bad post from then on",
              .source = "assumption: fewer block than unfollow"});
  }
};

}  // namespace passalong
