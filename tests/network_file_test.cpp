// Network files: what is written is read again, every damage is noticed, and nothing else is taken for one.
#include "sim/output/network_file.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>

#include "sim/base/failure.hpp"
#include "sim/base/random.hpp"
#include "sim/output/checksum.hpp"
#include "sim/output/output.hpp"
#include "tests/sample_result.hpp"

namespace passalong {
namespace {

class NetworkFileTest : public OutputTest {
 protected:
  Team team_{2};

  void write(const Network& network, const std::string& name, bool force = false) {
    write_network(network, note(), at(name), force, team_);
  }
  static NetworkNote note() { return {{{"made", "imported"}, {"network", "kind = \"star\"\n"}}, {{"seed", 7}}}; }

  // What reading these bytes says; empty where they are a network.
  std::string refusal(const std::string& bytes) {
    spit(at("x.h5"), bytes);
    std::string message;
    const Exit code = exit_of([&] { read_network(at("x.h5"), team_); }, &message);
    EXPECT_TRUE(code == Exit::ok || code == Exit::input) << message;
    return code == Exit::ok ? "" : message;
  }
};

Network random_network(AccountId accounts, std::size_t follows) {
  const Stream draw(1, 0, Purpose::followee);
  std::vector<std::pair<AccountId, AccountId>> pairs;
  for (std::uint32_t i = 0; i < follows; ++i) {
    const Words words = draw(i);
    pairs.emplace_back(words[0] % accounts, words[1] % accounts);
  }
  return network_from_edges(accounts, pairs);
}

Network with_everything() {
  Network n = random_network(50, 200);
  for (std::size_t i = 0; i < n.follows(); ++i) n.weights.push_back(static_cast<float>(i % 10) / 10);
  n.weights_are_probabilities = true;
  for (AccountId a = 0; a < n.accounts(); ++a) n.labels.push_back(a % 7 == 0 ? "" : "äccount " + std::to_string(a));
  n.attributes.topics = 3;
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const float share : {0.5F, 0.25F, 0.25F}) n.attributes.interests.push_back(a % 5 == 0 ? 0 : share);
  n.attributes.places = {"Bern", "Genève"};
  for (AccountId a = 0; a < n.accounts(); ++a) n.attributes.places_of.push_back(a % 3 == 2 ? no_place : a % 3);
  n.self_loops = 3, n.duplicates = 4;
  return n;
}

void expect_same(const Network& a, const Network& b) {
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.followers, b.followers);
  EXPECT_EQ(a.followees, b.followees);
  EXPECT_EQ(a.weights, b.weights);
  EXPECT_EQ(a.weights_are_probabilities, b.weights_are_probabilities);
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_EQ(a.attributes.topics, b.attributes.topics);
  EXPECT_EQ(a.attributes.interests, b.attributes.interests);
  EXPECT_EQ(a.attributes.places, b.attributes.places);
  EXPECT_EQ(a.attributes.places_of, b.attributes.places_of);
  EXPECT_EQ(a.self_loops, b.self_loops);
  EXPECT_EQ(a.duplicates, b.duplicates);
}

