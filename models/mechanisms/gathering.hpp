// Events in places, and whom to ask. Every so often an account invites as many followers as it can, in the order of
// its strategy's `promote`; some accept, most of these come. Who came has met it face to face: the tie rises a tier and
// lasts, trust grows, and guests begin to follow each other: a cyber-tribe becomes a real one.
//   P(accept) = min(1, accept exp(warmth (tier - 1) - travel [lives elsewhere])), P(come | accepted) = attend
// Draw (reader, author, event): words: order of invitation, whether it accepts, comes, and the tie rises. Block 1 + k:
// the guest's k-th chance to follow another: whether, whom.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "models/mechanisms/encounter.hpp"
#include "models/mechanisms/guests.hpp"
#include "sim/base/math.hpp"

namespace passalong {

struct Gathering {
  static constexpr const char *name = "gathering", *help = "events in places, and whom to invite";
  bool on = false;
  double first = 30 * 24, every = 365 * 24, notice = 30 * 24;  // hours
  std::int64_t place = 1, invitations = 200, capacity = 100;
  double accept = 0.4, warmth = 0.3, travel = 1, attend = 0.6;
  double becomes_met = 0.8, becomes_friend = 0.5;  // u1, u2
  double face_gain = 5;                            // g_F
  std::int64_t hosts = 2, circle = 50, friends = 15;
  double met_shield = 0.7, friend_shield = 1.4;  // b_L
  double met_influence = 2.5, friend_influence = 5;
  double closure = 0.2;  // c_x
  std::int64_t new_ties = 5;

  struct Pair {
    std::uint32_t guest = 0;  // 1 + its place among the account's guests; 0: has never accepted
  };
  struct Course {
    std::vector<Guests> of;  // by studied account
    const Guests& at(std::size_t k) const {
      static const Guests nobody;
      return k < of.size() ? of[k] : nobody;
    }
    template <class Archive>
    void visit(Archive& a) {
      a(of);
    }
  };

  double door(const Encounter& e, const Pair&) const { return by_tier(e.tier, 1, met_influence, friend_influence); }
  double shield(const Standing& s, const Pair&) const { return by_tier(s.tier, 0, met_shield, friend_shield); }
  void react(const Encounter& e, Acquaintance&, const Pair& pair, const Doing& doing, const Stream&) const {
    if (pair.guest != 0 && e.sight.fresh)
      doing.note(name, (doing.decision.check ? 1 : 0) + (doing.decision.adopt ? 2 : 0));
  }
  std::string told(std::uint32_t ordinal) const {
    static constexpr const char* steps[] = {"is invited to event ", "accepts the invitation to event ",
                                            "comes to event ", "gets closer to the account at event "};
    return steps[ordinal % 4] + std::to_string(ordinal / 4);
  }
  bool changes_follows() const { return closure > 0 && new_ties > 0; }

  template <class World>
  void follow_up(Course& course, World& world, std::span<const Deed> deeds, const Stream& draw) const {
    course.of.resize(world.studied());
    for (const Deed& d : deeds)
      course.of[d.studied].note(world.memory(d.studied, d.reader)->template of<Gathering>().guest, d.amount);
    for (std::size_t k = 0; k < course.of.size(); ++k) {
      Guests& guests = course.of[k];
      const Scenario& s = *world.setting().scenario;
      const double apart = interval(s, *world.setting().studied[k]);
      guests.plan(first, apart, world.now() * s.tick - s.warm_up, notice);
      if (apart <= 0) continue;
      const Tick day = s.ticks(s.warm_up + first + guests.event * apart + guests.later);
      if (guests.asked == 0 && world.now() >= day - s.ticks(notice)) invite(guests, world, k, draw);
      if (world.now() >= day) hold(guests, world, k, draw);
    }
  }
  // Hours from one event to the next; 0: none is held. A budget of work says how often it can hold one.
  double interval(const Scenario& s, const StrategySection& policy) const {
    constexpr double longest = 1e6;
    if (policy.promote == "nobody") return 0;
    if (policy.budget <= 0) return every;
    const double a_day = events_a_day(s, policy);
    return a_day > 0 ? std::min(longest, 24 / a_day) : 0;
  }

