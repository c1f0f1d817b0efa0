// A follower network in compressed rows: for each account the sorted list of those who follow it, 4 bytes a follow.
// Built once, shared by every world, never changed. Posts travel along these lists.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/types.hpp"
#include "sim/network/statistics/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// What a table says about accounts beside their follows.
struct Attributes {
  std::size_t topics = 0;                // columns of interests
  std::vector<float> interests;          // (account, topic), rows sum to 1; a row of zeros: nothing is known
  std::vector<std::string> places;       // names
  std::vector<std::uint32_t> places_of;  // by account; no_place: nothing is known; empty: no place is known
};
inline constexpr std::uint32_t no_place = 0xffff'ffffU;

struct Network {
  std::vector<std::uint64_t> offsets{0};   // accounts + 1
  std::vector<AccountId> followers;        // each list ascending, no repeats, no self-follows
  std::vector<std::uint32_t> followees;    // how many each account follows
  std::vector<float> weights;              // one a follow, beside `followers`; empty: none
  bool weights_are_probabilities = false;  // of influence; else strengths of ties
  std::vector<std::string> labels;         // the file's ids, where they are not 0..accounts-1; else empty
  Attributes attributes;
  // What the importer met and dropped.
  std::uint64_t self_loops = 0, duplicates = 0;

  AccountId accounts() const { return static_cast<AccountId>(offsets.size() - 1); }
  std::uint64_t follows() const { return followers.size(); }
  std::uint32_t follower_count(AccountId a) const { return static_cast<std::uint32_t>(offsets[a + 1] - offsets[a]); }
  std::span<const AccountId> followers_of(AccountId a) const {
    return {followers.data() + offsets[a], followers.data() + offsets[a + 1]};
  }
  std::span<const float> weights_of(AccountId a) const {  // beside followers_of; only where there are weights
    return {weights.data() + offsets[a], weights.data() + offsets[a + 1]};
  }
  bool follows(AccountId follower, AccountId followed) const;  // binary search
  std::uint64_t bytes() const;
};

// Accounts' interests, drawn before the network because follows are made along them. Rows sum to 1. Large, and gone
// once they are summarised in bytes (population/topics.hpp).
struct Interests {
  std::size_t topics = 0;
  std::vector<float> weights;         // (account, topic)
  std::vector<std::uint8_t> primary;  // the strongest topic
  std::span<const float> of(AccountId a) const { return {weights.data() + a * topics, topics}; }
};

struct Followees;  // network/followees.hpp

struct Ground {  // what is drawn together and shared by all worlds
  Network network;
  Interests interests;
  std::shared_ptr<const Followees> followees = {};  // only where feeds are read
};

// Interests (Dirichlet) and the network the scenario names; from a file, interests are mixed along its follows instead.
// Deterministic for any team. Failure(Exit::input) for a bad file, with file:line; Exit::scenario where no network can
// have the mean that is asked for; Exit::resources where it would not fit.
Ground make_network(const Scenario& scenario, std::uint32_t replicate, Team& team);
// The same around a network that is there: interests as its attributes give them, drawn and mixed where they do not.
// Failure(Exit::scenario) where these have another number of topics than the scenario.
Ground ground_of(Network network, const Scenario& scenario, std::uint32_t replicate, Team& team);

// Reads a SNAP edge list (`u v` a line; tab, space or comma; # and % comments; plain or .gz; any 64-bit ids).
// Self-loops and duplicates are dropped and counted; a third column (weight or time) is skipped. direction as in
// NetworkSection. Accounts are in ascending order of their ids.
Network read_edge_list(const std::string& path, const std::string& direction, Team& team);
// The follows of section.file, a text, with what section.attributes says of its accounts; both as they stand here.
Network read_text_network(const NetworkSection& section, Team& team);
// Rows from (follower, followed) pairs; the simple, serial way, for tests and small networks.
Network network_from_edges(AccountId accounts, std::vector<std::pair<AccountId, AccountId>> follows);

// Mean follower count that a generated network can be expected to have.
double expected_mean_followers(const NetworkSection& section);
// Bytes at the peak of making it, before anything is made.
std::uint64_t forecast_network_bytes(const Scenario& scenario);

}  // namespace passalong
