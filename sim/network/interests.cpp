// Draws and mixes interests; every row is its account's own work, so workers never meet.
#include "sim/network/interests.hpp"

#include <algorithm>

#include "sim/base/column.hpp"
#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 4096;
constexpr std::uint32_t mixing_rounds = 3;

template <class F>
void each_account(AccountId accounts, Team& team, const F& f) {
  team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) f(static_cast<AccountId>(i));
  });
}

// Logarithms of unnormalised gamma variates become shares that sum to 1.
void normalise(std::vector<double>& logs, float* row) {
  const double most = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (double& x : logs) sum += x = passalong::exp(x - most);
  for (std::size_t t = 0; t < logs.size(); ++t) row[t] = static_cast<float>(logs[t] / sum);
}

void find_primary(Interests& interests, AccountId a) {
  const std::span<const float> row = interests.of(a);
  interests.primary[a] = static_cast<std::uint8_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

bool is_given(const Attributes& given, AccountId a) {
  if (given.topics == 0) return false;
  const float* row = given.interests.data() + a * given.topics;
  return std::any_of(row, row + given.topics, [](float share) { return share > 0; });
}

// Who takes over from whom; where that stands in the lists is asked for ahead.
constexpr std::size_t meetings_at_once = 256;
struct Meeting {
  std::size_t account;
  const AccountId* other;
};
std::size_t find_meetings(const Network& network, const Stream& draw, std::uint32_t round, double homophily,
                          std::pair<std::size_t, std::size_t> accounts, Meeting* meetings) {
  std::size_t count = 0;
  for (auto a = static_cast<AccountId>(accounts.first); a < accounts.second; ++a) {
    if (is_given(network.attributes, a)) continue;
    const Words words = draw(a, round);
    const auto followers = network.followers_of(a);
    if (followers.empty() || !(uniform(words[0]) < homophily)) continue;
    meetings[count] = {a, &followers[(std::uint64_t{words[1]} * followers.size()) >> 32]};
    __builtin_prefetch(meetings[count++].other);
  }
  return count;
}
}  // namespace

Interests draw_interests(AccountId accounts, const PopulationSection& section, std::uint64_t seed,
                         std::uint32_t replicate, Team& team) {
  Interests out;
  draw_interests(out, accounts, section, seed, replicate, team);
  return out;
}

void draw_interests(Interests& out, AccountId accounts, const PopulationSection& section, std::uint64_t seed,
                    std::uint32_t replicate, Team& team) {
  if (section.topics < 1 || section.topics > 256)
    throw Failure(Exit::scenario, "population.topics must lie in [1, 256]", "8 topics are usual");
  const std::size_t drawn = out.primary.size();
  out.topics = static_cast<std::size_t>(section.topics);
  const std::size_t shares = accounts * out.topics;
  out.weights.reserve(shares);
  prefer_huge_pages(out.weights.data(), shares * sizeof(float));
  out.primary.resize(accounts), out.weights.resize(shares);
  const Stream draw(seed, replicate, Purpose::interests);
  const double c = section.concentration;
  const Distribution gamma = Distribution::gamma(c + 1, c + 1);
  std::vector<std::vector<double>> logs(team.workers(), std::vector<double>(out.topics));
  team.blocks(accounts - drawn, block, [&](std::size_t begin, std::size_t end, unsigned worker) {
    std::vector<double>& log_x = logs[worker];
    for (std::size_t a = drawn + begin; a < drawn + end; ++a) {
      Words words{};
      for (std::uint32_t t = 0; t < out.topics; ++t) {
        if (t % 2 == 0) words = draw(static_cast<std::uint32_t>(a), 0, 0, t / 2);
        log_x[t] = passalong::log(gamma.quantile(uniform(words[t % 2 * 2]))) +
                   passalong::log(uniform(words[t % 2 * 2 + 1])) / c;
      }
      normalise(log_x, out.weights.data() + a * out.topics);
      find_primary(out, static_cast<AccountId>(a));
    }
  });
}

void take_given_interests(Interests& interests, const Attributes& given, Team& team) {
  each_account(static_cast<AccountId>(interests.primary.size()), team, [&](AccountId a) {
    if (!is_given(given, a)) return;
    std::copy_n(given.interests.data() + a * given.topics, given.topics, interests.weights.data() + a * given.topics);
    find_primary(interests, a);
  });
}

void mix_interests(Interests& interests, const Network& network, double homophily, std::uint64_t seed,
                   std::uint32_t replicate, Team& team) {
  const Stream draw(seed, replicate, Purpose::interest_mixing);
  HugeColumn<float> before(interests.weights.size());
  for (std::uint32_t round = 0; round < mixing_rounds; ++round) {
    team.blocks(before.size(), block * 16, [&](std::size_t begin, std::size_t end, unsigned) {
      std::copy_n(&interests.weights[begin], end - begin, &before[begin]);
    });
    team.blocks(network.accounts(), meetings_at_once, [&](std::size_t begin, std::size_t end, unsigned) {
      Meeting meetings[meetings_at_once];
      const std::size_t count = find_meetings(network, draw, round, homophily, {begin, end}, meetings);
      for (std::size_t k = 0; k < count; ++k) __builtin_prefetch(&before[*meetings[k].other * interests.topics]);
      for (std::size_t k = 0; k < count; ++k) {
        float* row = interests.weights.data() + meetings[k].account * interests.topics;
        const float* other = before.data() + *meetings[k].other * interests.topics;
        for (std::size_t t = 0; t < interests.topics; ++t) row[t] = 0.5F * (row[t] + other[t]);
      }
    });
  }
  each_account(network.accounts(), team, [&](AccountId a) { find_primary(interests, a); });
}

}  // namespace passalong
