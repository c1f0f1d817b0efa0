// A folder of small files for the tests of the importer, and ways to read them and to be refused.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/network/import/import.hpp"

namespace passalong {

class ImportFiles : public testing::Test {
 protected:
  ImportFiles() : folder_(std::filesystem::temp_directory_path() / ("passalong_import_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~ImportFiles() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& text, const std::string& name = "edges.txt") const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  std::string compress(const std::string& text, const std::string& name = "edges.txt.gz") const {
    gzFile file = gzopen(path(name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path(name);
  }
  static NetworkSection section(const std::string& direction = "follower -> followed",
                                const std::string& weights = "ignore") {
    NetworkSection out;
    out.direction = direction;
    out.weights = weights;
    return out;
  }
  Network read(const std::string& text, const NetworkSection& with = section(),
               const std::string& name = "edges.txt") const {
    Team team(2);
    return read_network_text(with, write(text, name), team);
  }
  template <class Call>
  static Fault refusal_of(const std::string& file, const Call& call) {
    try {
      call();
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), Exit::input);
      EXPECT_FALSE(failure.faults().front().help.empty());
      EXPECT_EQ(failure.faults().front().file, file);
      return failure.faults().front();
    }
    ADD_FAILURE() << file << " was read";
    return {};
  }
  Fault refusal(const std::string& file, const NetworkSection& with = section(),
                std::uint64_t most_accounts = max_accounts) const {
    return refusal_of(file, [&] {
      Team team(2);
      read_network_text(with, file, team, most_accounts);
    });
  }
  // The fault's line and first column, 0 for a whole line or file, and words of its message.
  void expect_refusal(const std::string& text, unsigned line, unsigned column, const std::string& words,
                      const NetworkSection& with = section(), const std::string& name = "edges.txt") const {
    const Fault fault = refusal(write(text, name), with);
    EXPECT_EQ(fault.line, line) << text;
    EXPECT_EQ(fault.column, column) << text;
    EXPECT_NE(fault.message.find(words), std::string::npos) << fault.message << "\n" << text;
  }
  std::filesystem::path folder_;
};

inline std::vector<AccountId> followers(const Network& n, AccountId a) {
  return {n.followers_of(a).begin(), n.followers_of(a).end()};
}
inline std::vector<float> weights(const Network& n, AccountId a) {
  return {n.weights_of(a).begin(), n.weights_of(a).end()};
}
inline bool same(const Network& a, const Network& b) {
  return a.offsets == b.offsets && a.followers == b.followers && a.followees == b.followees && a.weights == b.weights &&
         a.weights_are_probabilities == b.weights_are_probabilities && a.labels == b.labels &&
         a.self_loops == b.self_loops && a.duplicates == b.duplicates;
}

}  // namespace passalong
