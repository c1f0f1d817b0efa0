// How close a reader and an account are, by tier, and by which channel they got there (text < video < face to face).
// Strength falls with the days since the last one to one, exp(-d / T of the tier); below a threshold the tie drops a
// tier. Closeness adds to utility, protects from unfollowing and opens the door to a closer look, by a number a tier,
// reached from the tier below as far as the tie is strong. The account can hold so many met and so many friends.
// Draws: (reader, author, 0, 0): turn among equals for a call; block 1: whether they knew each other before.
#pragma once
#include <tuple>

#include "models/mechanisms/dialogue.hpp"

namespace passalong {

struct Ties {
  static constexpr const char *name = "ties", *help = "closeness, its channels and how it fades";
  bool on = false;
  double fade_conversing = 90 * 24, fade_met = 365 * 24, fade_friends = 1000 * 24;  // T, hours
  double threshold = 0.5;
  std::int64_t most_met = 50, most_friends = 15;
  std::vector<double> feelings = {0, 0, 0.05, 0.1, 0.2};  // by tier
  std::vector<double> shields = {0, 0.2, 0.5, 1};         // by tier, from follower on
  std::vector<double> influences = {0.1, 1, 2, 5, 10};    // w, by tier
  double face_gain = 5;                                   // g_F
  double video = 0.6, practice = 0.05, rest = 30 * 24;    // of calls
  double met = 0, friends = 0;                            // shares of the first audience

  struct Pair {
    std::uint32_t calls = 0;
    Tick called = -1'000'000'000;
  };
  struct Course {
    std::uint32_t begun = 0;
    std::vector<std::uint64_t> calls;  // by studied account, cumulative
    template <class Archive>
    void visit(Archive& a) {
      a(begun), a(calls);
    }
  };

  double strength(Tier tier, double silence, bool mutual) const {
    if (tier < Tier::conversing || (tier == Tier::conversing && mutual)) return 1;
    return exp(-24 * silence / fade(tier));
  }
  // What the values of tiers, beginning with `first`, come to.
  static double at(const std::vector<double>& values, Tier first, Tier tier, double strength) {
    const auto k = static_cast<std::size_t>(tier) - static_cast<std::size_t>(first);
    return strength == 1 ? values[k] : values[k - 1] + (values[k] - values[k - 1]) * strength;
  }
  // Trust gained by the n-th call with somebody, from 0: what meeting would earn, less what the channel loses.
  double call_gain(std::uint32_t n) const { return face_gain * std::min(1.0, video * (1 + practice * n)); }

  double feeling(const Encounter& e, const Pair&) const { return at(feelings, Tier::stranger, e.tier, strength(e)); }
  double door(const Encounter& e, const Pair&) const {
    return at(influences, Tier::stranger, e.tier, strength(e)) / influences[1];
  }
  double shield(const Standing& s, const Pair&) const {
    return at(shields, Tier::follower, s.tier, strength(s.tier, s.silence, s.tie.reciprocal != 0));
  }
  void day(const Standing& s, Acquaintance& a, Pair&, const Stream&) const { loosen(a, s.silence); }
  void react(const Encounter& e, Acquaintance& a, Pair&, const Doing&, const Stream&) const {
    if (e.sight.fresh && e.tie.follower == 0) loosen(a, e.silence);
  }

  void tell(const Encounter& e, const Pair&, const Doing&, const Stream&, Notes& notes) const {
    notes.push_back({.name = "tie_strength",
                     .value = strength(e),
                     .terms = {{"tier", static_cast<double>(e.tier)}, {"days_since_contact", e.silence}}});
  }
  std::string told(std::uint32_t) const { return "gets a call"; }

