// How mechanisms beyond the core take part: a struct with parameters, an off switch and any of the verbs listed here,
// named in one line of conversation.hpp. What it lacks is not called; what is off costs one comparison a reader.
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "models/mechanisms/trust.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/deed.hpp"
#include "sim/engine/world_of.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

// What a reader is to a studied account, in rising order. Conversing: they follow each other, or replies
// have been answered.
enum class Tier : std::uint8_t { stranger, follower, conversing, met, friends };

// What a reader remembers of a studied account that any mechanism may ask for.
struct Acquaintance {
  TrustCounts trust;
  float log_odds = 0;  // of being a pitcher
  Tick last_bad = -1'000'000'000;
  Tick contact = 0;  // the day of the last one to one
  std::uint8_t customer = 0, client = 0;
  std::uint8_t tier = 0;    // the highest that mechanisms have raised it to; see tier_of
  std::uint8_t closed = 0;  // the reader has blocked the account
};
// One to one, by whatever channel: a tie of at least this tier, renewed.
inline void bring_close(Acquaintance& a, Tier tier, std::uint32_t day) {
  a.tier = std::max(a.tier, static_cast<std::uint8_t>(tier));
  a.contact = static_cast<Tick>(day);
}
static_assert(sizeof(Acquaintance) == sizeof(TrustCounts) + sizeof(float) + 2 * sizeof(Tick) + 4, "no padding");
inline Tier tier_of(const Acquaintance& a, const Tie& tie) {
  const Tier by_following = tie.follower == 0     ? Tier::stranger
                            : tie.reciprocal != 0 ? Tier::conversing
                                                  : Tier::follower;
  return std::max(static_cast<Tier>(a.tier), by_following);
}

// One post of a studied account before one reader, as it was before the reader has learnt from it.
struct Encounter {
  const Sight& sight;
  const Tie& tie;
  Tier tier = Tier::stranger;
  double affinity = 0, similarity = 0;  // of the reader to the product; to the post's topic
  double trust = 0.5, suspicion = 0;
  double merit = 0, error = 0, utility = 0;  // V, eps, U of the appraisal; 0 in worth and feeling, which add to them
  double silence = 0;                        // days since the last one to one
  const Population* people = nullptr;        // for what few ask
  double expertise() const { return people->expertise[sight.reader] / 255.0; }
};

// The end of a follower's day.
struct Standing {
  AccountId reader, author;
  std::uint32_t day;
  const Tie& tie;
  Tier tier;
  double affinity, trust, suspicion;
  double silence;  // days since the last one to one
};

// Where a mechanism says what the reader does.
struct Doing {
  Decision& decision;
  std::vector<Deed>& deeds;
  std::uint32_t studied;
  const Sight& sight;
  // To be taken up by the mechanism's follow_up.
  void note(const char* mechanism, double amount = 0) const {
    deeds.push_back({number_of_name(mechanism), studied, sight.reader, sight.post.ordinal, static_cast<float>(amount)});
  }
};

