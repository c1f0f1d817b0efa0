// Sums are of whole bytes, so that no order of followers can matter.
#include "sim/population/topics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace passalong {
namespace {
constexpr std::size_t block = 4096;
constexpr std::uint64_t ahead = 32;         // follows; their rows are on the way from memory
constexpr std::uint64_t at_once = 1 << 16;  // rows whose sum 32 bits hold

void quantise(std::span<const float> shares, std::uint8_t* row) {
  double square = 0;
  for (const float share : shares) square += static_cast<double>(share) * static_cast<double>(share);
  const double scale = 255 / std::sqrt(square);
  for (const float share : shares) *row++ = static_cast<std::uint8_t>(static_cast<double>(share) * scale + 0.5);
}

std::uint8_t mean_of(std::uint64_t sum, std::uint64_t count) {
  return static_cast<std::uint8_t>((sum + count / 2) / std::max<std::uint64_t>(1, count));
}

// The usual number of topics is known to the compiler; 0 stands for any.
template <std::size_t usual>
void add_rows(const TopicTraits& traits, const Network& network, std::uint64_t begin, std::uint64_t end,
              std::uint32_t* sum) {
  const std::size_t topics = usual > 0 ? usual : traits.topics();
  for (std::uint64_t e = begin; e < end; ++e) {
    __builtin_prefetch(traits.row(network.followers[std::min(e + ahead, network.follows() - 1)]));
    const std::uint8_t* row = traits.row(network.followers[e]);
    for (std::size_t t = 0; t < topics; ++t) sum[t] += row[t];
  }
}

// Rows of accounts that follow each other in number lie one behind the other, so what comes next is known across them.
template <std::size_t usual>
void average_audiences(TopicTraits& traits, const Network& network, Team& team) {
  const std::size_t topics = traits.topics();
  team.blocks(network.accounts(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto a = static_cast<AccountId>(begin); a < end; ++a) {
      std::uint64_t sum[usual > 0 ? usual : 256] = {};
      const std::uint64_t last = network.offsets[a + 1ULL];
      for (std::uint64_t e = network.offsets[a]; e < last; e += at_once) {
        std::uint32_t part[usual > 0 ? usual : 256] = {};
        add_rows<usual>(traits, network, e, std::min(e + at_once, last), part);
        for (std::size_t t = 0; t < topics; ++t) sum[t] += part[t];
      }
      for (std::size_t t = 0; t < topics; ++t) traits.row(a)[topics + t] = mean_of(sum[t], network.follower_count(a));
    }
  });
}

// Newcomers expect of their followers what everyone is like.
void expect_of_newcomers(TopicTraits& traits, AccountId founders, AccountId accounts, Team& team) {
  for (std::size_t t = 0; founders < accounts && t < traits.topics(); ++t) {
    const auto sum = team.sum<std::uint64_t>(founders, block, 0, [&](std::size_t begin, std::size_t end) {
      std::uint64_t part = 0;
      for (auto a = static_cast<AccountId>(begin); a < end; ++a) part += traits.interest(a, t);
      return part;
    });
    for (AccountId a = founders; a < accounts; ++a) traits.row(a)[traits.topics() + t] = mean_of(sum, founders);
  }
}
}  // namespace

TopicTraits summarise_topics(const Ground& ground, Team& team) {
  const auto accounts = static_cast<AccountId>(ground.interests.primary.size());
  TopicTraits traits(accounts, ground.interests.topics, team);
  team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto a = static_cast<AccountId>(begin); a < end; ++a) quantise(ground.interests.of(a), traits.row(a));
  });
  traits.topics() == 8 ? average_audiences<8>(traits, ground.network, team)
                       : average_audiences<0>(traits, ground.network, team);
  expect_of_newcomers(traits, ground.network.accounts(), accounts, team);
  return traits;
}

}  // namespace passalong
