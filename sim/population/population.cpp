// Draws the trait columns. Every trait is the quantile of a keyed uniform; sums over follows are integers, so that no
// order of threads can change a bit.
#include "sim/population/population.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/pages.hpp"
#include "sim/base/random.hpp"
#include "sim/network/interests.hpp"
#include "sim/network/labels.hpp"
#include "sim/population/audience.hpp"
#include "sim/population/crowd.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 4096;

template <class F>
void each_account(AccountId accounts, Team& team, const F& f) {
  team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) f(static_cast<AccountId>(i));
  });
}

// How many accounts have how many followers.
std::vector<std::uint64_t> count_followers(const Network& network) {
  std::vector<std::uint64_t> histogram(1);
  for (AccountId i = 0; i < network.accounts(); ++i) {
    const std::uint32_t count = network.follower_count(i);
    if (count >= histogram.size()) histogram.resize(count + 1ULL);
    ++histogram[count];
  }
  return histogram;
}

// Normal score of an account's rank by follower count (ties share the middle rank), by follower count.
std::vector<double> fame_scores(const std::vector<std::uint64_t>& histogram, AccountId accounts) {
  std::vector<double> score(histogram.size());
  std::uint64_t below = 0;
  for (std::size_t c = 0; c < histogram.size(); ++c) {
    if (histogram[c] == 0) continue;
    score[c] = normal_quantile((static_cast<double>(below) + 0.5 * static_cast<double>(histogram[c])) /
                               static_cast<double>(accounts));
    below += histogram[c];
  }
  return score;
}

// Followers of the account at rank floor(share * accounts) from the top.
double celebrity_followers(const std::vector<std::uint64_t>& histogram, AccountId accounts, double share) {
  const auto rank = std::min<std::uint64_t>(accounts - 1ULL, static_cast<std::uint64_t>(share * accounts));
  std::size_t count = histogram.size() - 1;
  for (std::uint64_t above = histogram[count]; above <= rank && count > 0; above += histogram[count]) --count;
  return std::max(1.0, static_cast<double>(count));
}

void draw_activity(Population& p, const PopulationSection& section, const Network& network,
                   const std::vector<double>& score, const Stream& draw, Team& team) {
  const double rho = section.activity_fame, rest = std::sqrt(1 - rho * rho);
  const double scale = section.posts > 0 ? section.posts / std::max(1e-12, section.activity.mean()) : 1;
  each_account(static_cast<AccountId>(p.activity.size()), team, [&](AccountId i) {
    double z = normal_quantile(uniform(draw(i)[0]));
    if (i < network.accounts()) z = rho * score[network.follower_count(i)] + rest * z;
    const double factor = cohort_factor(p, section, i, &CohortSection::activity);
    p.activity[i] = static_cast<float>(std::max(0.0, factor * (scale * section.activity.at_score(z))));
  });
}

void draw_affinity(Population& p, const Scenario& s, std::uint32_t replicate, Team& team) {
  const Stream draw(static_cast<std::uint64_t>(s.seed), replicate, Purpose::affinity);
  const auto product = static_cast<std::size_t>(s.population.product_topic - 1);
  each_account(static_cast<AccountId>(p.affinity.size()), team, [&](AccountId i) {
    const Words w = draw(i);
    const bool interested = uniform(w[0]) * p.topics->total(i) < p.topics->interest(i, product);
    const Distribution& from = interested ? s.population.affinity_interested : s.population.affinity_others;
    const double factor = cohort_factor(p, s.population, i, &CohortSection::affinity);
    p.affinity[i] = static_cast<float>(std::clamp(factor * from.quantile(uniform(w[1])), 0.0, 1.0));
  });
}

// What a follow brings together, in one cache line: what its maker is owed and what it is like.
struct Reader {
  std::uint64_t load = 0;
  float affinity = 0;
};

// load_i = posts a day from all followees: rates flow along the follower lists as integers. On the way back comes what
// the followers like.
void walk_follows(Population& p, const Network& network, HugeColumn<Reader>& readers, Team& team) {
  constexpr std::uint64_t ahead = 32;  // follows; their readers are on the way from memory
  each_account(network.accounts(), team, [&](AccountId j) {
    const std::uint64_t rate = activity_units(p.activity[j]);
    double sum = 0;
    for (std::uint64_t e = network.offsets[j]; e < network.offsets[j + 1ULL]; ++e) {
      __builtin_prefetch(&readers[network.followers[std::min(e + ahead, network.follows() - 1)]], 1);
      Reader& reader = readers[network.followers[e]];
      std::atomic_ref<std::uint64_t>(reader.load).fetch_add(rate, std::memory_order_relaxed);
      sum += static_cast<double>(reader.affinity);
    }
    p.audience_affinity[j] = static_cast<float>(sum / std::max(1U, network.follower_count(j)));
  });
}

