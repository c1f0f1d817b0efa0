// label: theory
// Cascades that excite themselves: against a plain reference event by event, and against closed forms. Statistical
// tests have a false-alarm rate of 1e-6 each (five standard errors).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

#include "models/models.hpp"
#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/seeds.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {
namespace {

struct Asked {
  std::string network = "kind = \"florentine\"";
  double infectiousness = 0.2, decay = 0, exponent = 0.2314843, plateau = 5.0 / 60;
  bool anyone = false;
  double duration = 0;
  std::int64_t most = 0;
  std::string seeds = "[\"Medici\", { labels = [\"Pazzi\"], at = \"3 h\" }]";
  int replicates = 60;
};

Scenario scenario_of(const Asked& a) {
  std::string text = "seed = 9\nreplicates = " + fmt::format("{}", a.replicates) + "\n";
  if (a.duration > 0) text += "duration = \"" + fmt::format("{}", a.duration) + " h\"\noutput.every = \"1 h\"\n";
  text += "[network]\n" + a.network +
          "\n[model]\nname = \"hawkes\"\ninfectiousness = " + fmt::format("{}", a.infectiousness);
  if (a.decay > 0) text += "\ndecay = \"" + fmt::format("{}", a.decay) + " h\"";
  text +=
      "\nexponent = " + fmt::format("{}", a.exponent) + "\nplateau = \"" + fmt::format("{}", a.plateau * 60) + " min\"";
  text +=
      std::string("\nsharers = \"") + (a.anyone ? "anyone" : "followers") + "\"\nmost = " + fmt::format("{}", a.most);
  return parse_scenario(text + "\nseeds = " + a.seeds + "\n", "h.toml", model_choices());
}

struct Plain {
  std::int64_t size = 0, depth = 0;
  double last = 0, dropped = 0;
  std::vector<double> by_tick;
};

double fraction(std::uint32_t word) { return (word + 0.5) / 4294967296.0; }
std::uint64_t pick(std::uint64_t n, std::uint32_t high, std::uint32_t low) {
  return static_cast<std::uint64_t>(static_cast<__uint128_t>(std::uint64_t{high} << 32 | low) * n >> 64);
}

// Hours: the quantile of the kernel, whose density is c up to s0 and c (t / s0)^-(1 + theta) after.
double delay_of(double u, double theta, double s0) {
  const double c = theta / (1 + theta) / s0;
  if (u <= c * s0) return u / c;
  return s0 * passalong::power((1 - u) / (1 - c * s0), -1 / theta);
}

Plain play_plainly(const Asked& a, const Network& network, const std::vector<Seed>& seeds, std::uint32_t replicate) {
  struct Event {
    double time, posted;
    AccountId account;
    std::int64_t generation;
  };
  const Stream draws(9, replicate, Purpose::hawkes_child);
  std::deque<Event> due;
  for (const Seed& s : seeds) due.push_back({s.at, s.at, s.account, 0});
  Plain plain;
  for (std::uint32_t e = 0; !due.empty(); ++e) {
    if (a.most > 0 && plain.size >= a.most) break;
    const Event event = due.front();
    due.pop_front();
    ++plain.size;
    plain.depth = std::max(plain.depth, event.generation), plain.last = std::max(plain.last, event.time);
    const auto row = static_cast<std::size_t>(std::min(std::ceil(event.time), 1e6));
    if (a.duration > 0) plain.by_tick.resize(std::max(plain.by_tick.size(), row + 1)), plain.by_tick[row] += 1;
    const auto list = network.followers_of(event.account);
    double sum = 0;
    for (std::uint32_t c = 0;; ++c) {
      const Words w = draws(e, c);
      sum -= passalong::log(fraction(w[0]));
      if (sum > a.infectiousness * static_cast<double>(list.size())) break;
      const double time = event.time + delay_of(fraction(w[1]), a.exponent, a.plateau);
      if (a.duration > 0 && time > a.duration) continue;
      if (a.decay > 0 && fraction(draws(e, c, 0, 1)[0]) >= passalong::exp(-(time - event.posted) / a.decay)) continue;
      const AccountId who =
          a.anyone ? static_cast<AccountId>(pick(network.accounts(), w[2], w[3])) : list[pick(list.size(), w[2], w[3])];
      due.push_back({time, event.posted, who, event.generation + 1});
    }
  }
  return plain;
}

std::vector<double> values(const Result& result, const std::string& name) {
  const Variable& v = *result.find(name);
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&v.values)) return {whole->begin(), whole->end()};
  return std::get<std::vector<double>>(v.values);
}

