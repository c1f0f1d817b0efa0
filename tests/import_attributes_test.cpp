// Tables of accounts, and accounts found by label.
#include "sim/network/labels.hpp"
#include "tests/import_files.hpp"

namespace passalong {
namespace {
class AttributeTables : public ImportFiles {
 protected:
  Network people() const { return read("ann bob\nbob 7\n007 ann\n"); }
  Attributes attributes(const std::string& text, const Network& network) const {
    Team team(2);
    return read_attributes(write(text, "accounts.csv"), network, team);
  }
  void expect_fault(const std::string& text, unsigned line, unsigned column, const std::string& words) const {
    const Network network = people();
    const std::string file = write(text, "accounts.csv");
    Team team(1);
    const Fault fault = refusal_of(file, [&] { read_attributes(file, network, team); });
    EXPECT_EQ(fault.line, line) << text;
    EXPECT_EQ(fault.column, column) << text;
    EXPECT_NE(fault.message.find(words), std::string::npos) << fault.message;
  }
};

TEST_F(AttributeTables, AreReadByColumns) {
  const Attributes a =
      attributes("# about\nplace,interest_2,label,interest_1\n\"Bern, CH\",1,bob,3\nAra,,7,\n,0,007,2\n", people());
  EXPECT_EQ(a.topics, 2U);
  EXPECT_EQ(a.interests, (std::vector<float>{1, 0, 0, 0, 0, 0, .75F, .25F}));  // 007, 7, ann, bob
  EXPECT_EQ(a.places, (std::vector<std::string>{"Ara", "Bern, CH"}));
  EXPECT_EQ(a.places_of, (std::vector<std::uint32_t>{no_place, 0, no_place, 1}));
}

TEST_F(AttributeTables, AreReadByLists) {
  const Attributes a = attributes("id\tinterests\nann\t1; 1;2\n\nbob\t\n", people());
  EXPECT_EQ(a.topics, 3U);
  EXPECT_EQ(a.interests, (std::vector<float>{0, 0, 0, 0, 0, 0, .25F, .25F, .5F, 0, 0, 0}));
  EXPECT_TRUE(a.places_of.empty());
  EXPECT_TRUE(a.places.empty());
  const Attributes places = attributes("account,place\n2,x\n", read("0 1\n1 2\n"));
  EXPECT_EQ(places.topics, 0U);
  EXPECT_EQ(places.places_of, (std::vector<std::uint32_t>{no_place, no_place, 0}));
}

TEST_F(AttributeTables, AreRefusedWhereTheyAreWrong) {
  expect_fault("label,place\nann,x\nbop,y\n", 3, 1, "no account 'bop'");
  expect_fault("# a\nlabel,place\nann,x\n\nann,y\n", 5, 1, "comes twice");
  expect_fault("name,place\nann,x\n", 1, 1, "no column is called label");
  expect_fault("label,age\nann,7\n", 1, 1, "interest_1, interests or place");
  expect_fault("label,place,place\nann,x,y\n", 1, 13, "two columns");
  expect_fault("label,interests,interest_1\nann,1,1\n", 1, 17, "both");
  expect_fault("label,interest_1,interest_2\nann,1,-1\n", 2, 7, "negative interest");
  expect_fault("label,interest_1,interest_2\nann,1,\n", 2, 7, "not an interest");
  expect_fault("label,interest_1,interest_2\nann,0,0\n", 2, 5, "all zero");
  expect_fault("label,interest_1,interest_2\nann,1,inf\n", 2, 7, "not an interest");
  expect_fault("label,interests\nann,1;2\nbob,1;2;3\n", 3, 5, "3 interests, where the lines above have 2");
  expect_fault("label,interests\nann\n", 2, 4, "a column is missing");
  expect_fault("label,interests\n\"ann,1\n", 2, 1, "not closed");
  expect_fault("", 0, 0, "empty");
  expect_fault("# nothing\n", 0, 0, "remarks");
}

TEST_F(AttributeTables, NameTheLineInLongTables) {
  std::string edges, text = "# a\n# b\nlabel,place\n";
  for (int i = 0; i < 60'000; ++i) {
    edges += std::to_string(i) + " " + std::to_string(i + 1) + "\n";
    text += std::to_string(i) + ",somewhere\n";
  }
  const Network network = read(edges);
  EXPECT_EQ(attributes(text, network).places_of[59'999], 0U);
  const std::string file = write(text + "60001,x\n", "accounts.csv");
  Team team(2);
  EXPECT_EQ(refusal_of(file, [&] { read_attributes(file, network, team); }).line, 60'004U);
}

std::string suggestion(const Network& network, const std::string& label) {
  try {
    account_labelled(network, label);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::scenario);
    return failure.faults().front().help;
  }
  return "found";
}

TEST_F(AttributeTables, FindAccountsByLabel) {
  const Network text = people();
  EXPECT_EQ(account_labelled(text, "007"), 0U);
  EXPECT_EQ(account_labelled(text, "7"), 1U);
  EXPECT_EQ(account_labelled(text, "bob"), 3U);
  EXPECT_FALSE(find_account(text, "07"));
  EXPECT_EQ(suggestion(text, "bop"), "did you mean 'bob'?");
  const Network numbers = read("9 10\n100 18446744073709551615\n");
  EXPECT_EQ(account_labelled(numbers, "9"), 0U);
  EXPECT_EQ(account_labelled(numbers, "010"), 1U);
  EXPECT_EQ(account_labelled(numbers, "18446744073709551615"), 3U);
  EXPECT_FALSE(find_account(numbers, "11"));
  EXPECT_FALSE(find_account(numbers, ""));
  const Network plain = read("0 1\n1 2\n");
  EXPECT_EQ(account_labelled(plain, "2"), 2U);
  EXPECT_FALSE(find_account(plain, "99999999999999999999999"));
  EXPECT_NE(suggestion(plain, "3").find("0 to 2"), std::string::npos);
}
}  // namespace
}  // namespace passalong
