// label: scenario
// Broken scenarios: the text of every fault, as people see it, and a misspelling of every key there is.
// tests/errors/NAME.toml is the scenario (its first lines may be `# --set key=value`), NAME.expected what is printed.
// With PASSALONG_UPDATE_EXPECTED=1 the latter are written anew; look at the difference before keeping it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "sim/base/failure.hpp"
#include "sim/engine/world.hpp"
#include "sim/scenario/listing.hpp"
#include "tests/fake_model.hpp"

namespace passalong {
namespace {

std::filesystem::path source_folder() {
#ifdef PASSALONG_SOURCE_DIR
  return PASSALONG_SOURCE_DIR;
#else
  return std::filesystem::path(__FILE__).parent_path().parent_path();
#endif
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> overrides_in(const std::string& text) {
  const std::string mark = "# --set ";
  std::vector<std::string> overrides;
  for (const std::string& line : lines_of(text)) {
    if (!line.starts_with(mark)) break;
    overrides.push_back(line.substr(mark.size()));
  }
  return overrides;
}

std::string printed(const std::string& text, const std::string& name) {
  const std::vector<ModelChoice> real_models = model_choices();
  try {
    const bool real = text.starts_with("# of a real model");
    parse_scenario(text, name, real ? std::span<const ModelChoice>(real_models) : fake_models(), overrides_in(text));
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::scenario);
    return render_all(failure, false);
  }
  return "no fault\n";
}

// Lines that differ, as in a diff without its cleverness.
std::string difference(const std::string& expected, const std::string& got) {
  const std::vector<std::string> a = lines_of(expected), b = lines_of(got);
  std::string text;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (i < a.size() && i < b.size() && a[i] == b[i]) {
      text += "  " + a[i] + "\n";
      continue;
    }
    if (i < a.size()) text += "- " + a[i] + "\n";
    if (i < b.size()) text += "+ " + b[i] + "\n";
  }
  return text;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "tests" / "errors"))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class ErrorText : public testing::TestWithParam<std::string> {};

TEST_P(ErrorText, IsAsExpected) {
  const auto folder = source_folder() / "tests" / "errors";
  const auto expected_path = folder / (GetParam() + ".expected");
  const std::string got = printed(read_text(folder / (GetParam() + ".toml")), GetParam() + ".toml");
  EXPECT_NE(got, "no fault\n");
  if (std::getenv("PASSALONG_UPDATE_EXPECTED")) std::ofstream(expected_path, std::ios::binary) << got;
  const std::string expected = read_text(expected_path);
  EXPECT_TRUE(got == expected) << difference(expected, got);
}
INSTANTIATE_TEST_SUITE_P(Broken, ErrorText, testing::ValuesIn(case_names()),
                         [](const auto& test) { return test.param; });

// Every word one swap, one letter less or one letter more away.
std::set<std::string> misspellings(const std::string& word) {
  std::set<std::string> wrong;
  for (std::size_t i = 0; i <= word.size(); ++i) wrong.insert(word.substr(0, i) + "x" + word.substr(i));
  for (std::size_t i = 0; i < word.size(); ++i) wrong.insert(word.substr(0, i) + word.substr(i + 1));
  for (std::size_t i = 0; i + 1 < word.size(); ++i) {
    std::string swapped = word;
    std::swap(swapped[i], swapped[i + 1]);
    wrong.insert(swapped);
  }
  wrong.erase(word);
  wrong.erase("");
  return wrong;
}

// A key in a scenario's text: where it is, and in which table.
struct Spot {
  std::size_t line, column;  // from 0
  std::string word, path;
};

// Keys of a resolved scenario: one a line, or in a table in braces; and the last word of each header.
std::vector<Spot> spots_in(const std::vector<std::string>& lines) {
  std::vector<Spot> spots;
  std::string table;
  const auto word_before = [](const std::string& text, std::size_t end) {
    std::size_t from = end;
    while (from > 0 && (std::isalnum(static_cast<unsigned char>(text[from - 1])) || text[from - 1] == '_')) --from;
    return from;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text = lines[i].substr(0, lines[i].find("  #"));
    if (text.empty() || text[0] == '#') continue;
    if (text[0] == '[') {
      const std::size_t end = text.find(']'), from = word_before(text, end);
      const std::size_t first = text.find_first_not_of('[');
      table = text.substr(first, end - first);
      spots.push_back({i, from, text.substr(from, end - from), table});
      continue;
    }
    const std::string key = text.substr(0, text.find(' '));
    for (std::size_t at = text.find(" = "); at != text.npos; at = text.find(" = ", at + 1)) {
      const std::size_t from = word_before(text, at);
      const std::string word = text.substr(from, at - from);
      const std::string inside = from == 0 ? "" : key + ".";
      spots.push_back({i, from, word, (table.empty() ? "" : table + ".") + inside + word});
    }
  }
  return spots;
}