  template <class Add>
  void report(const Add& add) const;
  void declare(Fields& f);

 private:
  template <class Add>
  void report_crowd(const Add& add, bool came, const std::array<const char*, 2>& ties,
                    const std::array<const char*, 3>& outcomes) const;
  static double by_tier(Tier tier, double below, double met, double friends) {
    return tier == Tier::friends ? friends : tier == Tier::met ? met : below;
  }
  // Where an account lives, from 1; the event's own place where the population has no places.
  std::int64_t home(const Population& people, AccountId reader) const {
    return people.place.empty() ? place : people.place[reader] + 1;
  }

  // The greater first; of equals the lower word.
  struct Candidate {
    std::array<double, 3> rank;
    std::uint32_t word;
    AccountId reader;
    bool operator<(const Candidate& o) const {
      return std::tie(o.rank, word, reader) < std::tie(rank, o.word, o.reader);
    }
  };
  template <class World>
  std::array<double, 3> rank(World& world, std::size_t k, AccountId reader) const {
    const std::string& promote = world.setting().studied[k]->promote;
    const auto& people = *world.setting().population;
    const auto& m = *world.memory(k, reader);
    if (promote == "closest")
      return {m.customer != 0 ? 1.0 : 0.0, static_cast<double>(tier_of(m, *world.tie(k, reader))), world.trust_of(m)};
    if (promote == "customers") return {m.customer != 0 && m.client == 0 ? 1.0 : 0.0, 0, 0};
    if (promote == "fans") return {people.affinity[reader], 0, 0};
    if (promote == "near") return {home(people, reader) == place ? 1.0 : 0.0, 0, 0};
    return {};
  }

  template <class World>
  void invite(Guests& guests, World& world, std::size_t k, const Stream& draw) const {
    std::vector<Candidate> all;
    for (const AccountId i : world.columns().studied[k].followers)
      if (world.tie(k, i)->leaving == 0)
        all.push_back({rank(world, k, i), draw(i, world.id_of(k), guests.event)[0], i});
    const std::size_t asked = std::min(all.size(), static_cast<std::size_t>(invitations));
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(asked), all.end());
    guests.asked = 1, guests.invitations += asked, guests.expected.clear();
    for (std::size_t n = 0; n < asked; ++n) ask(guests, world, k, all[n].reader, draw);
  }
  template <class World>
  void ask(Guests& guests, World& world, std::size_t k, AccountId reader, const Stream& draw) const {
    world.tell(What::deed, reader, world.id_of(k), 4 * guests.event);
    if (guests.expected.size() >= static_cast<std::size_t>(capacity)) return;
    auto& m = *world.memory(k, reader);
    const Tie& tie = *world.tie(k, reader);
    const double closer = static_cast<double>(tier_of(m, tie)) - 1;
    const double far = home(*world.setting().population, reader) == place ? 0 : travel;
    if (uniform(draw(reader, world.id_of(k), guests.event)[1]) >= accept * exp(warmth * closer - far)) return;
    world.tell(What::deed, reader, world.id_of(k), 4 * guests.event + 1);
    guests.expected.push_back(reader), ++guests.acceptances;
    guests.enrol(m.template of<Gathering>().guest, tie);
  }

  template <class World>
  void hold(Guests& guests, World& world, std::size_t k, const Stream& draw) const {
    Ties ties = ties_of(world, k);
    guests.latest.clear();
    for (const AccountId i : guests.expected) {
      const Tie& tie = *world.tie(k, i);
      const Words w = draw(i, world.id_of(k), guests.event);
      if (tie.follower == 0 || tie.leaving != 0 || uniform(w[2]) >= attend) continue;
      world.tell(What::deed, i, world.id_of(k), 4 * guests.event + 2);
      guests.latest.push_back(i);
      auto& m = *world.memory(k, i);
      guests.came(m.template of<Gathering>().guest, tie);
      world.gain_trust(m, face_gain);
      const bool rose = draw_near(m, tie, ties, uniform(w[3]));
      bring_close(m, static_cast<Tier>(m.tier), world.day());
      if (rose) world.tell(What::deed, i, world.id_of(k), 4 * guests.event + 3);
    }
    std::sort(guests.latest.begin(), guests.latest.end());
    guests.closure_before = guests.closure(world.follows());
    introduce(guests, world, k, draw);
    world.spend(k, world.setting().scenario->effort.event);
    ++guests.event, guests.asked = 0;
  }

