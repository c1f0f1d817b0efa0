// Classic processes as a run plays them: who seeds are and when, and every replicate's figures in their place whoever
// played it first.
#include <gtest/gtest.h>

#include <set>

#include "sim/base/failure.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/seed_parameters.hpp"
#include "sim/experiment/precision.hpp"
#include "sim/experiment/process_tables.hpp"
#include "sim/experiment/run.hpp"
#include "tests/fake_model.hpp"

namespace passalong {
namespace {

// Replicate r lasts r % 3 + 1 ticks; its stock falls from 10 by one a tick, and each tick flows r.
class Countdown : public Process {
 public:
  const ProcessForm& form() const override {
    static const ProcessForm form{{{"size", "accounts", "accounts reached"}, {"mean_level", "1", "a mean", false}},
                                  {{"level", "1", "a stock"}, {"drops", "1", "a flow", true, true}},
                                  {{"marks", "mark", {{"height", "m", "how high", false}, {"number", "1", "which"}}}}};
    return form;
  }
  std::unique_ptr<Player> player(Team&) const override;
};

class Counter : public Player {
 public:
  bool play(std::uint32_t r, const std::function<bool()>& go_on, ProcessRecord& record) override {
    const std::uint32_t ticks = r % 3 + 1;
    record.finals = {r + 1.0, 0.5 * r};
    for (std::uint32_t t = 0; t < ticks; ++t) record.series.insert(record.series.end(), {10.0 - t, 1.0 * r});
    record.tables.resize(1);
    for (std::uint32_t i = 0; i < r; ++i) record.tables[0].insert(record.tables[0].end(), {i + 0.25, 1.0 * i});
    record.deliveries = 7, record.impressions = 3, record.shares = 1;
    return go_on();
  }
};
std::unique_ptr<Player> Countdown::player(Team&) const { return std::make_unique<Counter>(); }

const ModelEntry countdown = {{.name = "countdown", .summary = "", .parameters = nullptr},
                              nullptr,
                              nullptr,
                              [](const ProcessSetting&, Team&) { return std::unique_ptr<Process>(new Countdown); },
                              nullptr};

Scenario small_scenario(std::int64_t replicates) {
  Scenario s = parse_fake(whole_scenario);
  s.network.kind = "ring", s.network.accounts = 20, s.replicates = replicates, s.tick = 6;
  return s;
}

template <class T>
const std::vector<T>& values(const Result& result, const char* name) {
  return std::get<std::vector<T>>(result.find(name)->values);
}
using Whole = std::vector<std::int64_t>;
using Real = std::vector<double>;

TEST(Processes, PutEveryReplicateInItsPlace) {
  for (const unsigned threads : {1U, 2U, 5U})
    for (const char* redraw : {"population", "network"}) {
      Scenario s = small_scenario(3);
      s.redraw = redraw;
      const RunReport report = run(s, countdown, {.threads = threads});
      EXPECT_EQ(values<std::int64_t>(report.result, "size"), (Whole{1, 2, 3}));
      EXPECT_EQ(values<double>(report.result, "mean_level"), (Real{0, 0.5, 1}));
      EXPECT_EQ(report.result.time, (Real{0, 0.25, 0.5}));
      EXPECT_EQ(report.deliveries, 21U);
      EXPECT_TRUE(report.result.complete);
    }
}

TEST(Processes, KeepStocksAndStopFlowsWhereAReplicateEnds) {
  const RunReport report = run(small_scenario(3), countdown, {.threads = 2});
  EXPECT_EQ(values<std::int64_t>(report.result, "level"), (Whole{10, 10, 10, 10, 9, 9, 10, 9, 8}));
  EXPECT_EQ(values<std::int64_t>(report.result, "drops"), (Whole{0, 0, 0, 1, 1, 0, 2, 2, 2}));
}

TEST(Processes, HaveTablesWithTheReplicateOfEachRow) {
  const RunReport report = run(small_scenario(3), countdown, {.threads = 2});
  const Group& marks = report.result.groups.front();
  EXPECT_EQ(marks.name, "marks");
  EXPECT_EQ(marks.dimensions.at("mark"), 3U);
  EXPECT_EQ(std::get<Whole>(marks.variables[0].values), (Whole{1, 2, 2}));
  EXPECT_EQ(std::get<Real>(marks.variables[1].values), (Real{0.25, 0.25, 1.25}));
  EXPECT_EQ(std::get<Whole>(marks.variables[2].values), (Whole{0, 0, 1}));
}

TEST(Processes, SayWhereTheCourseIsLeftOut) {
  ProcessRecord record;
  record.finals = {1, 1}, record.series.resize(2 * 20), record.tables.resize(1);
  const ProcessRecords records(600'000, record);
  const Result result = tabulate_processes(Countdown().form(), records, 1);
  EXPECT_EQ(result.find("level"), nullptr);
  EXPECT_NE(result.text_of("left_out"), "");
}

TEST(Processes, AreNotRunToTheEndOnceStopped) {
  const std::atomic<int> stop{2 + at_once};
  EXPECT_THROW(run(small_scenario(3), countdown, {.threads = 1, .stop = &stop}), Failure);
}

struct Seeded : ModelParameters {
  SeedParameters seeds;
  void declare(Fields& f) override { seeds.declare(f, "who", "assumption"); }
  void check(const Scenario& scenario, Fields& f) override { seeds.check(scenario, f); }
};
const std::vector<ModelChoice> seeded{
    {"seeded", "", [] { return std::static_pointer_cast<ModelParameters>(std::make_shared<Seeded>()); }, false, true}};

Scenario seeded_scenario(const std::string& seeds) {
  return parse_scenario("[network]\nkind = \"florentine\"\n[model]\nname = \"seeded\"\nseeds = " + seeds + "\n",
                        "s.toml", seeded);
}

std::vector<Seed> seeds_of(const std::string& text, std::uint32_t replicate = 0) {
  const Scenario scenario = seeded_scenario(text);
  Team team(1);
  const Network network = make_network(scenario, 0, team).network;
  std::vector<Fault> faults;
  const auto& parameters = *std::static_pointer_cast<Seeded>(scenario.parameters);
  const Seeds seeds(parameters.seeds.rule(scenario, &network, faults), network, 1);
  EXPECT_TRUE(faults.empty());
  std::vector<Seed> drawn;
  seeds.of(replicate, drawn);
  return drawn;
}

TEST(SeedKeys, TakeLabelsNumbersAndMomentsTogether) {
  const auto seeds = seeds_of(R"(["Medici", { labels = ["Pazzi", "Medici"], at = "3 h" }, { top = 2, at = "1 h" }])");
  ASSERT_EQ(seeds.size(), 3U);  // the Medici are at the top, and there at once
  EXPECT_EQ(seeds[0].at, 0);
  EXPECT_EQ(seeds[1].at, 1);
  EXPECT_EQ(seeds[2].at, 3);
}

TEST(SeedKeys, DrawGroupsApartAndAnewInEachReplicate) {
  std::set<std::vector<AccountId>> drawn;
  for (std::uint32_t r = 0; r < 20; ++r) {
    const auto seeds = seeds_of(R"([{ random = 4 }, { random = 4, at = "2 h" }])", r);
    ASSERT_GE(seeds.size(), 4U);
    ASSERT_LE(seeds.size(), 8U);
    std::vector<AccountId> accounts;
    for (const Seed& seed : seeds) accounts.push_back(seed.account);
    EXPECT_EQ(std::set(accounts.begin(), accounts.end()).size(), seeds.size());
    drawn.insert(accounts);
  }
  EXPECT_EQ(drawn.size(), 20U);  // two of some 10^6 are the same with chance 2e-4
}

TEST(SeedKeys, ComeAtWholeTicksWhereTheirHoursSaySo) {
  Scenario scenario = seeded_scenario(R"({ random = 1, at = "1 h" })");
  auto& choice = std::static_pointer_cast<Seeded>(scenario.parameters)->seeds.choices.front();
  std::vector<Fault> faults;
  for (const double minutes : {1.0, 3.0, 7.0, 13.0, 60.0})
    for (int ticks = 1; ticks < 200; ++ticks) {
      scenario.tick = minutes / 60, choice.at = ticks * minutes / 60;
      const auto& seeds = std::static_pointer_cast<Seeded>(scenario.parameters)->seeds;
      EXPECT_EQ(seeds.rule(scenario, nullptr, faults).further.front().at, ticks) << minutes;
    }
}

TEST(Precision, IsNotTakenFromSizesThatAreAllAlike) {
  Batches batches(read_precision("±1%"), 1'000'000);
  std::uint64_t played = 0;
  for (; batches.next() > 0; played = batches.sizes().count())
    batches.add(std::vector<std::uint32_t>(batches.next(), 1));
  EXPECT_GE(played, 16'384U);
  EXPECT_LT(played, 70'000U);
  EXPECT_STREQ(batches.stopped(), "precision");
}

TEST(SeedKeys, AreWrittenAsTheyAreRead) {
  for (const char* text : {R"(["12"])", R"({ random = 3 })", R"({ top = 2, at = "90 min" })",
                           R"(["a", "b", { labels = ["c"], at = "2 h" }, { random = 5, at = "3 h" }])"}) {
    const std::string resolved = resolved_toml(seeded_scenario(text));
    EXPECT_NE(resolved.find(std::string("seeds = ") + text), std::string::npos) << resolved;
  }
}

TEST(SeedKeys, TellWhatIsWrong) {
  for (const char* text : {"[]", "{ }", "{ random = 2, top = 3 }", "{ random = 0 }", "{ rando = 2 }", "3",
                           "[{ labels = 3 }]", R"({ top = 2, at = "now" })", "[1.5]", "{ labels = [] }"})
    EXPECT_THROW(seeded_scenario(text), Failure) << text;
}

}  // namespace
}  // namespace passalong
