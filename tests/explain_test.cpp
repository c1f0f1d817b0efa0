// label: theory
// What an inquiry is told is what happens: nothing changes, every event has its moment, chances and draws decide as the
// moment says, terms come to their values, and the values are those of the serial reference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "sim/engine/inquiry.hpp"
#include "tests/agreement.hpp"
#include "tests/lively.hpp"
#include "tests/random_scenario.hpp"
#include "tests/reference.hpp"

namespace passalong {
namespace {

struct Asked {
  std::uint64_t digest = 0;
  std::vector<Happening> happenings;
  std::vector<Moment> moments;
};

Asked ask(SmallWorld& w, Team& team, Inquiry* inquiry) {
  const auto world = w.world(w.setting(), team);
  Asked asked;
  world->record(&asked.happenings);
  dynamic_cast<Explicable&>(*world).explain(inquiry);
  for (Tick t = 0; t < w.scenario.last_tick(); ++t) world->step();
  asked.digest = world->state_digest();
  if (inquiry != nullptr) asked.moments = inquiry->take();
  std::sort(asked.happenings.begin(), asked.happenings.end());
  return asked;
}

// The events that moments tell of.
void add_events(const Moment& m, std::vector<Happening>& to) {
  const auto add = [&](bool happens, What what, std::uint32_t ordinal) {
    if (happens) to.push_back({m.tick, what, m.account, m.post.author, ordinal});
  };
  const std::uint32_t n = m.post.ordinal;
  add(m.shares, What::share, n), add(m.check, What::check, n);
  add(m.adopt, What::adopt, m.kind == Moment::Kind::review ? ~0U : n);
  add(m.follow, What::follow, n), add(!m.event.empty(), What::deed, n);
  add(m.leave, What::unfollow, m.cause), add(m.stay, What::client, 0);
}

// Those that come of no decision about a post nor at a day's end: posts, follows out of the blue, and what changes
// among ordinary accounts.
bool comes_of_itself(const Happening& h, AccountId accounts) {
  const bool ordinary = h.author < accounts, follow = h.what == What::follow;
  return h.what == What::post || (follow && h.ordinal == ~0U) || (ordinary && (follow || h.what == What::unfollow));
}

double value_of(const Moment& m, const std::string& name) {
  for (const Reckoning& r : m.reckonings)
    if (r.name == name) return r.value;
  return Reckoning::none;
}

struct Counted {
  std::map<std::string, std::size_t> sums, products, chances, happened;
};

void expect_terms_to_add_up(const Moment& m, Counted& counted) {
  for (const Reckoning& r : m.reckonings) {
    if (r.form == Form::given) continue;
    double all = r.form == Form::sum ? 0 : 1;
    for (const Term& t : r.terms) r.form == Form::sum ? all += t.value : all *= t.value;
    const bool stored = !std::isnan(r.before);  // in single precision
    ASSERT_NEAR(all, r.value, (stored ? 2e-6 : 1e-12) * (1 + std::abs(r.value))) << r.name;
    ++(r.form == Form::sum ? counted.sums : counted.products)[r.name];
  }
}

void expect_draws_to_decide(const Moment& m, Counted& counted) {
  const std::map<std::string, bool> decided{{"check_chance", m.check},
                                            {"adopt_chance", m.adopt},
                                            {"client_chance", m.stay},
                                            {"word_of_mouth_chance", m.adopt},
                                            {"share_chance", m.would_share}};
  for (const Reckoning& r : m.reckonings) {
    const auto what = decided.find(r.name);
    if (what == decided.end()) continue;
    ASSERT_EQ(r.drawn < r.value, what->second) << r.name;
    ++counted.chances[r.name], counted.happened[r.name] += what->second;
  }
  for (const Reckoning& r : m.reckonings)
    if (r.name == std::string("follow_chance") && m.follow) {
      ASSERT_LT(r.drawn, r.value);
    }
  const double seen = value_of(m, "committed_seen"), bar = value_of(m, "threshold");
  if (!std::isnan(bar)) {
    ASSERT_EQ(seen >= bar, m.would_share);
  }
  if (m.kind == Moment::Kind::review && !std::isnan(value_of(m, "patience"))) {
    ASSERT_EQ(value_of(m, "patience") <= 0, m.leave);
  }
}

void expect_explained(SmallWorld& w, Team& team, Counted& counted) {
  Inquiry everything;
  const Asked plain = ask(w, team, nullptr), asked = ask(w, team, &everything);
  ASSERT_EQ(plain.digest, asked.digest);
  ASSERT_EQ(first_difference(plain.happenings, asked.happenings), "");
  std::vector<Happening> told, expected;
  for (const Moment& m : asked.moments) {
    add_events(m, told);
    expect_terms_to_add_up(m, counted);
    expect_draws_to_decide(m, counted);
    if (testing::Test::HasFatalFailure()) return;
  }
  for (const Happening& h : plain.happenings)
    if (!comes_of_itself(h, w.setting().accounts())) expected.push_back(h);
  std::sort(told.begin(), told.end());
  if (w.mechanisms.feed() != nullptr && w.mechanisms.feed()->fresh < 1) {  // copies in place of posts are events alone
    ASSERT_TRUE(std::includes(expected.begin(), expected.end(), told.begin(), told.end()));
  } else {
    ASSERT_EQ(first_difference(told, expected), "");
  }
}

TEST(Explain, EveryEventHasItsMomentAndNothingChanges) {
  Team alone(1), three(3);
  Counted counted;
  for (std::uint64_t number = 1; number <= 8 && !HasFailure(); ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    Team& team = number % 2 == 0 ? three : alone;
    SmallWorld w = random_scenario(number, team);
    expect_explained(w, team, counted);
  }
  for (const std::uint32_t kind : {0, 1, 4, 5}) {
    SCOPED_TRACE("lively " + std::to_string(kind));
    SmallWorld w = kind < 4 ? lively(kind) : kind == 4 ? restless() : with_cohorts();
    w.scenario.duration = 24 * 3;
    w.generate(alone);
    expect_explained(w, alone, counted);
  }
  for (const char* name : {"share_chance", "check_chance", "adopt_chance", "client_chance", "word_of_mouth_chance"})
    EXPECT_GT(counted.happened[name], 20U) << name;
  for (const char* name : {"merit", "utility", "friends_merit", "causes", "shield", "suspicion_log_odds", "trust_good",
                           "trust_bad", "threshold", "idea_quality"})
    EXPECT_GT(counted.sums[name], 100U) << name;
  for (const char* name : {"share_chance", "hazard", "follow_chance", "reply_chance", "check_chance", "adopt_chance"})
    EXPECT_GT(counted.products[name], 100U) << name;
}

// Of one account, or about one post, what is told is that part of all.
TEST(Explain, AnInquiryIntoOneIsThatPartOfAll) {
  Team two(2);
  SmallWorld w = lively(0);
  w.scenario.population.posts = 0.5, w.scenario.duration = 24 * 3;
  w.generate(two);
  Inquiry everything, one, post;
  const Asked all = ask(w, two, &everything);
  const auto first = std::find_if(all.moments.begin(), all.moments.end(), [](const Moment& m) { return m.shares; });
  ASSERT_NE(first, all.moments.end());
  one.account = first->account, post.post = first->post;
  const Asked of_one = ask(w, two, &one), of_post = ask(w, two, &post);
  const auto expect_part = [&](const Asked& part, const auto& belongs) {
    std::vector<Moment> expected;
    for (const Moment& m : all.moments)
      if (belongs(m)) expected.push_back(m);
    ASSERT_EQ(part.moments.size(), expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k) {
      EXPECT_EQ(part.moments[k].tick, expected[k].tick);
      EXPECT_EQ(part.moments[k].account, expected[k].account);
      ASSERT_EQ(part.moments[k].reckonings.size(), expected[k].reckonings.size());
      for (std::size_t r = 0; r < expected[k].reckonings.size(); ++r)
        ASSERT_EQ(part.moments[k].reckonings[r].value, expected[k].reckonings[r].value)
            << part.moments[k].reckonings[r].name << " in moment " << k;
    }
    EXPECT_GT(expected.size(), 5U);
    EXPECT_EQ(part.digest, all.digest);
  };
  expect_part(of_one, [&](const Moment& m) { return m.account == first->account; });
  expect_part(of_post, [&](const Moment& m) {
    return m.post == first->post && (m.kind == Moment::Kind::sight || m.kind == Moment::Kind::ordinary);
  });
}

// The reference reckons for itself what each first sight of a studied post was worth.
TEST(Explain, ValuesAreThoseOfTheReference) {
  Team alone(1);
  constexpr double tight = 1e-6;  // trust is stored in single precision after each thing that adds to it
  std::size_t compared = 0;
  for (std::uint64_t number = 1; number <= 4 && !HasFailure(); ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    SmallWorld w = number > 3 ? lively(static_cast<std::uint32_t>(number % 2)) : random_scenario(number, alone);
    if (number > 3) w.scenario.duration = 24 * 3, w.generate(alone);
    Inquiry everything;
    const Asked asked = ask(w, alone, &everything);
    std::map<std::tuple<Tick, AccountId, AccountId, std::uint32_t>, const Moment*> sights;
    for (const Moment& m : asked.moments)
      if (m.kind == Moment::Kind::sight) sights[{m.tick, m.account, m.post.author, m.post.ordinal}] = &m;
    const Setting setting = w.setting();
    const reference::Outcome r = reference::simulate(setting, w.mechanisms, w.scenario.last_tick());
    ASSERT_EQ(r.judged.size(), sights.size());
    for (const reference::Judged& j : r.judged) {
      const auto at = sights.find({j.tick, j.reader, j.author, j.ordinal});
      ASSERT_NE(at, sights.end());
      ASSERT_NEAR(value_of(*at->second, "merit"), j.V, tight);
      ASSERT_NEAR(value_of(*at->second, "utility"), j.U, tight);
      for (const Reckoning& told : at->second->reckonings)
        if (told.name == std::string("reader")) {
          ASSERT_NEAR(told.terms[6].value, j.tau, tight);
          ASSERT_NEAR(told.terms[7].value, j.pi, tight);
        }
      ++compared;
    }
  }
  EXPECT_GT(compared, 20'000U);
}

}  // namespace
}  // namespace passalong