  // Followers whom the hosts have met, friends among them.
  struct Ties {
    std::int64_t met = 0, friends = 0;
  };
  template <class World>
  static Ties ties_of(const World& world, std::size_t k) {
    Ties ties;
    for (const AccountId i : world.columns().studied[k].followers) {
      const Tier tier = tier_of(*world.memory(k, i), *world.tie(k, i));
      ties.met += tier >= Tier::met, ties.friends += tier == Tier::friends;
    }
    return ties;
  }
  bool draw_near(Acquaintance& m, const Tie& tie, Ties& ties, double u) const {
    const Tier tier = tier_of(m, tie);
    if (tier < Tier::met && u < becomes_met && ties.met < hosts * circle)
      m.tier = static_cast<std::uint8_t>(Tier::met), ++ties.met;
    else if (tier == Tier::met && u < becomes_friend && ties.friends < hosts * friends)
      m.tier = static_cast<std::uint8_t>(Tier::friends), ++ties.friends;
    else
      return false;
    return true;
  }
  // Guests by ascending id: each has some chances to follow one of the others.
  template <class World>
  void introduce(const Guests& guests, World& world, std::size_t k, const Stream& draw) const {
    const std::vector<AccountId>& all = guests.latest;
    for (std::size_t me = 0; all.size() > 1 && me < all.size(); ++me)
      for (std::uint32_t chance = 0; chance < new_ties; ++chance) {
        const Words w = draw(all[me], world.id_of(k), guests.event, 1 + chance);
        if (uniform(w[0]) >= closure) continue;
        const auto other = static_cast<std::size_t>(static_cast<std::uint64_t>(w[1]) * (all.size() - 1) >> 32);
        world.befriend(all[other + (other >= me ? 1 : 0)], all[me]);
      }
  }
};

template <class Add>
void Gathering::report(const Add& add) const {
  const auto flow = [&](const char* what, const char* units, const char* text, std::uint64_t Guests::*which) {
    add(Quantity{what, units, text, true, true},
        [which](const Course& c, std::size_t k) { return static_cast<double>(c.at(k).*which); });
  };
  flow("invitations_sent", "invitations", "followers invited to an event in the output step", &Guests::invitations);
  flow("acceptances", "accounts", "followers who accepted in the output step", &Guests::acceptances);
  flow("attendances", "accounts", "followers who came to an event in the output step", &Guests::attendances);
  add(Quantity{"real_ties", "accounts", "followers whom the account has met, friends among them", true, false},
      [](const Course&, std::size_t, const auto& following, const auto&) { return following.at_least(Tier::met); });
  report_crowd(add, true, {"attendee_followers", "attendee_unfollows"},
               {"attendee_impressions", "attendee_checks", "attendee_adoptions"});
  report_crowd(add, false, {"absentee_followers", "absentee_unfollows"},
               {"absentee_impressions", "absentee_checks", "absentee_adoptions"});
  add(Quantity{"attendee_closure", "1", "share of pairs among the latest event's guests, each way, that follow", false,
               false},
      [](const Course& c, std::size_t k, const auto&, const auto& world) { return c.at(k).closure(world.follows()); });
  add(Quantity{"attendee_closure_before", "1", "... as it was when they met", false, false},
      [](const Course& c, std::size_t k) { return c.at(k).closure_before; });
}

