// label: scenario
// Reading scenarios: units, distributions, overrides, defaults, the resolved text, the schema.
#include "sim/scenario/scenario.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/scenario/forms.hpp"
#include "sim/scenario/listing.hpp"
#include "sim/scenario/units.hpp"
#include "tests/fake_model.hpp"

namespace passalong {
namespace {

Fault first_fault(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    parse_fake(text, overrides);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::scenario);
    EXPECT_FALSE(failure.faults().empty());
    return failure.faults().front();
  }
  ADD_FAILURE() << "accepted: " << text;
  return {};
}

TEST(Units, ReadDurations) {
  EXPECT_EQ(read_duration("90 days").value, 2160);
  EXPECT_EQ(read_duration("1 day").value, 24);
  EXPECT_EQ(read_duration("1 h").value, 1);
  EXPECT_EQ(read_duration("30 min").value, 0.5);
  EXPECT_EQ(read_duration("2 weeks").value, 336);
  EXPECT_EQ(read_duration("36s").value, 0.01);
  EXPECT_EQ(read_duration("  1_000.5   hours ").value, 1000.5);
  EXPECT_EQ(read_duration("1e2h").value, 100);
  EXPECT_EQ(read_duration("+2 d").value, 48);
  EXPECT_EQ(read_duration("-2 d").value, -48);
}

TEST(Units, ReadRates) {
  EXPECT_EQ(read_rate("2 per day").value, 2);
  EXPECT_EQ(read_rate("14 per week").value, 2);
  EXPECT_EQ(read_rate("0.5 per h").value, 12);
  EXPECT_EQ(read_rate("1/day").value, 1);
  EXPECT_EQ(read_rate("3 / hour").value, 72);
  EXPECT_EQ(read_rate("1 per min").value, 1440);
}

TEST(Units, RefuseWhatIsNeither) {
  for (const char* text : {"", "days", "x days", "1", "1 1 days", "1 dayss ago", "1 month", "1 year", "inf days",
                           "nan h", "1e999 h", "1,5 h", "0x10 h", "1 per day", "--1 h"})
    EXPECT_FALSE(read_duration(text).problem.empty()) << text;
  for (const char* text : {"", "2", "2 days", "2 per", "2 per fortnight", "per day", "2 perday", "2 per month", "/day"})
    EXPECT_FALSE(read_rate(text).problem.empty()) << text;
  EXPECT_EQ(read_duration("3 dyas").help, "did you mean `days`?");
}

TEST(Units, WriteWhatReadsBackExactly) {
  for (const double hours : {0.0, 24.0, 2160.0, 1.0, 36.0, 0.5, 1.0 / 3, 20 / 60.0, 1 / 3600.0, 0.1, 1e-7, 12345.678}) {
    const Quantity back = read_duration(write_duration(hours));
    EXPECT_EQ(back.problem, "") << write_duration(hours);
    EXPECT_EQ(back.value, hours) << write_duration(hours);
  }
  for (const double rate : {0.0, 0.1, 2.0, 1.0 / 3, 2.0 / 7, 1e-9, 123456.789})
    EXPECT_EQ(read_rate(write_rate(rate)).value, rate) << write_rate(rate);
  EXPECT_EQ(write_duration(24), "1 day");
  EXPECT_EQ(write_duration(2160), "90 days");
  EXPECT_EQ(write_duration(0.5), "30 min");
}

