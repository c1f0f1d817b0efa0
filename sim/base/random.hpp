// Randomness as a pure function of identity (Salmon et al. 2011, Philox4x32-10). Nothing is stored or advanced:
// a draw is named by (seed, replicate, purpose) and (actor, author, ordinal, block), so it does not matter who draws
// first, on which thread, or whether another mechanism draws at all.
#pragma once
#include <Random123/philox.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace passalong {

// What a draw is for. A number never changes its meaning and is never used again for another; the comment gives
// the counter's tuple (actor, author, ordinal, block) and how the four words are used.
enum class Purpose : std::uint32_t {
  // network
  account_weight = 1,  // (account, 0, 0, 0): follower weight, followee count, rounding
  followee = 2,        // (account, slot, attempt, 0): topic, member, alias, reciprocation
  shuffle = 3,         // (account, 0, 0, 0): order of accounts
  degree = 4,          // (account, 0, 0, 0): follower, followee, mutual counts; rounding
  permutation = 5,     // (half, round, which, 0): round function of a keyed permutation
  skip = 6,            // (row, draw, part, 0): how many pairs are passed over before the next follow
  attachment = 7,      // (newcomer, tie, attempt, 0) or (step's low word, its high word, 0, 0): whom it ties to
  rewired_end = 8,     // (account, slot, attempt, 0): whether, where to
  community_pick =
      9,          // (account, slot, attempt, 0): level, member, whether closed, returned; (smaller, larger account,
                  // 2^32 - 1, 0): which of two that follow each other lets go
  quadrant = 19,  // (edge's low word, its high word, attempt, level / 16): one word for four levels
  // population
  interests = 10,            // (account, 0, 0, topic / 2): two uniforms a topic
  interest_mixing = 11,      // (account, round, 0, 0): homophily on a given network
  attention = 12,            // (account, 0, 0, 0): capacity
  activity = 13,             // (account, 0, 0, 0): posting rate
  affinity = 14,             // (account, 0, 0, 0): which population, value
  seller = 15,               // (account, 0, 0, 0)
  expertise = 16,            // (account, 0, 0, 0)
  background_affinity = 18,  // (reader, author, 0, 0): what the reader thinks of what the author sells
  audience = 17,             // (account, brand, 0, 0): key of the draw without replacement; reciprocal tie. Arms are 0
  // posts
  post_time = 20,         // (author, 0, ordinal, 0): place within its interval
  post_content = 21,      // (author, 0, ordinal, 0): kind, topic, quality
  background_count = 22,  // (account, 0, day, 0): how many posts; block 1 + n / 4: their times
  // copies of ordinary posts; the counter's fourth word is given as it stands
  glance = 23,    // (sharer, author, ordinal, place in the list / 16): a byte a follower, lowest first, who may see
  sight = 24,     // (reader, author, ordinal, sharer): whether who may see does
  reaction = 25,  // (reader, author, ordinal, 0): error of appraisal, whether to pass on, delay
  // the conversation model, each (reader, author, ordinal, 0)
  see = 30,
  noise = 31,
  perception = 32,
  forward = 33,  // whether, delay
  follow = 34,
  ladder = 35,  // check, adopt
  // per day
  patience = 36,  // (reader, author, spell, 0): Exp(1) threshold of unfollowing; word 1 its cause
  inflow = 37,    // (author, day, slot, 0): whether, through whom, which of theirs, anyone
  client = 38,    // (reader, author, day, 0): whether a customer stays; whether a follower buys on others' word
  // follows that change, each day
  ordinary_unfollow = 40,  // (followed, day, draw, 0): how many followers are passed over before the next who leaves
  ordinary_follow = 41,    // (followed, day, draw, 0): how many come; who, by which way
  follow_back = 42,        // (followed, follower, day, 0)
  reshare_follow = 43,     // (reader, author, ordinal, 0): a reshared post wins its author a follower
  newcomer = 44,           // (account, 0, slot, 0): whom a new account follows first
  // population, further
  cohort = 85,  // (account, 0, 0, 0): which one it belongs to
  place = 86,   // (account, 0, 0, 0): where it lives
  // cascades of classic models
  live_edge = 70,  // (edge / 8, its low and its high word; replicate; digit 0..3): sixteen bits of each of eight edges,
                   // edge % 8 = 2 word + half, low half first; an edge is live where its digits, the most significant
                   // first, are less than those of its probability
  cascade_seed = 71,  // (replicate, draw, group of seeds, 0): which account is struck next
  trivalency = 72,    // (edge / 4, its low and its high word, 0, 0): word edge % 4, which of three chances it has; of
                      // replicate 0, the same for all
  // thresholds and adoption in classic models
  threshold = 110,         // (account, 0, 0, 0): word 0 the quantile of its threshold
  update_order = 111,      // (account, 0, step, 0): words 0 and 1 its place within the step
  signal = 112,            // (account, 0, signal, 0): word 0 whether that signal, the first being 1, is enough
  fractional_share = 113,  // (account, 0, step, 0): word 0 whether it shares in that step
  adoption = 114,          // (account, 0, 0, 0): words 0 and 1 how long it holds out
  epidemic_contact = 100,  // (account, which infection of it, which contact of that, 0): words 0, 1 whom, in continuous
                           // time; 2, 3 how far to the next
  epidemic_stay = 101,     // (account, which infection, 0 exposed, 1 infected, 2 immune, 0): words 0, 1 for how long
  hawkes_child = 102,      // (event, child, 0, 0): word 0 spacing, 1 delay, 2, 3 who; block 1: word 0 whether in spite
                           // of decay
  // feeds
  feed_check = 80,  // (reader, 0, tick, 0): how many checks
  feed_rank = 81,   // (sharer, author, ordinal, 0): moment within the tick; (reader, author, ordinal, 1): random rank
  feed_pick = 82,   // (account, 0, ordinal of the planned post, 0): new or passed on, which
  // memes and messages of classic models
  meme_action = 120,   // (step's low word, its high word, 0, 0): who acts (two words), whether about a new meme
  meme_reading = 121,  // (step's low word, its high word, draw, 0): how many posts on the screen are passed over before
                       // the next that is noticed; whether it reminds of another, which of those remembered
  message_traits = 122,  // (author, 0, ordinal among its messages, 0): quality, appeal, whether a bot's is 1
  feed_action = 123,     // (account, tick, 0, 0): new or passed on, which; order of arrival
  feed_turn = 124,       // (step's low word, its high word, 0, 0): who acts (two words), new or passed on, which
  bot_follower = 125,    // (bot, draw, 0, 0): how many accounts are passed over before the next who follows it
  bot_follow = 126,      // (bot, slot, 0, 0): which other bot it follows
  // policies
  learning = 88,  // (author, 0, period, arm / 4): a word an arm; of block 0, whether it picks at random, which
  // statistics
  network_sample = 60,  // (sample, what, attempt, 0): nodes and wedges looked at
  band = 50,            // (draw, replicate, 0, 0)
  scenario_draw = 51,   // (draw, parameter, 0, 0)
};

