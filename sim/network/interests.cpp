// Draws and mixes interests; every row is its account's own work, so workers never meet.
#include "sim/network/interests.hpp"

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/base/math_columns.hpp"
#include "sim/base/pages.hpp"
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

// Draws the rows of many accounts at once, step by step for all of them. A draw has two topics, so a row of an odd
// number of topics has one too many until it is written.
class InterestDraw {
 public:
  struct Desk {
    std::vector<std::uint32_t> actor, zero, last, words[4];
    std::vector<double> logs, more;
  };

  InterestDraw(const PopulationSection& section, std::uint64_t seed, std::uint32_t replicate)
      : draw_(seed, replicate, Purpose::interests),
        concentration_(section.concentration),
        gamma_(Distribution::gamma(section.concentration + 1, section.concentration + 1)),
        topics_(static_cast<std::size_t>(section.topics)),
        draws_((topics_ + 1) / 2) {}

  std::size_t at_once() const { return std::max<std::size_t>(1, 512 / draws_); }
  Desk desk() const {
    const std::size_t draws = at_once() * draws_;
    Desk desk;
    for (auto* column :
         {&desk.actor, &desk.zero, &desk.last, &desk.words[0], &desk.words[1], &desk.words[2], &desk.words[3]})
      column->resize(draws);
    desk.logs.resize(2 * draws), desk.more.resize(2 * draws);
    return desk;
  }
  // Of `count` accounts from `first` on, at most at_once().
  void rows(AccountId first, std::size_t count, Desk& desk, float* weights) const {
    draw_logs(first, count, desk);
    for (std::size_t i = 0; i < count; ++i) center(&desk.logs[i * 2 * draws_]);
    exp_all(desk.logs.data(), count * 2 * draws_);
    for (std::size_t i = 0; i < count; ++i) {
      const double* x = &desk.logs[i * 2 * draws_];
      double sum = 0;
      for (std::size_t t = 0; t < topics_; ++t) sum += x[t];
      float* row = weights + (first + i) * topics_;
      for (std::size_t t = 0; t < topics_; ++t) row[t] = static_cast<float>(x[t] / sum);
    }
  }

 private:
  // Logarithms of unnormalised gamma variates.
  void draw_logs(AccountId first, std::size_t count, Desk& desk) const {
    const std::size_t draws = count * draws_;
    for (std::size_t i = 0; i < draws; ++i) {
      desk.actor[i] = first + static_cast<std::uint32_t>(i / draws_);
      desk.last[i] = static_cast<std::uint32_t>(i % draws_) << 16;
    }
    auto& w = desk.words;
    draw_.fill({desk.actor.data(), desk.zero.data(), desk.zero.data(), desk.last.data()}, draws,
               {{w[0].data(), w[1].data(), w[2].data(), w[3].data()}});
    for (std::size_t i = 0; i < draws; ++i)
      for (std::size_t half = 0; half < 2; ++half) {
        desk.logs[2 * i + half] = gamma_.quantile(uniform(w[2 * half][i]));
        desk.more[2 * i + half] = uniform(w[2 * half + 1][i]);
      }
    log_all(desk.logs.data(), 2 * draws), log_all(desk.more.data(), 2 * draws);
    for (std::size_t i = 0; i < 2 * draws; ++i) desk.logs[i] += desk.more[i] / concentration_;
  }
  void center(double* x) const {
    const double most = *std::max_element(x, x + topics_);
    for (std::size_t t = 0; t < topics_; ++t) x[t] -= most;
  }

  Stream draw_;
  double concentration_;
  Distribution gamma_;
  std::size_t topics_, draws_;  // an account
};

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
  resize_at_once(out.weights, shares, team), resize_at_once(out.primary, accounts, team);
  const InterestDraw draw(section, seed, replicate);
  std::vector<InterestDraw::Desk> desks(team.workers(), draw.desk());
  team.blocks(accounts - drawn, draw.at_once(), [&](std::size_t begin, std::size_t end, unsigned worker) {
    draw.rows(static_cast<AccountId>(drawn + begin), end - begin, desks[worker], out.weights.data());
    for (std::size_t a = drawn + begin; a < drawn + end; ++a) find_primary(out, static_cast<AccountId>(a));
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
  HugeColumn<float> before;
  resize_at_once(before, interests.weights.size(), team);
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