TEST_F(NetworkFileTest, WhatIsWrittenIsReadAgain) {
  const Network large = random_network(20'000, 2'000'000);  // several blocks of checksums
  for (const Network& n : {with_everything(), large, random_network(2, 0), Network{}}) {
    write(n, "n.h5", true);
    expect_same(n, read_network(at("n.h5"), team_));
    const NetworkHead head = read_network_head(at("n.h5"));
    EXPECT_EQ(head.accounts, n.accounts());
    EXPECT_EQ(head.follows, n.follows());
    EXPECT_EQ(head.topics, n.attributes.topics);
    EXPECT_EQ(head.has_labels, !n.labels.empty());
    EXPECT_EQ(head.note.find("made"), "imported");
    EXPECT_EQ(inspect_network(at("n.h5")).status, "complete");
    EXPECT_TRUE(is_network_file(at("n.h5")));
  }
  EXPECT_EQ(files(), 1u);
}

TEST_F(NetworkFileTest, TheSameNetworkGivesTheSameBytesForAnyTeam) {
  const Network n = random_network(20'000, 1'000'000);
  write(n, "a.h5");
  Team alone(1), many(5);
  write_network(n, note(), at("b.h5"), false, alone);
  write_network(n, note(), at("c.h5"), false, many);
  EXPECT_EQ(slurp(at("a.h5")), slurp(at("b.h5")));
  EXPECT_EQ(slurp(at("a.h5")), slurp(at("c.h5")));
}

TEST_F(NetworkFileTest, TheDigestIsOfTheValuesAlone) {
  Network n = with_everything();
  write(n, "a.h5");
  NetworkNote other = note();
  other.text[0].second = "generated";
  write_network(n, other, at("b.h5"), false, team_);
  EXPECT_NE(slurp(at("a.h5")), slurp(at("b.h5")));
  const std::string digest = digest_of_network(at("a.h5"));
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(digest, digest_of_network(at("b.h5")));
  EXPECT_EQ(digest, inspect_network(at("a.h5")).digest);
  n.weights[3] += 0.05F;
  write(n, "b.h5", true);
  EXPECT_NE(digest, digest_of_network(at("b.h5")));
  n = with_everything();
  n.weights_are_probabilities = false;
  write(n, "b.h5", true);
  EXPECT_NE(digest, digest_of_network(at("b.h5")));
}

TEST_F(NetworkFileTest, OtherProgramsReadIt) {
  const Network n = with_everything();
  write(n, "a.h5");
  const hid_t file = H5Fopen(at("a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  const hid_t dataset = H5Dopen2(file, "followers", H5P_DEFAULT);
  std::vector<std::uint32_t> followers(n.follows());
  EXPECT_GE(H5Dread(dataset, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, followers.data()), 0);
  EXPECT_EQ(followers, n.followers);
  H5Dclose(dataset);
  H5Fclose(file);
}

// Every byte of the file, by its lowest or its highest bit.
TEST_F(NetworkFileTest, EveryFlippedByteIsNoticed) {
  Network n = with_everything();
  write(n, "a.h5");
  const std::string whole = slurp(at("a.h5"));
  Team alone(1);
  std::size_t unnoticed = 0;
  std::fstream file(at("a.h5"), std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](std::size_t i, int byte) {
    file.seekp(static_cast<std::streamoff>(i));
    file.put(static_cast<char>(byte)).flush();
  };
  for (std::size_t i = 0; i < whole.size(); ++i) {
    put(i, whole[i] ^ (i % 2 == 0 ? 0x01 : 0x80));
    unnoticed += exit_of([&] { read_network(at("a.h5"), alone); }) != Exit::input;
    put(i, whole[i]);
  }
  expect_same(n, read_network(at("a.h5"), alone));
  EXPECT_EQ(unnoticed, 0u) << "of " << whole.size();
}

TEST_F(NetworkFileTest, EveryLengthButTheRightOneIsRefused) {
  write(with_everything(), "a.h5");
  const std::string whole = slurp(at("a.h5"));
  for (std::size_t size = 0; size < whole.size(); size += size < 64 ? 1 : 97)
    EXPECT_NE(refusal(whole.substr(0, size)), "") << size;
  for (std::size_t cut = 1; cut < 200; ++cut) EXPECT_NE(refusal(whole.substr(0, whole.size() - cut)), "") << cut;
  EXPECT_NE(refusal(whole + "\n"), "");
  EXPECT_NE(refusal(whole + whole), "");
  EXPECT_NE(refusal(whole.substr(1)), "");
  spit(at("x.h5"), whole.substr(0, whole.size() - 10));
  EXPECT_TRUE(is_network_file(at("x.h5")));  // a damaged one
  const NetworkInspection seen = inspect_network(at("x.h5"));
  EXPECT_EQ(seen.status, "damaged");
  EXPECT_NE(seen.reason.find("cut short"), std::string::npos) << seen.reason;
}

TEST_F(NetworkFileTest, SaysWhatIsNoNetworkFile) {
  Result r = sample();
  r.text.emplace_back("kind", "passalong network");
  write_result(at("result.h5"), r, false);
  EXPECT_NE(refusal(slurp(at("result.h5"))).find("the result of a run"), std::string::npos);
  EXPECT_FALSE(is_network_file(at("result.h5")));
  EXPECT_TRUE(is_meant_as_network_file(at("result.h5")));
  EXPECT_NE(refusal("1 2\n2 3\n").find("a text or something else"), std::string::npos);
  EXPECT_FALSE(is_network_file(at("x.h5")));
  EXPECT_NE(refusal("").find("the file is empty"), std::string::npos);
  spit(at("edges.txt"), "1 2\n");
  EXPECT_FALSE(is_meant_as_network_file(at("edges.txt")));
  EXPECT_FALSE(is_network_file(at("none")));
  for (const std::string& path : {at("none.h5"), folder_.string()})
    EXPECT_EQ(exit_of([&] { read_network(path, team_); }), Exit::input) << path;
}

// A file whose checksums fit but whose arrays do not: made by writing networks that no generator makes.
TEST_F(NetworkFileTest, ArraysThatContradictEachOtherAreNamed) {
  const auto refused = [&](const char* dataset, const std::function<void(Network&)>& change) {
    Network n = with_everything();
    change(n);
    write(n, "a.h5", true);
    std::string message;
    EXPECT_EQ(exit_of([&] { read_network(at("a.h5"), team_); }, &message), Exit::input) << dataset;
    EXPECT_NE(message.find(std::string("dataset ") + dataset), std::string::npos) << message;
  };
  const auto first_row = [](const Network& n) {
    AccountId a = 0;
    while (n.follower_count(a) < 2) ++a;
    return a;
  };
  refused("followers", [](Network& n) { n.followers.back() = n.accounts(); });
  refused("followers", [](Network& n) { n.followers.back() = ~0U; });
  refused("followers", [&](Network& n) {
    AccountId* row = n.followers.data() + n.offsets[first_row(n)];
    row[1] = row[0];
  });
  refused("followers", [&](Network& n) {
    AccountId* row = n.followers.data() + n.offsets[first_row(n)];
    std::swap(row[0], row[1]);
  });
  refused("followers", [](Network& n) {
    n = network_from_edges(3, {{1, 0}, {2, 1}});
    n.followers[0] = 0;
  });
  refused("offsets", [](Network& n) { n.offsets[5] = n.offsets[6] + 1; });
  refused("offsets", [](Network& n) { n.offsets[5] = ~0ULL; });
  refused("offsets", [](Network& n) { n.offsets.front() = 1; });
  refused("offsets", [](Network& n) { n.offsets.back() -= 1; });
  refused("followees", [](Network& n) { ++n.followees[0]; });
  refused("followees", [](Network& n) { n.followees.pop_back(); });
  refused("weights", [](Network& n) { n.weights[0] = 1.5F; });
  refused("weights", [](Network& n) { n.weights[0] = -0.5F; });
  refused("weights", [](Network& n) { n.weights[0] = std::numeric_limits<float>::quiet_NaN(); });
  refused("weights", [](Network& n) { n.weights.pop_back(); });
  refused("label_offsets", [](Network& n) { n.labels.pop_back(); });
  refused("interests", [](Network& n) { n.attributes.interests[4] = 0.9F; });
  refused("interests", [](Network& n) { n.attributes.interests[4] = std::numeric_limits<float>::infinity(); });
  refused("places", [](Network& n) { n.attributes.places_of[4] = 2; });
}

TEST_F(NetworkFileTest, AnotherVersionIsRefused) {
  write(with_everything(), "a.h5");
  std::string bytes = slurp(at("a.h5"));
  const std::string heading = "\npassalong network seal 1\n";
  const std::size_t at_seal = bytes.find(heading);
  ASSERT_NE(at_seal, std::string::npos);
  std::string text = bytes.substr(at_seal, bytes.size() - at_seal - 45);
  text[heading.size() - 2] = '2';
  bytes.replace(at_seal, text.size(), text);
  bytes.replace(bytes.size() - 45 + 5, 32, checksum_of(text));
  EXPECT_NE(refusal(bytes).find("newer version"), std::string::npos) << refusal(bytes);
}

TEST_F(NetworkFileTest, NothingIsOverwrittenOrLeftHalfWritten) {
  spit(at("a.h5"), "precious");
  std::string message;
  EXPECT_EQ(exit_of([&] { write(with_everything(), "a.h5"); }, &message), Exit::run);
  EXPECT_NE(message.find("--force"), std::string::npos) << message;
  EXPECT_EQ(slurp(at("a.h5")), "precious");
  Network zero_byte = with_everything();
  NetworkNote bad = note();
  bad.text[0].second.push_back('\0');
  EXPECT_EQ(exit_of([&] { write_network(zero_byte, bad, at("b.h5"), false, team_); }), Exit::run);
  EXPECT_EQ(exit_of([&] { write(zero_byte, "none/b.h5"); }), Exit::run);
  EXPECT_EQ(files(), 1u);
}

TEST_F(NetworkFileTest, LeavesNothingBehindOnAFullDisk) {
  if (::mount("none", folder_.c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "no small file system can be mounted here";
  std::string message, early;
  const Exit code = exit_of([&] { write(random_network(1000, 100'000), "a.h5"); }, &message);
  spit(at("filling"), std::string(252 << 10, 'x'));  // hardly a page is left: HDF5 itself meets it
  const Exit at_once = exit_of([&] { write(random_network(10, 10), "a.h5"); }, &early);
  fs::remove(at("filling"));
  const std::size_t left = files();
  ::umount(folder_.c_str());
  EXPECT_EQ(code, Exit::resources) << message;
  EXPECT_NE(message.find("No space left"), std::string::npos) << message;
  EXPECT_EQ(at_once, Exit::resources) << early;
  EXPECT_NE(early.find("No space left"), std::string::npos) << early;
  EXPECT_EQ(left, 0u);
}

TEST_F(NetworkFileTest, LeavesNothingBehindAtAFileSizeLimit) {
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{}, small{};
  getrlimit(RLIMIT_FSIZE, &old);
  for (const rlim_t limit : {rlim_t{1024}, rlim_t{1 << 16}}) {
    small = {limit, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const Exit code = exit_of([&] { write(random_network(1000, 100'000), "a.h5"); });
    setrlimit(RLIMIT_FSIZE, &old);
    EXPECT_EQ(code, Exit::resources) << limit;
  }
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(files(), 0u);
}

}  // namespace
}  // namespace passalong