// Mechanisms beyond the core name their draws by their own name instead: see Stream's second constructor. No two names
// in use may share a number; the list of mechanisms checks this.
constexpr std::uint32_t number_of_name(const char* name) {
  std::uint32_t h = 0x811c'9dc5;  // FNV-1a
  for (; *name != 0; ++name) h = (h ^ static_cast<std::uint8_t>(*name)) * 0x0100'0193;
  return h;
}

using Words = std::array<std::uint32_t, 4>;

// The middle of the 2^32 equal cells of (0, 1): never 0, never 1.
inline double uniform(std::uint32_t word) { return (word + 0.5) * (1.0 / 4294967296.0); }

// One purpose of one replicate: a keyed function from identity to four independent 32-bit words.
class Stream {
 public:
  Stream() = default;
  Stream(std::uint64_t seed, std::uint32_t replicate, Purpose purpose) {
    const auto k = philox({static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
                          {replicate, static_cast<std::uint32_t>(purpose), 0, 0});
    key_ = {k[0], k[1]};
  }
  // Of a mechanism, by its name: tuple and use of the words are told where it is.
  Stream(std::uint64_t seed, std::uint32_t replicate, const char* name) {
    const auto k = philox({static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
                          {replicate, number_of_name(name), 1, 0});
    key_ = {k[0], k[1]};
  }
  Words operator()(std::uint32_t actor, std::uint32_t author = 0, std::uint32_t ordinal = 0,
                   std::uint32_t block = 0) const {
    return philox(key_, {actor, author, ordinal, block << 16});
  }

  // The same with a last word that is the counter's fourth as it stands, where 65,536 blocks are not enough.
  Words at(std::uint32_t actor, std::uint32_t author, std::uint32_t ordinal, std::uint32_t last) const {
    return philox(key_, {actor, author, ordinal, last});
  }

  // Columns of counters, and of the four words at each: words.of[k][i] = at(actor[i], author[i], ordinal[i],
  // last[i])[k].
  struct Counters {
    const std::uint32_t *actor, *author, *ordinal, *last;
  };
  struct WordColumns {
    std::uint32_t* of[4];
  };
  void fill(const Counters& counters, std::size_t count, const WordColumns& words) const;
  // With the form for one width of processor, 0 being the plainest of widths(): for the test that they all agree.
  void fill_with(std::size_t width, const Counters& counters, std::size_t count, const WordColumns& words) const;
  static std::size_t widths();

  // words[i] = (*this)(actors[i], author, ordinal)[0], for count actors at once.
  void first_words(const std::uint32_t* actors, std::size_t count, std::uint32_t author, std::uint32_t ordinal,
                   std::uint32_t* words) const;
  // The eight 16-bit halves of (*this)(actor, actor >> 32, ordinal), low half before high half, for many at once.
  // Counts are rounded up to a multiple of eight: so much must be readable, and writable. One draw after the other:
  // halves[8 * i + h], of actors[i] and ordinals[i].
  void halves_by_draw(const std::uint64_t* actors, const std::uint32_t* ordinals, std::size_t count,
                      std::uint16_t* halves) const;
  // One half after the other: halves[stride * h + i], of one actor and ordinals[i].
  void halves_by_place(std::uint64_t actor, const std::uint32_t* ordinals, std::size_t count, std::size_t stride,
                       std::uint16_t* halves) const;

 private:
  static Words philox(std::array<std::uint32_t, 2> key, Words counter) {
    const r123::Philox4x32::ctr_type c = {{counter[0], counter[1], counter[2], counter[3]}};
    const r123::Philox4x32::key_type k = {{key[0], key[1]}};
    const auto out = r123::Philox4x32{}(c, k);
    return {out[0], out[1], out[2], out[3]};
  }
  std::array<std::uint32_t, 2> key_{};
};

}  // namespace passalong