bool is_suggested(const std::string& text, const Spot& spot, const std::vector<ModelChoice>& models) {
  try {
    parse_scenario(text, "misspelt.toml", models);
  } catch (const Failure& failure) {
    for (const Fault& fault : failure.faults())
      if (fault.line == spot.line + 1 && fault.column == spot.column + 1 &&
          fault.help == "did you mean `" + spot.word + "`?")
        return true;
  }
  return false;
}

// Misspells every key of a scenario in every way, but for those seen before.
void misspell_all(const Scenario& scenario, const std::vector<ModelChoice>& models, std::set<std::string>& seen) {
  const std::vector<std::string> lines = lines_of(resolved_toml(scenario));
  const std::vector<Spot> spots = spots_in(lines);
  std::set<std::string> paths;
  for (const Spot& spot : spots) paths.insert(spot.path);
  for (const Spot& spot : spots) {
    if (!seen.insert(spot.path).second) continue;
    const std::string beside = spot.path.substr(0, spot.path.size() - spot.word.size());
    for (const std::string& wrong : misspellings(spot.word)) {
      if (paths.contains(beside + wrong)) continue;  // another key
      std::string text;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string line = lines[i];
        if (i == spot.line) line.replace(spot.column, spot.word.size(), wrong);
        text += line + "\n";
      }
      EXPECT_TRUE(is_suggested(text, spot, models)) << spot.path << " misspelt as " << wrong;
    }
  }
}

bool is_about_policies(const std::string& path) { return path.starts_with("strategy") || path.starts_with("brand"); }

// Scenarios that together have every key of a model.
void misspell_every_key(const std::vector<ModelChoice>& models, const ModelChoice& model) {
  std::string text = "duration = \"2 days\"\n", brand = text;
  text += "[[population.cohorts]]\nname = \"a\"\nshare = 0.5\n";
  const std::string policy = "name = \"a\"\nposts = \"2 per day\"\nmix = { value = 1 }\nfollowers = 5\n";
  const auto log =
      std::filesystem::temp_directory_path() / ("passalong_misspelt_" + std::to_string(::getpid()) + ".csv");
  std::ofstream(log) << "time,kind\n1,value\n";
  const std::string learner =
                        "name = \"b\"\nposts = \"2 per day\"\nmix = { value = 1 }\nlearn = \"ucb\"\nfollowers = 5\n",
                    budget = "name = \"c\"\nbudget = \"1 h per day\"\nmix = { value = 1 }\nfollowers = 5\n",
                    logged = "name = \"d\"\nposts = { file = \"" + log.string() + "\" }\nfollowers = 5\n",
                    phased = "name = \"e\"\nposts = \"2 per day\"\nfollowers = 5\n";
  const auto policies = [&](const std::string& noun) {
    std::string all;
    for (const std::string& one : {policy, learner, budget, logged, phased}) all += "[[" + noun + "]]\n" + one;
    return all + "[[" + noun + ".phases]]\nmix = { value = 1 }\n";
  };
  if (model.takes_strategies) text += policies("strategy"), brand += policies("brand");
  text += std::string("[model]\nname = \"") + model.name + "\"\n";
  if (model.name == std::string("independent-cascade")) text += "probability = 0.1\n";
  std::vector<std::vector<std::string>> variants{
      {}, {"network.file=edges.txt"}, {"network.followees=power-law", "population.posts=1 per day"}};
  for (const ListedKey& key : scenario_keys(models))
    if (key.path() == "network.kind")
      for (const char* kind : key.options) variants.push_back({std::string("network.kind=") + kind});
  for (const ListedKey& key : model_keys(model))
    if (key.path() == "model.attention.form")
      variants.push_back({"model.attention.form=feed", "population.posts=1 per day"});
  std::set<std::string> seen;
  for (const auto& overrides : variants) misspell_all(parse_scenario(text, "", models, overrides), models, seen);
  if (model.takes_strategies) misspell_all(parse_scenario(brand, "", models), models, seen);
  std::filesystem::remove(log);
  std::vector<ListedKey> keys = scenario_keys(models);
  for (const ListedKey& key : model_keys(model)) keys.push_back(key);
  for (const ListedKey& key : keys)
    EXPECT_TRUE(seen.contains(key.path()) || (!model.takes_strategies && is_about_policies(key.path())))
        << key.path() << " was not tried";
}

