// Epidemics against their serial reference, replicate by replicate and value by value: every model, in steps and in
// continuous time, on random networks with seeds at all moments.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/models.hpp"
#include "sim/base/failure.hpp"
#include "sim/engine/processes/moment_queue.hpp"
#include "sim/experiment/run.hpp"
#include "tests/epidemic_reference.hpp"

namespace passalong {
namespace {

Network random_network(AccountId accounts, std::uint32_t follows, std::uint64_t seed) {
  const Stream draws(seed, 0, Purpose::followee);
  std::vector<std::pair<AccountId, AccountId>> edges;
  for (std::uint32_t i = 0; i < follows; ++i) {
    const Words w = draws(i);
    const AccountId a = w[0] % accounts, b = w[1] % 4 == 0 ? w[2] % 3 % accounts : w[2] % accounts;  // some are famous
    if (a != b) edges.emplace_back(a, b);
  }
  return network_from_edges(accounts, edges);
}

ProcessRecord play(const Process& process, std::uint32_t replicate) {
  Team team(1);
  ProcessRecord record;
  EXPECT_TRUE(process.player(team)->play(
      replicate, [] { return true; }, record));
  return record;
}

// As a run pads them: stocks stay, nothing flows.
void pad(std::vector<double>& series, std::size_t width, std::size_t length) {
  while (series.size() < length) {
    const std::vector<double> last(series.end() - static_cast<std::ptrdiff_t>(width), series.end());
    series.insert(series.end(), last.begin(), last.end());
    series.back() = 0;
  }
}

bool are_equal(ProcessRecord a, ProcessRecord b, std::size_t width) {
  const std::size_t length = std::max(a.series.size(), b.series.size());
  pad(a.series, width, length), pad(b.series, width, length);
  return a.finals == b.finals && a.series == b.series && a.deliveries == b.deliveries && a.shares == b.shares &&
         a.impressions == b.impressions;
}

std::vector<EpidemicPlan> every_plan() {
  const Stay half{.chance = 0.45}, slow{.chance = 0.15}, three{.ticks = 3}, one{.ticks = 1};
  std::vector<EpidemicPlan> plans = {
      {.infection = 0.2},
      {.infection = 0.15, .recovers = true, .infectious = half, .most_ticks = 40},
      {.infection = 0.3, .recovers = true, .infectious = three, .most_ticks = 30},
      {.infection = 0.15, .recovers = true, .immune = true, .infectious = slow},
      {.infection = 0.6, .recovers = true, .immune = true, .infectious = one},
      {.infection = 0.2, .recovers = true, .immune = true, .infectious = half, .immunity = slow, .most_ticks = 60},
      {.infection = 0.3, .exposes = true, .recovers = true, .immune = true, .incubation = slow, .infectious = half},
      {.infection = 0.3, .exposes = true, .recovers = true, .immune = true, .incubation = three, .infectious = three},
      {.infection = 0.4,
       .exposes = true,
       .recovers = true,
       .immune = true,
       .incubation = half,
       .infectious = half,
       .immunity = slow,
       .most_ticks = 50},
      {.infection = 1, .recovers = true, .immune = true, .infectious = {.chance = 1}},
      {.infection = 0, .recovers = true, .immune = true, .infectious = half},
      {.infection = 0.1, .most_ticks = 6},
  };
  for (std::size_t i = plans.size(); i-- > 0;) plans.push_back(plans[i]), plans.back().continuous = true;
  for (EpidemicPlan& plan : plans) {
    plan.seeds = {.random = 2};
    plan.seeds.further = {{.accounts = {5}, .at = 2.5}, {.random = 2, .at = 4}};
  }
  return plans;
}

TEST(Epidemics, AreThoseOfTheReference) {
  std::uint64_t infections = 0;
  for (const std::uint32_t n : {1U, 2U, 3U}) {
    const Network network = random_network(20 + 30 * n, 90 * n, n);
    for (EpidemicPlan& plan : every_plan()) {
      plan.seed = n;
      const auto process = make_epidemic(plan, network);
      for (std::uint32_t r = 0; r < 20; ++r) {
        const ProcessRecord engine = play(*process, r), reference = play_plainly(plan, network, r);
        infections += engine.shares;
        ASSERT_EQ(engine.finals, reference.finals);
        ASSERT_EQ(engine.deliveries, reference.deliveries) << "continuous " << plan.continuous;
        ASSERT_TRUE(are_equal(engine, reference, process->form().series.size()))
            << "network " << n << ", replicate " << r << ", infection " << plan.infection << ", returns "
            << plan.returns() << ", exposes " << plan.exposes << ", continuous " << plan.continuous;
      }
    }
  }
  EXPECT_GT(infections, 10'000U);
}

// Whether anything at all differs between the plan in the engine and the other in the reference.
bool is_noticed(const EpidemicPlan& plan, const EpidemicPlan& wrong, const Network& network) {
  const auto process = make_epidemic(plan, network);
  for (std::uint32_t r = 0; r < 40; ++r)
    if (!are_equal(play(*process, r), play_plainly(wrong, network, r), process->form().series.size())) return true;
  return false;
}

TEST(Epidemics, NoticeEachParameterThatIsWrong) {
  const Network network = random_network(60, 250, 8);
  for (const bool continuous : {false, true}) {
    const EpidemicPlan plan{.continuous = continuous,
                            .infection = 0.3,
                            .exposes = true,
                            .recovers = true,
                            .immune = true,
                            .incubation = {.chance = 0.3},
                            .infectious = {.chance = 0.2},
                            .immunity = {.chance = 0.2},
                            .seeds = {.random = 3},
                            .seed = 4,
                            .most_ticks = 60};
    EXPECT_FALSE(is_noticed(plan, plan, network));
    for (double EpidemicPlan::*number : {&EpidemicPlan::infection, &EpidemicPlan::most_ticks}) {
      EpidemicPlan wrong = plan;
      wrong.*number = number == &EpidemicPlan::infection ? plan.infection * 1.01 : plan.most_ticks - 1;
      EXPECT_TRUE(is_noticed(plan, wrong, network)) << continuous;
    }
    for (Stay EpidemicPlan::*stay : {&EpidemicPlan::incubation, &EpidemicPlan::infectious, &EpidemicPlan::immunity}) {
      EpidemicPlan wrong = plan, fixed = plan, wrong_fixed = plan;
      (wrong.*stay).chance *= 1.01;
      (fixed.*stay).ticks = 4, (wrong_fixed.*stay).ticks = 5;
      EXPECT_TRUE(is_noticed(plan, wrong, network)) << continuous;
      EXPECT_TRUE(is_noticed(fixed, wrong_fixed, network)) << continuous;
    }
    EpidemicPlan other = plan;
    other.seeds.random = 4;
    EXPECT_TRUE(is_noticed(plan, other, network));
  }
}

// A queue of everything, by sorting.
TEST(MomentQueue, GivesWhatIsDueInOrder) {
  const Stream draws(3, 0, Purpose::followee);
  for (const std::uint64_t span : {std::uint64_t{4}, std::uint64_t{5000}, std::uint64_t{1} << 52}) {
    MomentQueue queue;
    std::vector<Due> waiting;
    Due last{0, 0, 0};
    const auto nothing = [](const Due&) {};
    for (std::uint32_t i = 0; i < 20'000; ++i) {
      const Words w = draws(i);
      if (w[0] % 5 < (i < 10'000 ? 3U : 2U) || waiting.empty()) {
        const Due due{last.moment + (std::uint64_t{w[2]} << 32 | w[1]) % span, w[3] % 100, w[3] / 100};
        if (due < last) continue;
        queue.push(due), waiting.push_back(due);
        continue;
      }
      const auto least = std::ranges::min_element(waiting);
      last = queue.pop(nothing);
      ASSERT_EQ(last, *least);
      waiting.erase(least);
      ASSERT_EQ(queue.empty(), waiting.empty());
    }
  }
}

// ---- as a scenario ----

Scenario scenario_of(const std::string& model, const std::string& more = "") {
  return parse_scenario("seed = 5\nreplicates = 6\n" + more +
                            "[network]\nkind = \"erdos-renyi\"\naccounts = 400\nmean_followers = 6\n" + model,
                        "e.toml", model_choices());
}

std::string sis = "[model]\nname = \"sis\"\ninfection = 0.1\nrecovery = 0.2\nseeds = { random = 20 }\n";
std::string seir =
    "[model]\nname = \"seir\"\ntime = \"continuous\"\ninfection = 0.4\nincubation_time = \"90 min\"\nrecovery = 0.5\n"
    "seeds = [{ random = 4 }, { top = 3, at = \"2 h\" }]\n";

TEST(Epidemics, DoNotDependOnThreads) {
  for (const Scenario& scenario : {scenario_of(sis, "duration = \"2 days\"\n"), scenario_of(seir)}) {
    std::set<std::string> digests;
    for (const unsigned threads : {1U, 2U, 5U}) digests.insert(run(scenario, {.threads = threads}).result.digest);
    EXPECT_EQ(digests.size(), 1U);
  }
}

// A crowd has no lists of followers, and all is as if everybody followed everybody.
TEST(Epidemics, InACrowdAreThoseOfACompleteNetwork) {
  for (const std::string& model : {sis, seir}) {
    std::vector<std::vector<double>> shares;
    for (const std::string kind : {"complete", "well-mixed"}) {
      const std::string text = "seed = 5\nreplicates = 20\nduration = \"1 day\"\n[network]\nkind = \"" + kind +
                               "\"\naccounts = 40\n" + model + "\n";
      const Result result = run(parse_scenario(text, "e.toml", model_choices()), {.threads = 1}).result;
      std::vector<double>& values = shares.emplace_back();
      for (const char* name : {"size", "infected", "susceptible", "new_infections", "depth"})
        for (const std::int64_t v : std::get<std::vector<std::int64_t>>(result.find(name)->values))
          values.push_back(static_cast<double>(v));
    }
    EXPECT_EQ(shares[0], shares[1]);
  }
}

void expect_fault(const std::string& model, const std::string& says, const std::string& more = "") {
  try {
    scenario_of(model, more);
    ADD_FAILURE() << "not refused: " << says;
  } catch (const Failure& failure) {
    EXPECT_NE(std::string(failure.what()).find(says), std::string::npos) << failure.what();
  }
}

TEST(Epidemics, TellWhatDoesNotFit) {
  expect_fault(sis, "can be infected again");
  expect_fault("[model]\nname = \"sir\"\nimmunity_loss = 0.1\n", "can be infected again");
  expect_fault("[model]\nname = \"sir\"\ninfection = 1.5\n", "is a chance in each step, and above 1");
  expect_fault("[model]\nname = \"sir\"\nrecovery_time = \"90 min\"\n", "is not a whole number of ticks");
  expect_fault("[model]\nname = \"sir\"\nrecovery = 1e-7\n", "takes more steps than can be told");
  expect_fault("[model]\nname = \"si\"\nrecovery = 0.1\n", "recovery");
  expect_fault("[model]\nname = \"sir\"\nincubation = 0.1\n", "incubation");
  EXPECT_NO_THROW(scenario_of("[model]\nname = \"sir\"\nrecovery = 1e-7\n", "duration = \"2 days\"\n"));
}

}  // namespace
}  // namespace passalong