TEST(Scenario, FillsInEveryDefault) {
  const Scenario s = parse_fake(whole_scenario);
  EXPECT_EQ(s.duration, 720);
  EXPECT_EQ(s.network.accounts, 200'000);
  EXPECT_EQ(s.population.attention, Distribution::log_normal(25, 1));
  EXPECT_EQ(s.model, "conversation");
  ASSERT_NE(s.parameters, nullptr);
  ASSERT_EQ(s.strategies.size(), 2u);
  EXPECT_EQ(s.strategies[0].followers, 3000);
  EXPECT_EQ(s.strategies[0].mix[2], 0);
  EXPECT_EQ(s.strategies[1].name, "sell v1.0");
  EXPECT_EQ(s.strategies[1].posts, 2);
  EXPECT_EQ(s.strategies[1].mix[0], 0);  // a mix names all it has: the rest is 0
  EXPECT_EQ(s.strategies[1].mix[1], 1);
  EXPECT_EQ(s.text, whole_scenario);
}

TEST(Scenario, ReadsModelParameters) {
  const Scenario s = parse_fake(std::string(whole_scenario) +
                                "[model]\nname = \"conversation\"\npace = \"3 per day\"\n[model.trust]\non = false\n"
                                "[model.feed]\nmemory = \"2 days\"\norder = \"newest-first\"\n");
  const auto& model = dynamic_cast<const FakeModel&>(*s.parameters);
  EXPECT_FALSE(model.on);
  EXPECT_EQ(model.pace, 3);
  EXPECT_EQ(model.memory, 48);
  EXPECT_EQ(model.order, "newest-first");
}

TEST(Scenario, ModelWithoutStrategiesNeedsNoneAndTakesNone) {
  const std::string text = "duration = \"1 day\"\n[model]\nname = \"independent-cascade\"\nprobability = 0.1\n";
  const Scenario s = parse_fake(text);
  EXPECT_TRUE(s.strategies.empty());
  EXPECT_EQ(parse_fake(resolved_toml(s)).strategies.size(), 0u);
  const Fault fault = first_fault(text + "[[strategy]]\nname = \"a\"\nposts = \"1 per day\"\nmix = { value = 1 }\n");
  EXPECT_NE(fault.message.find("has no strategies"), std::string::npos);
}

TEST(Scenario, AcceptsWholeNumbersHoweverWritten) {
  EXPECT_EQ(parse_fake(whole_scenario, {"network.accounts=1e6"}).network.accounts, 1'000'000);
  EXPECT_EQ(parse_fake(whole_scenario, {"network.accounts=0x4000"}).network.accounts, 16384);
  EXPECT_EQ(parse_fake(whole_scenario, {"network.accounts=4_294_967_040"}).network.accounts, 4'294'967'040);
  EXPECT_THROW(parse_fake(whole_scenario, {"network.accounts=4_294_967_041"}), Failure);
  EXPECT_EQ(parse_fake(whole_scenario, {"seed=9007199254740993"}).seed, 9007199254740993);
}

TEST(Scenario, FewTopicsNeedNoContentSection) {
  EXPECT_EQ(parse_fake(whole_scenario, {"population.topics=3"}).content.topics, 3);
  EXPECT_THROW(parse_fake(whole_scenario, {"population.topics=3", "content.topics=4"}), Failure);
}

TEST(Distributions, EveryFormIsReadAndWritten) {
  const std::pair<const char*, Distribution> cases[] = {
      {"7", Distribution::constant(7)},
      {"{ distribution = \"constant\", value = 7.5 }", Distribution::constant(7.5)},
      {"{ distribution = \"uniform\", low = 1, high = 2.5 }", Distribution::uniform(1, 2.5)},
      {"{ distribution = \"beta\", a = 2, b = 4 }", Distribution::beta(2, 4)},
      {"{ distribution = \"log-normal\", mean = 25, sigma = 0.1 }", Distribution::log_normal(25, 0.1)},
      {"{ distribution = \"exponential\", mean = 3 }", Distribution::exponential(3)},
      {"{ distribution = \"gamma\", shape = 0.5, mean = 3 }", Distribution::gamma(0.5, 3)}};
  for (const auto& [text, expected] : cases) {
    const Scenario s = parse_fake(whole_scenario, {std::string("population.attention=") + text});
    EXPECT_EQ(s.population.attention, expected) << text;
    const Scenario again = parse_fake(whole_scenario, {"population.attention=" + write_distribution(expected)});
    EXPECT_EQ(again.population.attention, expected) << write_distribution(expected);
  }
}

TEST(Distributions, ParametersAndSupportAreChecked) {
  const std::pair<const char*, const char*> cases[] = {
      {"{ distribution = \"gama\", shape = 1, mean = 1 }", "no choice \"gama\""},
      {"{ mean = 1, sigma = 1 }", "missing key `distribution`"},
      {"{ distribution = \"beta\", a = 0, b = 1 }", "`a` = 0 is outside"},
      {"{ distribution = \"beta\", a = 1 }", "missing key `b`"},
      {"{ distribution = \"log-normal\", mean = 1, sigma = -1 }", "`sigma` = -1 is outside"},
      {"{ distribution = \"uniform\", low = 2, high = 1 }", "low = 2 exceeds high = 1"},
      {"{ distribution = \"uniform\", low = -1, high = 1 }", "can fall below 0"},
      {"{ distribution = \"normal\", mean = 10, sd = 1 }", "can fall below 0"},
      {"{ distribution = \"exponential\", mean = 1, sd = 1 }", "unknown key `sd`"},
      {"-1", "`attention` = -1 is below 0"},
      {"nan", "must be a finite number"},
      {"-inf", "must be a finite number"},
      {"[1, 2]", "must be a number or a distribution, not an array"}};
  for (const auto& [text, message] : cases) {
    const Fault fault = first_fault(whole_scenario, {std::string("population.attention=") + text});
    EXPECT_NE(fault.message.find(message), std::string::npos) << fault.message;
    EXPECT_EQ(fault.file, "--set");
  }
}

TEST(Overrides, ReachEveryPart) {
  const Scenario s =
      parse_fake(whole_scenario, {"network.accounts=10000", "strategy.give.posts=3 per day", "seed=9",
                                  "title=plain words", "strategy.sell v1.0.followers=7",
                                  "strategy.\"sell v1.0\".mix.pitch=0.25", "strategy.sell v1.0.mix.routine = 0.75",
                                  "model.trust.gain=0.5", "duration = \"2 weeks\"", "strategy.give.mix={ value = 1 }"});
  EXPECT_EQ(s.network.accounts, 10000);
  EXPECT_EQ(s.strategies[0].posts, 3);
  EXPECT_EQ(s.seed, 9);
  EXPECT_EQ(s.title, "plain words");
  EXPECT_EQ(s.strategies[1].followers, 7);
  EXPECT_EQ(s.strategies[1].mix[1], 0.25);
  EXPECT_EQ(s.strategies[1].mix[2], 0.75);
  EXPECT_EQ(dynamic_cast<const FakeModel&>(*s.parameters).gain, 0.5);
  EXPECT_EQ(s.duration, 336);
  EXPECT_EQ(s.strategies[0].mix[0], 1);
  EXPECT_EQ(s.overrides.size(), 10u);
}

TEST(Overrides, TheLastOneWinsAndRepairsTheFile) {
  EXPECT_EQ(parse_fake(whole_scenario, {"seed=1", "seed=2"}).seed, 2);
  EXPECT_EQ(parse_fake(std::string("seed = -5\n") + whole_scenario, {"seed=2"}).seed, 2);
}

TEST(Overrides, TextMayLookLikeAnotherType) {
  EXPECT_EQ(parse_fake(whole_scenario, {"title=2026"}).title, "2026");
  EXPECT_EQ(parse_fake(whole_scenario, {"title=true"}).title, "true");
  EXPECT_EQ(parse_fake(whole_scenario, {"title=2026-01-01"}).title, "2026-01-01");
  EXPECT_EQ(parse_fake(whole_scenario, {"title="}).title, "");
  EXPECT_EQ(parse_fake(whole_scenario, {"title=a=b # c"}).title, "a=b # c");
}

TEST(Overrides, FaultsShowTheOption) {
  const Fault fault = first_fault(whole_scenario, {"seed=3", "network.accounts=-4"});
  EXPECT_EQ(fault.file, "--set");
  EXPECT_EQ(fault.line, 2u);
  EXPECT_EQ(fault.column, 18u);
  EXPECT_EQ(fault.end_column, 20u);
  EXPECT_EQ(fault.source_line, "network.accounts=-4");
  for (const char* bad : {"seed", "=1", "", "  =1", "seed.x=1", "network=1", "network.=1", ".seed=1", "strategy.give=1",
                          "strategy.nobody.posts=1 per day", "strategy..posts=1 per day", "network..accounts=3",
                          "strategy.give.=1", "nothing=1", "strategy.give.posts.x=1", "\"seed=1"})
    EXPECT_EQ(first_fault(whole_scenario, {bad}).file, "--set") << bad;
}

TEST(Overrides, OneShareOfAMixScalesTheOthers) {
  const auto mix = [](const std::vector<std::string>& overrides) {
    const Scenario s = parse_fake(whole_scenario, overrides);
    return std::pair(s.strategies[0].mix[0], s.strategies[0].mix[1]);
  };
  const auto [value, pitch] = mix({"strategy.give.mix.pitch=0.8"});
  EXPECT_DOUBLE_EQ(pitch, 0.8);
  EXPECT_DOUBLE_EQ(value, 0.2);
  EXPECT_EQ(mix({"strategy.give.mix.pitch=0.8", "strategy.give.mix.value=0.2"}), std::pair(0.2, 0.8));
  EXPECT_EQ(mix({"strategy.give.mix={ value = 0.4, pitch = 0.6 }"}), std::pair(0.4, 0.6));
  const Fault fault = first_fault(whole_scenario, {"strategy.give.mix.pitch=0.8", "strategy.give.mix.value=0.9"});
  EXPECT_EQ(fault.message, "the shares of `mix` sum to 1.7, not 1");
  EXPECT_EQ(fault.file, "--set");
  EXPECT_NE(fault.help.find("one --set for each"), std::string::npos);
}

// The same scenario, as far as its text can tell.
void expect_round_trip(const Scenario& s) {
  const std::string resolved = resolved_toml(s);
  const Scenario again = parse_fake(resolved);
  EXPECT_EQ(resolved_toml(again), resolved);
  EXPECT_EQ(again.duration, s.duration);
  EXPECT_EQ(again.tick, s.tick);
  EXPECT_EQ(again.population.attention, s.population.attention);
  EXPECT_EQ(again.network.reciprocity, s.network.reciprocity);
  ASSERT_EQ(again.strategies.size(), s.strategies.size());
  for (std::size_t i = 0; i < s.strategies.size(); ++i) {
    EXPECT_EQ(again.strategies[i].name, s.strategies[i].name);
    EXPECT_EQ(again.strategies[i].posts, s.strategies[i].posts);
    for (int k = 0; k < 3; ++k) EXPECT_EQ(again.strategies[i].mix[k], s.strategies[i].mix[k]);
  }
}

TEST(Scenario, HasNoFollowersToCountWhereAnAccountIsPlaced) {
  const Scenario s = parse_fake(
      "duration = \"10 days\"\n[network]\naccounts = 2000\nmean_followers = 12\n[[strategy]]\nname = \"a\"\n"
      "account = \"5\"\nposts = \"1 per day\"\nmix = { value = 1 }\n");
  EXPECT_EQ(s.strategies[0].account, "5");
}

TEST(Resolved, ReadsBackToTheSameScenario) {
  expect_round_trip(parse_fake(whole_scenario));
  expect_round_trip(parse_fake(whole_scenario, {"network.file=some/file \"x\".txt", "network.direction=undirected"}));
  expect_round_trip(parse_fake(whole_scenario, {"network.followees=power-law", "network.followee_exponent=2.2"}));
  expect_round_trip(parse_fake(
      whole_scenario, {"tick=20 min", "network.reciprocity=0.1234567890123456", "network.cutoff=0.30000000000000004",
                       "population.attention={distribution='gamma', shape=0.3333333333333333, mean=1e10}",
                       "title=\"q\\\"\\\\é\"", "strategy.give.posts=1 per week",
                       "strategy.give.mix={value=0.1, pitch=0.2, routine=0.7}", "seed=9007199254740993",
                       "model.feed.memory=90 min", "model.trust.noise=0.1", "warm_up=7 days", "output.every=40 min"}));
}

TEST(Scenario, HasBrandsInPlaceOfStrategies) {
  std::string text = whole_scenario;
  for (std::size_t at; (at = text.find("[[strategy]]")) != std::string::npos;) text.replace(at, 12, "[[brand]]");
  const Scenario s = parse_fake(text, {"brand.give.mix.value=0.5", "brand.give.mix.pitch=0.5",
                                       "brand.give.account=alice", "brand.sell v1.0.followers=7"});
  EXPECT_TRUE(s.strategies.empty());
  ASSERT_EQ(s.brands.size(), 2u);
  EXPECT_EQ(s.arms(), 1u);
  EXPECT_EQ(s.brand_count(), 2u);
  EXPECT_EQ(&s.policies(), &s.brands);
  EXPECT_EQ(s.brands[0].mix[1], 0.5);
  EXPECT_EQ(s.brands[0].account, "alice");
  EXPECT_EQ(s.brands[1].followers, 7);
  const Scenario again = parse_fake(resolved_toml(s));
  EXPECT_EQ(resolved_toml(again), resolved_toml(s));
  EXPECT_EQ(again.brands[0].account, "alice");
  EXPECT_EQ(again.brands[1].name, "sell v1.0");
  EXPECT_EQ(first_fault(text, {"brand.giv.posts=1 per day"}).help, "did you mean `give`?");
  const Scenario plain = parse_fake(whole_scenario);
  EXPECT_EQ(plain.arms(), 2u);
  EXPECT_EQ(plain.brand_count(), 1u);
  EXPECT_EQ(&plain.policies(), &plain.strategies);
}

TEST(Resolved, NamesEveryKeyThatApplies) {
  const std::string resolved = resolved_toml(parse_fake(whole_scenario));
  for (const ListedKey& key : scenario_keys(fake_models())) {
    // It has strategies instead of brands, and no cohorts.
    if (key.only.empty() && key.path() != "brand" && !key.path().starts_with("population.cohorts")) {
      EXPECT_NE(resolved.find(key.name), std::string::npos) << key.path();
    }
  }
  for (const ListedKey& key : model_keys(fake_models()[0]))
    EXPECT_NE(resolved.find(key.name), std::string::npos) << key.path();
}

TEST(Schema, IsValidJsonWithEveryKeyOnce) {
  const auto json = nlohmann::json::parse(schema_json(fake_models()));
  EXPECT_EQ(json.at("schema"), 1);
  std::set<std::string> paths;
  for (const auto& key : json.at("keys")) EXPECT_TRUE(paths.insert(key.at("path")).second) << key.at("path");
  EXPECT_TRUE(paths.contains("duration"));
  EXPECT_TRUE(paths.contains("strategy.mix.pitch"));
  EXPECT_TRUE(paths.contains("network.direction"));
  EXPECT_EQ(json.at("models").at(0).at("name"), "conversation");
  EXPECT_EQ(json.at("models").at(1).at("parameters").at(0).at("required"), true);
  EXPECT_EQ(nlohmann::json::parse(models_json(fake_models())).at("models").size(), 2u);
}

TEST(Schema, EveryKeyIsExplained) {
  for (const ListedKey& key : scenario_keys(fake_models())) EXPECT_NE(std::string(key.about.help), "") << key.path();
  EXPECT_NE(schema_text(fake_models()).find("mean_followers"), std::string::npos);
  EXPECT_NE(models_text(fake_models()).find("[model.trust]"), std::string::npos);
}

TEST(Schema, DefaultsLieWithinTheirRanges) {
  for (const ListedKey& key : scenario_keys(fake_models())) {
    if (key.fallback.empty() || (key.type != ListedKey::Type::number && key.type != ListedKey::Type::integer)) continue;
    EXPECT_GE(std::stod(key.fallback), key.about.low) << key.path();
    EXPECT_LE(std::stod(key.fallback), key.about.high) << key.path();
  }
}

TEST(Starter, LoadsAsItIs) { EXPECT_EQ(parse_fake(starter_scenario()).strategies.size(), 2u); }

TEST(Faults, AreCountedWhereTheyAreWithoutNumber) {
  std::string strays;
  for (int i = 0; i < 20'000; ++i) strays += "stray" + std::to_string(i) + " = 1\n";
  try {
    parse_fake(strays + whole_scenario);
    FAIL() << "accepted";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.faults().size(), 501u);
    EXPECT_EQ(failure.faults().back().message, "and 19500 more faults");
  }
}

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("passalong_scenario_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Exit code_of(const std::string& path) {
  try {
    load_scenario(path, fake_models());
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.faults().at(0).file, path);
    return failure.code();
  }
  return Exit::ok;
}

TEST(Files, UnreadableOnesAreInputFailures) {
  const Folder folder;
  EXPECT_EQ(code_of(folder.write("good.toml", whole_scenario)), Exit::ok);
  EXPECT_EQ(code_of(folder.path() + "/absent.toml"), Exit::input);
  EXPECT_EQ(code_of(folder.path()), Exit::input);
  EXPECT_EQ(code_of(folder.write("empty.toml", "")), Exit::scenario);
  EXPECT_EQ(code_of(folder.write("binary.toml", std::string(100, '\0'))), Exit::scenario);
  EXPECT_EQ(code_of(folder.write("large.toml", std::string((1 << 20) + 1, '#'))), Exit::scenario);
  EXPECT_EQ(code_of(folder.write("as_large_as_may_be.toml",
                                 whole_scenario + std::string((1 << 20) - std::string(whole_scenario).size(), '#'))),
            Exit::ok);
  if (std::filesystem::exists("/dev/zero")) {
    EXPECT_EQ(code_of("/dev/zero"), Exit::scenario);
  }
}

TEST(Files, NamesInsideCountFromTheScenariosFolder) {
  const Folder folder;
  Scenario s;
  s.path = folder.write("s.toml", "");
  folder.write("edges.txt", "");
  EXPECT_EQ(resolve_path(s, "edges.txt"), folder.path() + "/edges.txt");
  EXPECT_EQ(resolve_path(s, "absent.txt"), folder.path() + "/absent.txt");
  EXPECT_EQ(resolve_path(s, "/dev/null"), "/dev/null");
  s.path = "elsewhere/s.toml";
  EXPECT_EQ(resolve_path(s, folder.path() + "/edges.txt"), folder.path() + "/edges.txt");
}

}  // namespace
}  // namespace passalong
