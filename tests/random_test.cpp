// Keyed randomness: known answers, an independent Philox, and independence of whatever differs in its name. Chi-square
// thresholds are set for one false alarm in a million seeds; the seed is fixed.
#include "sim/base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <vector>

#include "sim/base/special.hpp"

namespace passalong {
namespace {

constexpr double false_alarm = 1e-6;

// Philox4x32-10 as printed in Salmon et al. 2011, without the library.
Words plain_philox(std::array<std::uint32_t, 2> key, Words c) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p = 0xD2511F53ULL * c[0], q = 0xCD9E8D57ULL * c[2];
    c = {static_cast<std::uint32_t>(q >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(q),
         static_cast<std::uint32_t>(p >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(p)};
    key[0] += 0x9E3779B9U, key[1] += 0xBB67AE85U;
  }
  return c;
}

Words library_philox(std::array<std::uint32_t, 2> key, Words c) {
  const r123::Philox4x32::ctr_type counter = {{c[0], c[1], c[2], c[3]}};
  const r123::Philox4x32::key_type words = {{key[0], key[1]}};
  const auto out = r123::Philox4x32{}(counter, words);
  return {out[0], out[1], out[2], out[3]};
}

struct KnownAnswer {
  std::array<std::uint32_t, 2> key;
  Words counter, expected;
};

// From Random123's kat_vectors: zeros, ones, digits of pi.
const KnownAnswer known_answers[] = {{{0, 0}, {0, 0, 0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                                     {{0xffffffff, 0xffffffff},
                                      {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                                      {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                                     {{0xa4093822, 0x299f31d0},
                                      {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                      {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};

TEST(Philox, GivesItsKnownAnswers) {
  for (const KnownAnswer& k : known_answers) {
    EXPECT_EQ(library_philox(k.key, k.counter), k.expected);
    EXPECT_EQ(plain_philox(k.key, k.counter), k.expected);
  }
}

TEST(Stream, IsPhiloxOfItsIdentity) {
  for (const std::uint64_t seed : {0ULL, 7ULL, 0xdeadbeef12345678ULL}) {
    const auto k = plain_philox({static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
                                {3, static_cast<std::uint32_t>(Purpose::see), 0, 0});
    const Stream stream(seed, 3, Purpose::see);
    EXPECT_EQ(stream(11, 22, 33, 44), plain_philox({k[0], k[1]}, {11, 22, 33, 44U << 16}));
    EXPECT_EQ(stream(5), plain_philox({k[0], k[1]}, {5, 0, 0, 0}));
  }
}

TEST(Stream, AnswersTheSameInAnyOrder) {
  const Stream stream(1, 2, Purpose::forward);
  const Words first = stream(1, 2, 3), second = stream(4, 5, 6);
  EXPECT_EQ(stream(4, 5, 6), second);
  EXPECT_EQ(stream(1, 2, 3), first);
  EXPECT_EQ(Stream(1, 2, Purpose::forward)(1, 2, 3), first);
}

TEST(Stream, GivesFirstWordsOfManyAsOfEach) {
  const Stream stream(7, 3, Purpose::see);
  for (const std::size_t count : {0U, 1U, 3U, 8U, 17U, 256U}) {
    std::vector<std::uint32_t> actors(count), words(count + 1, 42);
    for (std::size_t i = 0; i < count; ++i) actors[i] = static_cast<std::uint32_t>(i * 0x9E3779B9ULL);
    stream.first_words(actors.data(), count, 5, 6, words.data());
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(words[i], stream(actors[i], 5, 6)[0]) << i << " of " << count;
    EXPECT_EQ(words[count], 42U);
  }
}

TEST(Stream, DiffersWhereverItsNameDiffers) {
  std::set<Words> seen;
  const auto add = [&](const Words& w) { EXPECT_TRUE(seen.insert(w).second); };
  for (const std::uint64_t seed : {1ULL, 2ULL, 1ULL << 32}) {
    for (const std::uint32_t replicate : {0U, 1U}) {
      for (const Purpose purpose : {Purpose::see, Purpose::noise, Purpose::forward}) {
        const Stream s(seed, replicate, purpose);
        for (const auto& w : {s(0), s(1), s(0, 1), s(0, 0, 1), s(0, 0, 0, 1), s(1, 1)}) add(w);
      }
    }
  }
  EXPECT_EQ(seen.size(), 3U * 2 * 3 * 6);
}

// The numbers that name purposes are part of every published result.
TEST(Stream, AnswersManyActorsAsItAnswersOne) {
  const Stream stream(7, 3, Purpose::see);
  for (const std::size_t count : {0, 1, 3, 16, 255, 256, 1000}) {
    std::vector<std::uint32_t> actors(count), words(count);
    for (std::size_t i = 0; i < count; ++i) actors[i] = static_cast<std::uint32_t>(i * 0x9E37'79B9U);
    stream.first_words(actors.data(), count, 5, 0xFFFF'FFFF, words.data());
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(words[i], stream(actors[i], 5, 0xFFFF'FFFF)[0]) << i;
  }
}

TEST(Purpose, KeepsItsNumbers) {
  const std::vector<std::pair<Purpose, std::uint32_t>> numbers = {
      {Purpose::account_weight, 1}, {Purpose::followee, 2},  {Purpose::shuffle, 3},       {Purpose::interests, 10},
      {Purpose::attention, 12},     {Purpose::activity, 13}, {Purpose::affinity, 14},     {Purpose::seller, 15},
      {Purpose::expertise, 16},     {Purpose::audience, 17}, {Purpose::post_time, 20},    {Purpose::post_content, 21},
      {Purpose::see, 30},           {Purpose::noise, 31},    {Purpose::perception, 32},   {Purpose::forward, 33},
      {Purpose::follow, 34},        {Purpose::ladder, 35},   {Purpose::patience, 36},     {Purpose::inflow, 37},
      {Purpose::client, 38},        {Purpose::band, 50},     {Purpose::scenario_draw, 51}};
  for (const auto& [purpose, number] : numbers) EXPECT_EQ(static_cast<std::uint32_t>(purpose), number);
}

TEST(Uniform, NeverReachesItsEnds) {
  EXPECT_GT(uniform(0), 0.0);
  EXPECT_LT(uniform(0xffffffffU), 1.0);
  EXPECT_EQ(uniform(0x7fffffffU) + uniform(0x80000000U), 1.0);
}

double chi_square(const std::vector<std::uint32_t>& counts) {
  double total = 0, sum = 0;
  for (const auto c : counts) total += c;
  const double expected = total / static_cast<double>(counts.size());
  for (const auto c : counts) sum += (c - expected) * (c - expected) / expected;
  return sum;
}

// The chance of so large a chi-square or a larger one, and of so small a one: too even is as suspect as too uneven.
void expect_even(const std::vector<std::uint32_t>& counts, const char* what) {
  const double df = static_cast<double>(counts.size() - 1), x = chi_square(counts);
  EXPECT_GT(gamma_q(0.5 * df, 0.5 * x), false_alarm) << what;
  EXPECT_GT(gamma_p(0.5 * df, 0.5 * x), false_alarm) << what;
}

constexpr std::uint32_t pairs = 1 << 18, cells = 16;

// Counts of (first, second) on a grid, from 2^18 pairs of words.
template <class First, class Second>
std::vector<std::uint32_t> grid(const First& first, const Second& second) {
  std::vector<std::uint32_t> counts(cells * cells);
  for (std::uint32_t i = 0; i < pairs; ++i) {
    ++counts[static_cast<std::size_t>(uniform(first(i)) * cells) * cells +
             static_cast<std::size_t>(uniform(second(i)) * cells)];
  }
  return counts;
}

TEST(Stream, IsIndependentAcrossEveryPartOfItsName) {
  const Stream s(7, 0, Purpose::see), other_purpose(7, 0, Purpose::noise), other_replicate(7, 1, Purpose::see),
      other_seed(8, 0, Purpose::see);
  const auto base = [&](std::uint32_t i) { return s(i)[0]; };
  expect_even(grid(base, [&](std::uint32_t i) { return s(i)[1]; }), "words");
  expect_even(grid(base, [&](std::uint32_t i) { return s(i)[3]; }), "far words");
  expect_even(grid(base, [&](std::uint32_t i) { return s(i + 1)[0]; }), "neighbouring actors");
  expect_even(grid(base, [&](std::uint32_t i) { return s(i, 1)[0]; }), "authors");
  expect_even(grid(base, [&](std::uint32_t i) { return s(i, 0, 1)[0]; }), "ordinals");
  expect_even(grid(base, [&](std::uint32_t i) { return s(i, 0, 0, 1)[0]; }), "blocks");
  expect_even(grid(base, [&](std::uint32_t i) { return other_purpose(i)[0]; }), "purposes");
  expect_even(grid(base, [&](std::uint32_t i) { return other_replicate(i)[0]; }), "replicates");
  expect_even(grid(base, [&](std::uint32_t i) { return other_seed(i)[0]; }), "seeds");
}

TEST(Stream, IsEvenOverTheLowBitsToo) {
  const Stream s(7, 0, Purpose::forward);
  std::vector<std::uint32_t> low(1024), high(1024);
  for (std::uint32_t i = 0; i < pairs; ++i) {
    const Words w = s(0, i, 5);
    for (const auto word : w) ++low[word & 1023], ++high[word >> 22];
  }
  expect_even(low, "low bits");
  expect_even(high, "high bits");
}

// Every width of processor gives the words that one counter at a time gives, whatever the count and the alignment.
TEST(Stream, FillsColumnsAtEveryWidth) {
  const Stream stream(9, 4, Purpose::see);
  std::vector<std::uint32_t> columns[4], words[4];
  for (std::uint32_t i = 0; i < 101; ++i)
    for (std::uint32_t k = 0; k < 4; ++k) columns[k].push_back(i * 0x9e37'79b9U + k * 0x1234'5671U);
  for (auto& w : words) w.resize(101);
  for (std::size_t width = 0; width < Stream::widths(); ++width)
    for (std::size_t begin = 0; begin < 4; ++begin) {
      const Stream::Counters at{columns[0].data() + begin, columns[1].data() + begin, columns[2].data() + begin,
                                columns[3].data() + begin};
      stream.fill_with(width, at, 101 - begin, {{words[0].data(), words[1].data(), words[2].data(), words[3].data()}});
      for (std::size_t i = begin; i < 101; ++i) {
        const Words one = stream.at(columns[0][i], columns[1][i], columns[2][i], columns[3][i]);
        for (std::size_t k = 0; k < 4; ++k) ASSERT_EQ(words[k][i - begin], one[k]) << width << ", " << i;
      }
    }
}

TEST(Stream, GivesHalvesInBulkAsOneByOne) {
  const Stream stream(5, 3, Purpose::live_edge);
  std::vector<std::uint64_t> actors;
  std::vector<std::uint32_t> ordinals;
  for (std::uint32_t i = 0; i < 24; ++i)
    actors.push_back(std::uint64_t{i} << (i % 5 * 10)), ordinals.push_back(977 * i);
  const auto half = [&](std::uint64_t actor, std::size_t i, std::size_t h) {
    const Words words = stream(static_cast<std::uint32_t>(actor), static_cast<std::uint32_t>(actor >> 32), ordinals[i]);
    return static_cast<std::uint16_t>(words[h / 2] >> (h % 2 * 16));
  };
  std::vector<std::uint16_t> by_draw(8 * 24), by_place(8 * 24);
  stream.halves_by_draw(actors.data(), ordinals.data(), 20, by_draw.data());
  stream.halves_by_place(actors[23], ordinals.data(), 20, 24, by_place.data());
  for (std::size_t i = 0; i < 20; ++i)
    for (std::size_t h = 0; h < 8; ++h) {
      EXPECT_EQ(by_draw[8 * i + h], half(actors[i], i, h)) << i << ", " << h;
      EXPECT_EQ(by_place[24 * h + i], half(actors[23], i, h)) << i << ", " << h;
    }
}

}  // namespace
}  // namespace passalong