  template <class World>
  void follow_up(Course& course, World& world, std::span<const Deed>, const Stream& draw) const {
    course.calls.resize(world.studied());
    if (course.begun == 0) acquaint_audience(world, draw), course.begun = 1;
    if (!world.day_ends()) return;
    for (std::size_t k = 0; k < course.calls.size(); ++k) {
      const Scenario& scenario = *world.setting().scenario;
      const std::uint64_t most = whole_on_day(calls_a_day(scenario, *world.setting().studied[k]), world.day());
      const std::uint64_t calls = most > 0 ? call(most, k, world, draw) : 0;
      course.calls[k] += calls;
      world.spend(k, static_cast<double>(calls) * scenario.effort.call);
      hold_few(k, world);
    }
  }

  template <class Add>
  void report(const Add& add) const {
    add(Quantity{"calls", "calls", "video calls with followers", true, true},
        [](const Course& c, std::size_t k) { return k < c.calls.size() ? c.calls[k] : 0; });
    const auto stock = [&](const char* called, const char* text, Tier tier) {
      add(Quantity{called, "accounts", text, true, false},
          [tier](const Course&, std::size_t, const auto& following, const auto&) {
            return following.tiers[static_cast<std::size_t>(tier)];
          });
    };
    stock("tier_conversing", "followers who converse with the account, or whom it follows back", Tier::conversing);
    stock("tier_met", "followers whom it has met in person", Tier::met);
    stock("tier_friends", "followers who are its friends", Tier::friends);
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: closeness changes nothing and nobody calls", .source = "assumption"});
    declare_fading(f);
    declare_effects(f);
    declare_channels(f);
  }

 private:
  using Rank = std::tuple<double, std::uint32_t, AccountId>;  // first, turn, reader

  double fade(Tier tier) const {
    return tier == Tier::conversing ? fade_conversing : tier == Tier::met ? fade_met : fade_friends;
  }
  double strength(const Encounter& e) const { return strength(e.tier, e.silence, e.tie.reciprocal != 0); }
  // A tie that is too weak drops a tier, which then counts from the day.
  void loosen(Acquaintance& a, double silence) const {
    const auto tier = static_cast<Tier>(a.tier);
    if (tier < Tier::conversing || strength(tier, silence, false) >= threshold) return;
    --a.tier;
    a.contact += static_cast<Tick>(silence);
  }

  template <class World>
  void acquaint_audience(World& world, const Stream& draw) const {
    if (met + friends <= 0) return;
    for (std::size_t k = 0; k < world.studied(); ++k)
      for (const AccountId i : world.columns().studied[k].followers) {
        const double u = uniform(draw(i, world.id_of(k), 0, 1)[0]);
        if (u < met + friends) bring_close(*world.memory(k, i), u < friends ? Tier::friends : Tier::met, world.day());
      }
  }

  // The account calls those it converses with, who trust it most first, and nobody again before a while.
  template <class World>
  std::uint64_t call(std::uint64_t most, std::size_t k, World& world, const Stream& draw) const {
    std::vector<Rank> order;
    for (const AccountId i : world.columns().studied[k].followers) {
      auto& memory = *world.memory(k, i);
      const double since = (world.now() - memory.template of<Ties>().called) * world.setting().scenario->tick;
      if (memory.closed != 0 || tier_of(memory, *world.tie(k, i)) < Tier::conversing || since < rest) continue;
      order.push_back({-world.trust_of(memory), draw(i, world.id_of(k))[0], i});
    }
    const auto calls = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(most, order.size()));
    std::partial_sort(order.begin(), order.begin() + calls, order.end());
    for (auto r = order.begin(); r != order.begin() + calls; ++r) talk_to(std::get<2>(*r), k, world);
    return static_cast<std::uint64_t>(calls);
  }
  template <class World>
  void talk_to(AccountId reader, std::size_t k, World& world) const {
    auto& memory = *world.memory(k, reader);
    Pair& pair = memory.template of<Ties>();
    world.gain_trust(memory, call_gain(pair.calls++) * world.setting().studied[k]->authenticity);
    pair.called = world.now();
    bring_close(memory, Tier::conversing, world.day());
    world.tell(What::deed, reader, world.id_of(k), number_of_name("call"));
  }

