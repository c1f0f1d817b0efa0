// label: determinism
// From a result file back to its worlds: the scenario is read again, its files are found and known by their bytes, and
// every row comes out again. All exact.
#include "sim/experiment/resimulation.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/experiment/run.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

class Resimulation : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::path(testing::TempDir()) / "passalong_resimulation";
    fs::remove_all(folder);
    fs::create_directories(folder / "made");
  }
  void TearDown() override { fs::remove_all(folder); }

  void write(const fs::path& path, const std::string& text) { std::ofstream(folder / path) << text; }
  // Runs a scenario that stands in the folder `made`; its result is there too.
  Result run_and_write(const std::string& text, const std::vector<std::string>& overrides = {}) {
    write("made/s.toml", text);
    const Scenario s = load_scenario((folder / "made/s.toml").string(), model_choices(), overrides);
    Result result = run(s, {.threads = 2, .history = "passalong run s.toml"}).result;
    write_result((folder / "made/s.h5").string(), result, true);
    return read_result((folder / "made/s.h5").string());
  }
  std::string result_file(const char* in = "made") const { return (folder / in / "s.h5").string(); }
  static std::string refusal(const std::function<void()>& act, Exit code) {
    try {
      act();
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), code) << render_all(failure, false);
      return render_all(failure, false);
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
  }
  fs::path folder;
};

constexpr const char* plain = R"(
duration = "6 days"
warm_up = "2 days"
replicates = 2
[network]
accounts = 2000
mean_followers = 15
[[strategy]]
name = "give"
posts = "5 per day"
mix = { value = 1 }
followers = 300
[[strategy]]
name = "a=b.c"
posts = { file = "log.csv" }
followers = 300
)";
constexpr const char* posts = "time,kind\n0.5,pitch\n1.5,value\n3,pitch\n4.2,value\n";

void expect_same_rows(const Scenario& scenario, const Result& result) {
  for (std::size_t arm = 0; arm < scenario.arms(); ++arm)
    for (const std::uint32_t replicate : {0U, 1U})
      for (const unsigned threads : {1U, 3U}) {
        ResimulatedWorld world(scenario, arm, replicate, threads);
        while (world.now() < world.last()) {
          world.step();
          world.verify(result);
        }
        EXPECT_EQ(world.record().columns.at(0).size(), result.time.size());
      }
}

TEST_F(Resimulation, GivesEveryRowAgain) {
  write("made/log.csv", posts);
  for (const std::string redraw : {"population", "behaviour", "network"}) {
    const Result result =
        run_and_write("redraw = \"" + redraw + "\"\nseed = 3" + plain, {"seed=5", "network.accounts=1500"});
    const Scenario s = scenario_of(result, result_file());
    EXPECT_EQ(s.seed, 5);
    EXPECT_EQ(s.network.accounts, 1500);
    expect_same_rows(s, result);
  }
}

TEST_F(Resimulation, NoticesAnotherRow) {
  write("made/log.csv", posts);
  Result result = run_and_write(plain);
  for (Variable& v : result.series)
    if (v.name == "reach") ++std::get<std::vector<std::int64_t>>(v.values)[3 * 7 + 4];  // arm 1, replicate 1, day 4
  const Scenario s = scenario_of(result, result_file());
  ResimulatedWorld world(s, 1, 1, 1);
  while (world.now() < s.ticks(24 * 5)) world.step();
  world.verify(result);  // day 3
  while (world.now() < s.ticks(24 * 6)) world.step();
  const std::string told = refusal([&] { world.verify(result); }, Exit::run);
  EXPECT_NE(told.find("`reach` of 'a=b.c' in replicate 1 differs from the result from day 4 on"), std::string::npos)
      << told;
}

TEST_F(Resimulation, FindsFilesBesideTheResultAndWhereItIsTold) {
  write("made/log.csv", posts);
  const Result result = run_and_write(plain);
  fs::create_directories(folder / "moved"), fs::create_directories(folder / "inputs");
  fs::rename(folder / "made/s.h5", folder / "moved/s.h5");
  fs::rename(folder / "made/log.csv", folder / "inputs/log.csv");
  const std::string missing = refusal([&] { scenario_of(result, result_file("moved")); }, Exit::input);
  EXPECT_NE(missing.find("the file `log.csv`"), std::string::npos) << missing;
  EXPECT_NE(missing.find("--inputs"), std::string::npos) << missing;
  expect_same_rows(scenario_of(result, result_file("moved"), (folder / "inputs").string()), result);

  write("moved/log.csv", "time,kind\n0.5,pitch\n");  // another file of that name
  const std::string changed = refusal([&] { scenario_of(result, result_file("moved")); }, Exit::input);
  EXPECT_NE(changed.find("are not those it was made with"), std::string::npos) << changed;
  write("moved/log.csv", "no calendar");
  refusal([&] { scenario_of(result, result_file("moved")); }, Exit::input);
  scenario_of(result, result_file("moved"), (folder / "inputs").string());
  const std::string nowhere =
      refusal([&] { scenario_of(result, result_file("moved"), (folder / "inptus").string()); }, Exit::input);
  EXPECT_NE(nowhere.find("this is no folder"), std::string::npos) << nowhere;
  fs::rename(folder / "inputs/log.csv", folder / "moved/log.csv");
  write("inputs/log.csv", posts + std::string("5,pitch\n"));  // wrong there, right beside the result
  scenario_of(result, result_file("moved"), (folder / "inputs").string());
}

TEST_F(Resimulation, RefusesWhatHasNoWorldsOrNoScenario) {
  const Result cascade = run_and_write(
      "replicates = 3\n[network]\naccounts = 500\n[model]\nname = \"independent-cascade\"\n"
      "probability = 0.1\nseeds = { random = 2 }\n");
  const Scenario s = scenario_of(cascade, result_file());
  refusal([&] { ResimulatedWorld(s, 0, 0, 1); }, Exit::usage);
  refusal([&] { scenario_of(Result{}, "x.h5"); }, Exit::input);
}

}  // namespace
}  // namespace passalong