void sum_over_follows(Population& p, const Network& network, bool keep, Team& team) {
  HugeColumn<Reader> readers;
  resize_at_once(readers, network.accounts(), team);
  each_account(network.accounts(), team, [&](AccountId i) { readers[i].affinity = p.affinity[i]; });
  walk_follows(p, network, readers, team);
  if (keep) p.load_units.resize(p.load.size());
  each_account(network.accounts(), team, [&](AccountId i) {
    p.load[i] = load_of(readers[i].load);
    if (keep) p.load_units[i] = readers[i].load;
  });
  p.mean_affinity = team.sum<double>(network.accounts(), block, 0.0, [&](std::size_t b, std::size_t e) {
    return std::accumulate(p.affinity.begin() + static_cast<std::ptrdiff_t>(b),
                           p.affinity.begin() + static_cast<std::ptrdiff_t>(e), 0.0);
  }) / network.accounts();
  std::fill(p.audience_affinity.begin() + network.accounts(), p.audience_affinity.end(),
            static_cast<float>(p.mean_affinity));  // what newcomers expect of followers
}
}  // namespace

std::vector<AccountId> accounts_taken(const Scenario& s, const Network& network) {
  std::vector<AccountId> taken;
  for (const StrategySection& strategy : s.policies())
    if (!strategy.account.empty()) taken.push_back(account_labelled(network, strategy.account));
  return taken;
}

std::vector<Population::Fan> audience_of(const Network& network, AccountId account) {
  std::vector<Population::Fan> audience;
  for (const AccountId i : network.followers_of(account)) audience.push_back({i, network.follows(account, i)});
  return audience;
}

std::vector<double> brand_topics(const Scenario& s) {
  const auto topics = static_cast<std::size_t>(s.population.topics);
  std::vector<double> weight(topics);
  double value = 1, sum = 0;
  for (std::int64_t k = 0; k < std::min(s.content.topics, s.population.topics); ++k, value *= s.content.topic_decay) {
    weight[static_cast<std::size_t>(s.population.product_topic - 1 + k) % topics] = value;
    sum += value;
  }
  for (double& w : weight) w /= sum;
  return weight;
}

void add_newcomers(Ground& ground, const Scenario& s, std::uint32_t replicate, Team& team) {
  if (s.dynamics.newcomers <= 0) return;
  const std::uint64_t all = ground.network.accounts() + static_cast<std::uint64_t>(s.dynamics.newcomers);
  if (all > max_accounts)
    throw Failure(Exit::scenario, "with its newcomers the network has more accounts than there are ids",
                  "at most " + std::to_string(max_accounts - ground.network.accounts()) + " may join");
  draw_interests(ground.interests, static_cast<AccountId>(all), s.population, static_cast<std::uint64_t>(s.seed),
                 replicate, team);
}

Population draw_population(const Scenario& s, const Ground& ground, std::shared_ptr<const TopicTraits> topics,
                           std::uint32_t replicate, Team& team) {
  const Network& network = ground.network;
  const auto n = static_cast<AccountId>(network.accounts() + s.dynamics.newcomers);
  const auto seed = static_cast<std::uint64_t>(s.seed);
  Population p;
  p.topics = std::move(topics);
  for (auto* column : {&p.attention, &p.activity, &p.load, &p.affinity, &p.audience_affinity})
    resize_at_once(*column, n, team);
  resize_at_once(p.seller, n, team), resize_at_once(p.expertise, n, team);
  draw_crowd(p, s, n, replicate, team);
  const Stream attention(seed, replicate, Purpose::attention), seller(seed, replicate, Purpose::seller),
      expertise(seed, replicate, Purpose::expertise);
  each_account(n, team, [&](AccountId i) {
    const double factor = cohort_factor(p, s.population, i, &CohortSection::attention);
    p.attention[i] =
        static_cast<float>(std::max(0.0, factor * s.population.attention.quantile(uniform(attention(i)[0]))));
    p.seller[i] = uniform(seller(i)[0]) < s.population.seller_share(cohort_of(p, s.population, i));
    p.expertise[i] = static_cast<std::uint8_t>(
        std::clamp(s.population.expertise.quantile(uniform(expertise(i)[0])), 0.0, 1.0) * 255 + 0.5);
  });
  const std::vector<std::uint64_t> by_followers = count_followers(network);
  draw_activity(p, s.population, network, fame_scores(by_followers, network.accounts()),
                Stream(seed, replicate, Purpose::activity), team);
  for (const AccountId i : accounts_taken(s, network)) p.activity[i] = p.attention[i] = 0;
  draw_affinity(p, s, replicate, team);
  sum_over_follows(p, network, s.follows_change(), team);
  p.celebrity_followers = celebrity_followers(by_followers, network.accounts(), s.population.celebrity_share);
  p.audiences = draw_audiences(p, s, network, replicate, team);
  return p;
}

std::uint64_t Population::bytes() const {
  std::uint64_t fans = 0;
  for (const std::vector<Fan>& audience : audiences) fans += audience.size();
  const std::uint64_t shared = topics ? topics->bytes() : 0;
  return shared + affinity.size() * (5 * sizeof(float) + 2) + cohort.size() + place.size() + load_units.size() * 8 +
         fans * sizeof(Fan);
}

std::uint64_t forecast_population_bytes(const Scenario& s, std::uint64_t accounts) {
  const bool cohorts = !s.population.cohorts.empty(), places = s.population.places > 0;
  return accounts * (5 * sizeof(float) + 2 + (cohorts ? 1 : 0) + (places ? 1 : 0) + (s.follows_change() ? 8 : 0));
}

}  // namespace passalong