TEST(Misspelling, OfEveryKeyIsCaughtAndRepaired) {
  for (const ModelChoice& model : fake_models()) misspell_every_key(fake_models(), model);
}

TEST(Misspelling, OfEveryKeyOfCascades) {
  std::set<std::string> seen;
  for (const char* about : {"until = \"±1%\"\n[model]\nname = \"independent-cascade\"\nkeep = \"viral\"\n",
                            "[model]\nname = \"independent-cascade\"\nexact = true\n"})
    misspell_all(parse_scenario(about, "", model_choices()), model_choices(), seen);
  EXPECT_TRUE(seen.contains("until"));
  for (const ModelChoice& model : model_choices()) {
    if (model.name != std::string("independent-cascade")) continue;
    for (const ListedKey& key : model_keys(model)) EXPECT_TRUE(seen.contains(key.path())) << key.path();
  }
}

TEST(Misspelling, OfEveryKeyOfTheRealModelsToo) {
  const std::vector<ModelChoice> models = model_choices();
  for (const ModelChoice& model : models) {
    if (!model.takes_strategies) continue;  // may have required parameters
    misspell_every_key(models, model);
  }
}

TEST(Scenarios, OfTheRepositoryLoadAndResolve) {
  const std::vector<ModelChoice> models = model_choices();
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "scenarios")) {
    if (entry.path().extension() != ".toml") continue;
    ++count;
    SCOPED_TRACE(entry.path().filename().string());
    try {
      const std::string resolved = resolved_toml(load_scenario(entry.path().string(), models));
      EXPECT_EQ(resolved_toml(parse_scenario(resolved, "", models)), resolved);
    } catch (const Failure& failure) {
      ADD_FAILURE() << render_all(failure, false);
    }
  }
  EXPECT_GE(count, 4u);
  EXPECT_NO_THROW(parse_scenario(starter_scenario(), "starter.toml", models));
}

TEST(Render, ShowsPlaceLineAndWayOut) {
  const Fault fault{"demo.toml", 12, 3, 6, "unknown key `abc`", "did you mean `abd`?", "x abc = 1"};
  EXPECT_EQ(render(fault, false),
            "error: unknown key `abc`\n  --> demo.toml:12:3\n   |\n12 | x abc = 1\n   |   ^^^\n"
            "   = help: did you mean `abd`?\n");
}

TEST(Render, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(render({.message = "what"}, false), "error: what\n");
  EXPECT_EQ(render({.file = "f", .message = "what", .help = "h"}, false), "error: what\n --> f\n  = help: h\n");
  EXPECT_EQ(render({.file = "f", .line = 3, .message = "what"}, false), "error: what\n --> f:3\n");
}

TEST(Render, NeverDrivesTheTerminal) {
  const Fault fault{"a\x1b[1m.toml", 1, 2, 0, "m\r\n\x07", "h\x7f", "\xc2\x9b\xe2\x80\xae\xff\x1b]0;t\x07\xc3\xa9\t!"};
  const std::string text = render(fault, false);
  for (const char c : text) EXPECT_TRUE(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
  EXPECT_NE(text.find("| ????]0;t?\xc3\xa9 !"), std::string::npos) << text;
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

TEST(Render, CutsALongLineToAWindowAroundItsMark) {
  Fault fault{"f", 1, 5001, 5004, "m", "", std::string(5000, 'a') + "bcd" + std::string(5000, 'e')};
  const std::vector<std::string> lines = lines_of(render(fault, false));
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_LT(lines[3].size(), 120u);
  EXPECT_EQ(lines[3].substr(lines[4].find('^'), 3), "bcd");
  fault.end_column = 9000;  // marks stay within the window too
  EXPECT_LT(lines_of(render(fault, false))[4].size(), 120u);
  fault.column = 4'000'000'000;  // a place beyond the line does no harm
  EXPECT_LT(render(fault, false).size(), 500u);
}

TEST(Render, ColoursOnlyWhenAsked) {
  const Fault fault{"f", 1, 1, 2, "m", "h", "line"};
  EXPECT_EQ(render(fault, false).find('\x1b'), std::string::npos);
  std::string coloured = render(fault, true), plain;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b')
      i = coloured.find('m', i);
    else
      plain += coloured[i];
  }
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(plain, render(fault, false));
}

TEST(Render, SeparatesFaultsByABlankLine) {
  const Failure failure(Exit::scenario, {Fault{.message = "a"}, Fault{.message = "b"}});
  EXPECT_EQ(render_all(failure, false), "error: a\n\nerror: b\n");
}

}  // namespace
}  // namespace passalong