// A mechanism M has
//   static constexpr const char *name, *help;  bool on = false;  void declare(Fields&);
// and may have, where draw is its own stream (Setting::stream(name)), and Pair what it remembers of a reader and an
// account (plain, 4-byte values alone), and Course what it keeps of the world (with visit):
//   void check(const Scenario&, Fields&) const                    what must fit between it and the rest of the scenario
//   void begin(const Setting&)                                    before the first tick: looks at its world
//   double worth(const Encounter&, const Pair&) const             is added to the merit V
//   double feeling(const Encounter&, const Pair&) const           is added to the utility U
//   double readiness(const Encounter&, const Pair&) const         is a factor on passing on
//   double door(const Encounter&, const Pair&) const              is a factor on looking closer
//   bool governs(const Content&) const                            alone decides about passing such posts on; it is
//   asked
//                                                                 again when further copies come (Sight::copies, fresh)
//   void react(const Encounter&, Acquaintance&, Pair&, const Doing&, const Stream& draw) const
//   void day(const Standing&, Acquaintance&, Pair&, const Stream& draw) const     of a follower, before it may leave
//   double shield(const Standing&, const Pair&) const             is added to the protection from unfollowing
//   void follow_up(Course&, World&, std::span<const Deed>, const Stream& draw) const   template <class World>; at each
//                                                                 tick's end, one world at a time: ConversationWorld
//   void report(Add&) const                                       template <class Add>; add(Quantity, value), where
//   value
//                                                                 is called as value(Course&, k) or value(Course&, k,
//                                                                 Following&, const World&)
//   bool changes_follows() const                                  it calls World::befriend
//   void tell(const Encounter&, const Pair&, const Doing&, const Stream& draw, Notes&) const
//                                                                 to who inquires: what react comes from, of the pair
//                                                                 as it was; the decision is the one made
//   std::string told(std::uint32_t ordinal) const                 in words, the deed that World::tell was given
template <class M>
concept Mechanism = requires(M& m, Fields& f) {
  { M::name } -> std::convertible_to<const char*>;
  { M::help } -> std::convertible_to<const char*>;
  { m.on } -> std::convertible_to<bool>;
  {m.declare(f)};
};

struct Nothing {
  template <class Archive>
  void visit(Archive&) {}
};

namespace detail {
template <class M>
struct PairOf {
  using type = Nothing;
};
template <class M>
requires requires { typename M::Pair; }
struct PairOf<M> {
  using type = typename M::Pair;
};
template <class M>
struct CourseOf {
  using type = Nothing;
};
template <class M>
requires requires { typename M::Course; }
struct CourseOf<M> {
  using type = typename M::Course;
};
}  // namespace detail
template <class M>
using PairOf = typename detail::PairOf<M>::type;
template <class M>
using CourseOf = typename detail::CourseOf<M>::type;

// The pairs of all mechanisms in one row: plain, and nothing where a mechanism keeps none.
template <class M>
struct Kept {
  PairOf<M> pair{};
};
template <class M>
requires std::is_same_v<PairOf<M>, Nothing>
struct Kept<M> {
};
template <Mechanism... M>
struct Pairs : Kept<M>... {
  static_assert(((std::is_empty_v<Kept<M>> || (alignof(Kept<M>) == 4 && sizeof(Kept<M>) % 4 == 0)) && ...),
                "rows are saved byte by byte: no padding");
  template <class One>
  auto& of() {
    if constexpr (std::is_empty_v<Kept<One>>) {
      static Nothing nothing;
      return nothing;
    } else {
      return static_cast<Kept<One>&>(*this).pair;
    }
  }
};

// The list of mechanisms, with their parameters.
template <Mechanism... M>
struct MechanismList {
  std::tuple<M...> all;
  using Pairs = passalong::Pairs<M...>;
  using Courses = std::tuple<CourseOf<M>...>;
  static constexpr std::size_t count = sizeof...(M);
  static constexpr std::array<const char*, count> names() { return {M::name...}; }

  bool any() const { return (std::get<M>(all).on || ...); }
  // f(mechanism) for each that is on.
  template <class F>
  void each_on(const F& f) const {
    (call<M>(f), ...);
  }
  template <class F>
  void each(const F& f) {
    (f(std::get<M>(all)), ...);
  }
  template <class One>
  static constexpr std::size_t place_of() {
    std::size_t at = 0;
    (void)((std::is_same_v<One, M> ? true : (++at, false)) || ...);
    return at;
  }
  static constexpr bool names_differ() {
    const std::array<std::uint32_t, count> numbers{number_of_name(M::name)...};
    for (std::size_t a = 0; a < count; ++a)
      for (std::size_t b = 0; b < a; ++b)
        if (numbers[a] == numbers[b]) return false;
    return true;
  }

 private:
  template <class One, class F>
  void call(const F& f) const {
    if (std::get<One>(all).on) f(std::get<One>(all));
  }
};

}  // namespace passalong