Network network_of(const Scenario& scenario) {
  Team team(1);
  return make_ground(scenario, 0, team).network;
}

std::vector<Seed> seeds_of(const Network& network) {  // those of Asked
  std::vector<Seed> seeds(2);
  for (AccountId a = 0; a < network.accounts(); ++a) {
    if (network.labels[a] == "Medici") seeds[0] = {a, 0};
    if (network.labels[a] == "Pazzi") seeds[1] = {a, 3};
  }
  return seeds;
}

// The first replicate that differs, or -1.
int first_unlike(const Asked& engine, const Asked& reference) {
  const Scenario scenario = scenario_of(engine);
  const Network network = network_of(scenario);
  const Result result = run(scenario, {.threads = 1}).result;
  const auto sizes = values(result, "size"), depths = values(result, "depth"), ends = values(result, "end_time");
  const std::size_t ticks = result.time.size();
  const auto events = ticks > 0 ? values(result, "events") : std::vector<double>{};
  for (std::size_t r = 0; r < sizes.size(); ++r) {
    Plain plain = play_plainly(reference, network, seeds_of(network), static_cast<std::uint32_t>(r));
    const bool ends_alike = std::abs(ends[r] * 24 - plain.last) <= 1e-12 * plain.last;
    if (sizes[r] != static_cast<double>(plain.size) || depths[r] != static_cast<double>(plain.depth) || !ends_alike)
      return static_cast<int>(r);
    if (plain.by_tick.size() > ticks) return static_cast<int>(r);
    plain.by_tick.resize(ticks);
    if (ticks > 0 && !std::equal(plain.by_tick.begin(), plain.by_tick.end(),
                                 events.begin() + static_cast<std::ptrdiff_t>(r * ticks)))
      return static_cast<int>(r);
  }
  return -1;
}

std::vector<Asked> every_kind() {
  return {{},
          {.anyone = true, .duration = 48},
          {.decay = 5},
          {.infectiousness = 0.35, .decay = 9, .duration = 100},
          {.infectiousness = 0.3, .exponent = 2, .plateau = 0.5, .duration = 20},
          {.infectiousness = 0.5, .most = 40}};
}

TEST(Hawkes, IsThatOfTheReference) {
  for (const Asked& asked : every_kind()) EXPECT_EQ(first_unlike(asked, asked), -1);
}

TEST(Hawkes, NoticesEachParameterThatIsWrong) {
  const Asked asked{.infectiousness = 0.4, .decay = 20, .duration = 60};
  for (double Asked::*number : {&Asked::infectiousness, &Asked::decay, &Asked::exponent, &Asked::plateau}) {
    Asked wrong = asked;
    wrong.*number *= 1.01;
    EXPECT_GE(first_unlike(asked, wrong), 0);
  }
  Asked wrong = asked;
  wrong.anyone = true;
  EXPECT_GE(first_unlike(asked, wrong), 0);
  wrong = asked, wrong.most = 5;
  EXPECT_GE(first_unlike(asked, wrong), 0);
}

TEST(Hawkes, DoesNotDependOnThreads) {
  std::set<std::string> digests;
  for (const unsigned threads : {1U, 2U, 5U})
    digests.insert(run(scenario_of({.infectiousness = 0.4, .duration = 48}), {.threads = threads}).result.digest);
  EXPECT_EQ(digests.size(), 1U);
}

// ---- closed forms ----

struct Mean {
  double value = 0, error = 0;
};
Mean mean_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  const auto n = static_cast<double>(values.size());
  for (const double v : values) sum += v;
  for (const double v : values) squares += (v - sum / n) * (v - sum / n);
  return {sum / n, std::sqrt(squares / (n - 1) / n)};
}
void expect_mean(const std::vector<double>& values, double expected) {
  const Mean mean = mean_of(values);
  EXPECT_NEAR(mean.value, expected, 5 * mean.error + 1e-12);
}