  // Beyond what it can hold, the closest and latest stay, and the others drop a tier.
  template <class World>
  void hold_few(std::size_t k, World& world) const {
    std::vector<Rank> close;
    for (const AccountId i : world.columns().studied[k].followers) {
      const Acquaintance& a = *world.memory(k, i);
      if (a.tier >= static_cast<std::uint8_t>(Tier::met)) close.push_back({-a.tier, ~std::uint32_t(a.contact), i});
    }
    std::sort(close.begin(), close.end());
    for (std::size_t n = 0; n < close.size(); ++n) {
      Acquaintance& a = *world.memory(k, std::get<2>(close[n]));
      const bool friends_full = n >= static_cast<std::size_t>(most_friends);
      const bool full = n >= static_cast<std::size_t>(most_met);
      a.tier = std::min(a.tier, static_cast<std::uint8_t>(full           ? Tier::conversing
                                                          : friends_full ? Tier::met
                                                                         : Tier::friends));
    }
  }

  void declare_fading(Fields& f) {
    const auto time = [&](const char* key, double& hours, const char* text) {
      f.duration(key, hours, {.low = 1, .high = 1e7, .help = text, .source = "assumption"});
    };
    time("fade_conversing", fade_conversing, "T: silence after which a conversation has 1 / e of its strength");
    time("fade_met", fade_met, "... after which having met has");
    time("fade_friends", fade_friends, "... after which a friendship has");
    f.number("threshold", threshold,
             {.low = 0, .high = 1, .help = "strength below which a tie drops a tier", .source = "assumption"});
    f.integer("most_met", most_met,
              {.unit = "accounts",
               .low = 0,
               .high = 1e9,
               .help = "how many it can hold among those it has met, friends included",
               .source = "Dunbar's layers: 50"});
    f.integer("most_friends", most_friends,
              {.unit = "accounts", .low = 0, .high = 1e9, .help = "how many friends", .source = "Dunbar's layers: 15"});
  }

  void declare_effects(Fields& f) {
    const auto values = [&](const char* key, std::vector<double>& v, std::size_t count, double most, const char* text) {
      f.numbers(key, v, {.low = 0, .high = most, .help = text, .source = "assumption"});
      f.check(key, v.size() == count, "`" + std::string(key) + "` has not " + std::to_string(count) + " numbers", text);
    };
    values("feeling", feelings, 5, 10,
           "b_L: added to utility: of a stranger, a follower, one it converses with, has met, a friend");
    values("shield", shields, 4, 100,
           "protection from unfollowing: of a follower, one it converses with, has met, a friend");
    values("influence", influences, 5, 1000,
           "w: how ready they look closer: a stranger, a follower, one it converses with, has met, a friend");
    f.check("influence", influences.size() < 2 || influences[1] > 0, "a follower's `influence` is 0",
            "all are relative to it, so it must be above 0");
  }

  void declare_channels(Fields& f) {
    f.number("face_gain", face_gain,
             {.low = 0, .high = 1000, .help = "g_F: what meeting in person adds to trust", .source = "assumption"});
    f.number("video", video,
             {.low = 0, .high = 1, .help = "share of that for a video call", .source = "assumption: video loses cues"});
    f.number("practice", practice,
             {.low = 0,
              .high = 10,
              .help = "gain of a call with each earlier one with the same person, up to meeting in person",
              .source = "assumption: marginally easier"});
    f.duration("rest", rest,
               {.low = 0, .high = 1e6, .help = "time between two calls with the same person", .source = "assumption"});
    f.number("met", met,
             {.low = 0, .high = 1, .help = "share of the first audience it has met before", .source = "assumption"});
    f.number("friends", friends,
             {.low = 0, .high = 1, .help = "share of the first audience who are friends", .source = "assumption"});
    f.check("friends", met + friends <= 1, "`met` and `friends` are more than the whole audience",
            "their sum must be at most 1");
  }
};

}  // namespace passalong