// came: those who came to an event; else the absentees, who accepted an invitation, but have come to none.
template <class Add>
void Gathering::report_crowd(const Add& add, bool came, const std::array<const char*, 2>& ties,
                             const std::array<const char*, 3>& outcomes) const {
  add(Quantity{ties[0], "accounts",
               came ? "followers who have come to an event" : "followers who accepted, but never came", true, false},
      [came](const Course& c, std::size_t k, const auto&, const auto& world) {
        return static_cast<double>(c.at(k).followers(came, world, k));
      });
  add(Quantity{ties[1], "accounts", "their unfollows in the output step", true, true},
      [came](const Course& c, std::size_t k, const auto&, const auto& world) {
        return static_cast<double>(c.at(k).unfollows(came, world, k));
      });
  static constexpr std::array<const char*, 3> texts = {"posts they saw in the output step",
                                                       "their looks closer in the output step",
                                                       "their purchases in the output step"};
  for (std::size_t n = 0; n < texts.size(); ++n)
    add(Quantity{outcomes[n], n == 0 ? "impressions" : "accounts", texts[n], true, true},
        [came, n](const Course& c, std::size_t k) {
          return static_cast<double>(c.at(k).seen[came ? 1 : 0].counts[n]);
        });
}

inline void Gathering::declare(Fields& f) {
  constexpr double year = 366 * 24;
  const auto whole = [&](const char* key, std::int64_t& value, double low, double high, const char* unit,
                         const char* text, const char* source) {
    f.integer(key, value, {.unit = unit, .low = low, .high = high, .help = text, .source = source});
  };
  const auto number = [&](const char* key, double& value, double high, const char* text, const char* source) {
    f.number(key, value, {.low = 0, .high = high, .help = text, .source = source});
  };
  constexpr const char *assumption = "assumption", *close_ties = "sign after Bond et al. 2012; size: assumption";
  f.flag("on", on, {.help = "off: the account holds no events", .source = assumption});
  f.duration(
      "first", first,
      {.low = 0, .high = 100 * year, .help = "when the first event is, after the warm-up", .source = assumption});
  f.duration("every", every,
             {.low = 24,
              .high = 100 * year,
              .help = "from one event to the next; of an account with a budget that says how often",
              .source = assumption});
  f.duration("notice", notice,
             {.low = 0, .high = 10 * year, .help = "how long before it invitations go out", .source = assumption});
  f.check("notice", notice < every, "`notice` is not shorter than `every`",
          "invitations to an event go out after the one before it: give less notice");
  whole("place", place, 1, 255, "",
        "which of the population's places it is held in, from 1; without places nobody has to travel", assumption);
  whole("invitations", invitations, 0, 1e9, "accounts",
        "how many followers the account can invite in person to an event: the budget", assumption);
  whole("capacity", capacity, 0, 1e9, "accounts", "places to give away; those invited first are asked first",
        assumption);
  number("accept", accept, 1, "chance that a follower accepts", assumption);
  number("warmth", warmth, 20, "each tier above that of a follower makes accepting exp(this) times as likely",
         assumption);
  number("travel", travel, 100, "b_travel: who lives elsewhere accepts exp(-this) times as often", assumption);
  number("attend", attend, 1, "chance that one who has accepted comes", "no-shows of free events, 30-50 %: trade lore");
  number("becomes_met", becomes_met, 1, "u1: chance that a guest the hosts had not met is someone they have met",
         assumption);
  number("becomes_friend", becomes_friend, 1, "u2: chance that a guest they had met before becomes a friend",
         assumption);
  number("face_gain", face_gain, 1000, "g_F: what coming adds to trust; a good post adds [model.trust] gain, 1",
         assumption);
  whole("hosts", hosts, 0, 1e6, "people", "who hold the account's ties in person: caps are for each", assumption);
  whole("circle", circle, 0, 1e6, "accounts", "ties met or closer that one person can hold",
        "Dunbar's layers 5/15/50/150");
  whole("friends", friends, 0, 1e6, "accounts", "friends among them", "Dunbar's layers 5/15/50/150");
  number("met_shield", met_shield, 100, "b_L: protection from unfollowing of those met", assumption);
  number("friend_shield", friend_shield, 100, "b_L: ... of friends", assumption);
  number("met_influence", met_influence, 1000, "factor on looking closer of those met", close_ties);
  number("friend_influence", friend_influence, 1000, "factor on looking closer of friends", close_ties);
  number("closure", closure, 1, "c_x: chance that a guest takes up a chance to follow another", assumption);
  whole("new_ties", new_ties, 0, 10'000, "accounts", "such chances a guest has at an event", assumption);
}

}  // namespace passalong