// Every account of a ring has two followers, so offspring is Poisson with mean 2 p, and sizes are Borel's.
TEST(Hawkes, HasBorelSizesWhereAllHaveAsManyFollowers) {
  const double n = 0.5;
  Asked ring{.network = "kind = \"ring\"\nmutual = true\nneighbours = 2\naccounts = 50", .infectiousness = n / 2};
  ring.seeds = "{ random = 1 }", ring.replicates = 100'000;
  const Scenario scenario = scenario_of(ring);
  ASSERT_EQ(network_of(scenario).follower_count(0), 2U);
  const auto sizes = values(run(scenario, {.threads = 2}).result, "size");
  expect_mean(sizes, 1 / (1 - n));
  const double borel[] = {.606531, .183940, .083674, .045112, .026720};
  double chi_square = 0;
  for (std::size_t k = 0; k < 5; ++k) {
    const auto seen = static_cast<double>(std::ranges::count(sizes, static_cast<double>(k + 1)));
    chi_square += (seen - borel[k] * 1e5) * (seen - borel[k] * 1e5) / (borel[k] * 1e5);
  }
  EXPECT_LT(chi_square, 36);  // 5 degrees of freedom at most, 1e-6
}

// On a network: the expected events of each account solve m = e + p A m along followers, by summing generations.
TEST(Hawkes, SpreadsAlongTheNetworkAsItsMatrixSays) {
  const Asked asked{.infectiousness = 0.15, .seeds = "[\"Medici\"]", .replicates = 100'000};
  const Scenario scenario = scenario_of(asked);
  const Network network = network_of(scenario);
  std::vector<double> now(network.accounts()), next;
  now[seeds_of(network)[0].account] = 1;
  double size = 0;
  for (int generation = 0; generation < 2000; ++generation) {
    next.assign(now.size(), 0);
    for (AccountId a = 0; a < network.accounts(); ++a) {
      size += now[a];
      for (const AccountId f : network.followers_of(a)) next[f] += asked.infectiousness * now[a];
    }
    now.swap(next);
  }
  expect_mean(values(run(scenario, {.threads = 2}).result, "size"), size);
}

TEST(Hawkes, AmongAnyoneHasTheMeanOfTheFollowers) {
  const Asked asked{.infectiousness = 0.2, .anyone = true, .seeds = "{ random = 1 }", .replicates = 100'000};
  const double branching = 0.2 * 40 / 15;  // 20 marriages
  expect_mean(values(run(scenario_of(asked), {.threads = 2}).result, "size"), 1 / (1 - branching));
}

// The hub of a star alone is followed: what it excites comes by the kernel, untruncated.
TEST(Hawkes, HasTheKernelOfTheArticle) {
  for (const auto& [hours, beyond] : {std::pair{1.0, .4568}, {24.0, .2189}, {168.0, .1395}}) {
    Asked star{.network = "kind = \"star\"\nmutual = false\naccounts = 101", .infectiousness = 5, .duration = hours};
    star.seeds = "{ top = 1 }", star.replicates = 2000;
    const auto sizes = values(run(scenario_of(star), {.threads = 2}).result, "size");
    const Mean mean = mean_of(sizes);
    EXPECT_NEAR(mean.value, 1 + 500 * (1 - beyond), 5 * mean.error + 500 * 5e-5);
  }
}

// Without a memory that matters (all within a short plateau), what is left after decay: from the hub of a star, with
// delays of at most s, about exp(-age / decay) of them come.
TEST(Hawkes, ThinsByDecay) {
  Asked star{.network = "kind = \"star\"\nmutual = false\naccounts = 101", .infectiousness = 5, .decay = 2};
  star.exponent = 10, star.plateau = 2, star.seeds = "{ top = 1 }", star.replicates = 4000;
  double share = 0;  // of the kernel's density times exp(-t / 2)
  const double c = 10.0 / 11 / 2, step = 1e-3;
  for (double t = step / 2; t < 200; t += step)
    share += step * c * (t <= 2 ? 1 : std::pow(t / 2, -11)) * std::exp(-t / 2);
  expect_mean(values(run(scenario_of(star), {.threads = 2}).result, "size"), 1 + 500 * share);
}

TEST(Hawkes, IsRefusedWhereItNeedNotEnd) {
  const Asked endless{.infectiousness = 0.5};  // the spectral radius is 3.26
  EXPECT_THROW(run(scenario_of(endless), {.threads = 1}), Failure);
  Asked ended = endless;
  ended.most = 100;
  const Result result = run(scenario_of(ended), {.threads = 1}).result;
  EXPECT_GT(mean_of(values(result, "cut")).value, 0);
  EXPECT_EQ(std::ranges::max(values(result, "size")), 100);
  ended = endless, ended.duration = 4;
  EXPECT_NO_THROW(run(scenario_of(ended), {.threads = 1}));
}

}  // namespace
}  // namespace passalong
