// label: theory
// The feed form of attention. Agreement with the reference and sameness of bits are exact; statistical tests allow 4
// standard errors, a false alarm in 16,000.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/experiment/demand.hpp"
#include "sim/network/followees.hpp"
#include "tests/agreement.hpp"
#include "tests/feed_worlds.hpp"
#include "tests/random_scenario.hpp"

namespace passalong {
namespace {

constexpr const char* rankings[] = {"chronological", "engagement", "interest", "random"};

TEST(Followees, AreTheReverseOfFollowers) {
  for (const unsigned workers : {1U, 3U}) {
    Team team(workers);
    SmallWorld w = checking("random", 1);
    w.generate(team);
    const Network& n = w.ground.network;
    const Followees f = followees_of(n, team);
    ASSERT_EQ(f.accounts(), n.accounts());
    std::uint64_t follows = 0;
    for (AccountId i = 0; i < n.accounts(); ++i) {
      EXPECT_TRUE(std::is_sorted(f.of(i).begin(), f.of(i).end()));
      for (const AccountId b : f.of(i)) EXPECT_TRUE(n.follows(i, b));
      follows += f.of(i).size();
    }
    EXPECT_EQ(follows, n.follows());
  }
}

TEST(Feeds, AgreeWithTheReferenceInEveryRanking) {
  Team alone(1), three(3);
  for (const char* ranking : rankings)
    for (const double fresh : {1.0, 0.6}) {
      SCOPED_TRACE(std::string(ranking) + ", new " + std::to_string(fresh));
      SmallWorld w = changing(ranking, fresh);
      w.generate(alone);
      EngineRun engine;
      expect_agreement(w, fresh < 1 ? three : alone, engine);
      const auto shares = std::count_if(engine.happenings.begin(), engine.happenings.end(),
                                        [](const Happening& h) { return h.what == What::share; });
      EXPECT_GT(shares, 100);
      ASSERT_FALSE(HasFailure());
    }
}

// Any parameters and networks; brands compete in a third of them.
TEST(Feeds, AgreeWithTheReferenceInRandomScenarios) {
  Team alone(1), three(3);
  std::uint64_t events = 0;
  for (std::uint64_t number = 1; number <= 60 && !HasFailure(); ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    Team& team = number % 2 == 0 ? three : alone;
    SmallWorld w = random_scenario(1000 + number, team);
    Scenario& s = w.scenario;
    Attention& attention = w.mechanisms.attention;
    attention.on = true, attention.form = "feed", attention.feed.ranking = rankings[number % 4];
    attention.feed.slots = 1 + static_cast<std::int64_t>(number * 7 % 20);
    attention.feed.window = std::max(s.tick, 6.0 * static_cast<double>(1 + number % 12));
    attention.feed.fresh = number % 3 == 0 ? 1 : 0.25 * static_cast<double>(number % 3);
    s.population.posts = 0.3 + 0.1 * static_cast<double>(number % 10);
    s.population.attention = Distribution::log_normal(2 + static_cast<double>(number % 5) * 15, 1);
    s.duration = std::min(s.duration, 24.0 * 6);
    w.populate(team);
    EngineRun engine;
    expect_agreement(w, team, engine);
    events += engine.happenings.size();
  }
  EXPECT_GT(events, 20'000U);
}

TEST(Feeds, WouldNoticeAnyWrongParameter) {
  Team alone(1);
  SmallWorld w = checking("engagement", 0.6);
  w.scenario.duration = 24 * 8;
  w.generate(alone);
  const auto truth = run_engine(w, alone).happenings;
  FeedForm& feed = w.mechanisms.attention.feed;
  const FeedForm right = feed;
  feed.slots += 1;
  EXPECT_NE(first_difference(run_engine(w, alone).happenings, truth), "");
  feed = right, feed.window *= 1.01;
  EXPECT_NE(first_difference(run_engine(w, alone).happenings, truth), "");
  feed = right, feed.fresh *= 1.01;
  EXPECT_NE(first_difference(run_engine(w, alone).happenings, truth), "");
  for (const char* ranking : {"chronological", "interest", "random"}) {
    feed = right, feed.ranking = ranking;
    EXPECT_NE(first_difference(run_engine(w, alone).happenings, truth), "") << ranking;
  }
}

struct Record {
  std::vector<Happening> happenings;
  std::vector<std::uint64_t> digests;
  bool operator==(const Record&) const = default;
};

void follow(World& world, Tick end, Tick day, Record& record) {
  world.record(&record.happenings);
  while (world.now() < end) {
    world.step(), world.take_closed();
    if (world.now() % day == 0) record.digests.push_back(world.state_digest());
  }
  world.record(nullptr);
}

TEST(Feeds, AreTheSameForAnyTeam) {
  SmallWorld w = changing("engagement", 0.6);
  Record alone;
  for (const unsigned workers : {1U, 2U, 5U}) {
    Team team(workers);
    w.generate(team);
    Record record;
    follow(*w.world(w.setting(), team), w.scenario.last_tick(), w.scenario.ticks(24), record);
    if (workers == 1) alone = record;
    EXPECT_TRUE(record == alone) << workers;
    EXPECT_GT(record.happenings.size(), 1000U);
  }
}

TEST(Feeds, ContinueToTheSameBits) {
  SmallWorld w = changing("chronological", 0.6);
  Team alone(1), three(3);
  w.generate(alone);
  const Tick end = w.scenario.last_tick(), day = w.scenario.ticks(24);
  for (const Tick at : {1, 48, 100, 191}) {
    SCOPED_TRACE(at);
    Record ignored, straight, resumed;
    const auto first = w.world(w.setting(), alone), fresh = w.world(w.setting(), three);
    follow(*first, at, day, ignored);
    const std::string bytes = first->save();
    fresh->load(bytes);
    EXPECT_TRUE(fresh->save() == bytes);
    follow(*first, end, day, straight), follow(*fresh, end, day, resumed);
    EXPECT_TRUE(resumed == straight);
  }
}

// A network given by the test has no reverse lists; one that has been staged shares them. It is the same.
TEST(Feeds, AreTheSameOverSharedLists) {
  SmallWorld w = changing("random", 1);
  Team alone(1);
  w.generate(alone);
  const auto own = run_engine(w, alone).happenings;
  w.ground.followees = std::make_shared<const Followees>(followees_of(w.ground.network, alone));
  EXPECT_TRUE(run_engine(w, alone).happenings == own);
}

// Copying by Simon's rule among people who only copy: posts are born, or passed on from feeds, and nothing else
// happens.
SmallWorld copying(double fresh) {
  SmallWorld w = checking("chronological", fresh);
  Scenario& s = w.scenario;
  s.tick = 1, s.duration = 24 * 12, s.network.accounts = 1500, s.network.mean_followers = 30;
  s.population.posts = 4, s.population.activity = Distribution::constant(4), s.population.activity_fame = 0;
  s.population.routine = s.population.conversation = s.population.promotion = 0, s.population.news = 1;
  s.population.news_value = Distribution::constant(1);
  s.strategies[0].posts = 0;
  w.mechanisms.forwarding.on = false;
  w.mechanisms.attention.feed.window = 72;
  return w;
}

// X17: of n planned posts Binomial(n, mu) are new, so posts and shares are posts / mu, and a meme's copies have 1 - mu
// children each; feeds that are empty (the first hours, who follows nobody) are no part of it.
TEST(Copying, GivesEachMemeAsManyPostsAsOneOverMu) {
  Team alone(1);
  for (const double mu : {0.5, 0.25}) {
    SmallWorld w = copying(mu);
    w.generate(alone);
    std::vector<AccountId> followees(w.ground.network.followees.begin(), w.ground.network.followees.end());
    const EngineRun run = run_engine(w, alone);
    double born = 0, all = 0;
    std::map<std::pair<AccountId, std::uint32_t>, double> memes;
    for (const Happening& h : run.happenings) {
      if (h.what != What::post && h.what != What::share) continue;
      ++memes[{h.author, h.ordinal}];
      if (h.tick < 48 || followees[h.account] < 15) continue;
      ++all, born += h.what == What::post;
    }
    // 1 / mu-hat, by the delta method: mu-hat has the error of a binomial share.
    const double ratio = all / born, se = std::sqrt((1 - mu) / (mu * mu * mu * all));
    EXPECT_NEAR(ratio, 1 / mu, 4 * se);
    EXPECT_NEAR(1 - born / all, 1 - mu, 4 * std::sqrt(mu * (1 - mu) / all));
    EXPECT_GT(all, 10'000);
    // Conservation, exact: every copy beside a meme's first is a share.
    double copies = 0;
    for (const auto& [meme, size] : memes) copies += size - 1;
    EXPECT_EQ(everyones(run, 1).at("world_shares"), copies);
  }
}

// Where there is more than anyone reads, each check fills its slots: a reader sees C posts a day in the mean.
TEST(Feeds, ShowWhatIsReadWhereThereIsEnough) {
  Team alone(1);
  SmallWorld w = plenty(alone);
  const EngineRun run = run_engine(w, alone);
  const double checks = 500 * 10 * 12 / 6;
  EXPECT_NEAR(everyones(run, 1).at("world_impressions"), checks * 6, 4 * 6 * std::sqrt(checks));
}

TEST(Feeds, AreForecastWithTheReverseLists) {
  SmallWorld w = checking("chronological", 1);
  w.scenario.network.accounts = 1'000'000;
  Scenario load = w.scenario, feed = w.scenario;
  load.parameters = std::make_shared<Mechanisms>(), feed.parameters = std::make_shared<Mechanisms>(w.mechanisms);
  const Demand without = estimate_demand(load), with = estimate_demand(feed);
  EXPECT_EQ(with.ground, without.ground + 4 * with.follows + 8 * with.accounts);
  EXPECT_GT(with.world, (8 + 4 + 4) * with.accounts);
  EXPECT_GT(with.seconds_of_worlds, 0);
}

// A world takes about what is forecast: lists that all share are the ground's.
TEST(Feeds, TakeTheMemoryThatIsForecast) {
  SmallWorld w = checking("engagement", 1);
  w.scenario.network.accounts = 20'000, w.scenario.duration = 24 * 4, w.scenario.tick = 1;
  w.scenario.strategies[0].followers = 200;
  Team alone(1);
  w.generate(alone);
  const auto world = w.world(w.setting(), alone);
  const double forecast = static_cast<double>(estimate_demand(w.scenario).world);
  while (world->now() < w.scenario.last_tick()) world->step(), world->take_closed();
  EXPECT_GT(static_cast<double>(world->bytes()), 0.4 * forecast);
  EXPECT_LT(static_cast<double>(world->bytes()), 2.5 * forecast);
}

std::string faults_of(const std::string& attention, const std::string& posts) {
  try {
    parse_scenario("duration = \"2 days\"\n[population]\nposts = \"" + posts + "\"\n[model]\n[model.attention]\n" +
                       attention +
                       "\n[[strategy]]\nname = \"one\"\nposts = \"1 per day\"\nfollowers = 10\nmix = { value = 1 }\n",
                   "test.toml", model_choices());
    return "";
  } catch (const Failure& failure) {
    std::string all;
    for (const Fault& fault : failure.faults()) all += fault.message + "; " + fault.help + "\n";
    return all;
  }
}

TEST(Feeds, AreRefusedWhereTheyMeanNothing) {
  EXPECT_EQ(faults_of("form = \"feed\"\nslots = 3", "1 per day"), "");
  EXPECT_NE(faults_of("form = \"feed\"", "0 per day").find("needs everyone's posts"), std::string::npos);
  EXPECT_NE(faults_of("form = \"feed\"\nwindow = \"30 min\"", "1 per day").find("shorter than a tick"),
            std::string::npos);
  EXPECT_NE(faults_of("slots = 3", "1 per day").find("only for form"), std::string::npos);
  EXPECT_NE(faults_of("form = \"feed\"\ntrust = 1", "1 per day").find("what a check shows is seen"), std::string::npos);
  EXPECT_NE(faults_of("form = \"feed\"\nranking = \"best\"", "1 per day"), "");
}

// In nats, of all that was put up, by post.
double diversity(double fresh) {
  SmallWorld w = copying(fresh);
  w.scenario.network.accounts = 500, w.scenario.duration = 24 * 8;
  Team alone(1);
  w.generate(alone);
  std::map<std::pair<AccountId, std::uint32_t>, double> memes;
  double all = 0;
  for (const Happening& h : run_engine(w, alone).happenings)
    if (h.what == What::post || h.what == What::share) ++memes[{h.author, h.ordinal}], ++all;
  double entropy = 0;
  for (const auto& [meme, copies] : memes) entropy -= copies / all * std::log(copies / all);
  return entropy;
}

// A4, its shape: the more is new, the more diverse is what is put up. It differs by whole nats, chance by hundredths.
TEST(Copying, IsMoreDiverseTheMoreIsNew) {
  const double few = diversity(0.1), some = diversity(0.25), half = diversity(0.5);
  EXPECT_LT(few + 0.3, some);
  EXPECT_LT(some + 0.3, half);
}

}  // namespace
}  // namespace passalong
