// passalong's own side of bench/peers/compare: makes the network that all runners read, and answers requests.
//   passalong_peer make directed|undirected ACCOUNTS FILE    pairs of int32 (from, to), as influence flows
//   passalong_peer run FILE ACCOUNTS THREADS                 a request a line: WORK P SEEDS REPLICATES FIRST
// An answer is one line of JSON: seconds, trials, sizes.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/base/stopwatch.hpp"
#include "sim/engine/cascades/cascades.hpp"
#include "sim/network/network.hpp"

namespace passalong {
namespace {

Network make(const std::string& kind, std::int64_t accounts) {
  Scenario scenario;
  scenario.seed = 1;
  scenario.network.accounts = accounts;
  if (kind == "directed") {  // W1: configuration model, tail exponent 2.5
    scenario.network.kind = "configuration", scenario.network.mean_followers = 9.92;
    scenario.network.exponent = 2.5, scenario.network.cutoff = 0.05;
    scenario.network.followee_sigma = 1, scenario.network.reciprocity = 0;
  } else {
    scenario.network.kind = "erdos-renyi", scenario.network.mean_followers = 10, scenario.network.mutual = true;
  }
  Team team(0);
  return make_network(scenario, 0, team).network;
}

void write(const Network& network, const std::string& path) {
  std::vector<std::int32_t> pairs;
  for (AccountId a = 0; a < network.accounts(); ++a)
    for (const AccountId f : network.followers_of(a))
      pairs.push_back(static_cast<std::int32_t>(a)), pairs.push_back(static_cast<std::int32_t>(f));
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(pairs.data()), static_cast<std::streamsize>(pairs.size() * 4));
}

Network read(const std::string& path, AccountId accounts) {
  std::vector<std::pair<AccountId, AccountId>> follows;  // follower, followed
  std::ifstream in(path, std::ios::binary);
  for (std::int32_t pair[2]; in.read(reinterpret_cast<char*>(pair), 8);)
    follows.emplace_back(static_cast<AccountId>(pair[1]), static_cast<AccountId>(pair[0]));
  return network_from_edges(accounts, std::move(follows));
}

CascadeAlgorithm algorithm_of(const std::string& work) {
  if (work == "fused") return CascadeAlgorithm::lazy;
  return work == "small" ? CascadeAlgorithm::sparse : CascadeAlgorithm::single;
}

void answer(const CascadePlan& plan, Team& team) {
  const Stopwatch watch;
  const CascadeOutcome outcome = spread(plan, team);
  std::printf("{\"seconds\": %.9g, \"trials\": %.17g, \"sizes\": [", watch.seconds(),
              static_cast<double>(outcome.trials));
  for (std::size_t r = 0; r < outcome.sizes.size(); ++r) std::printf("%s%u", r == 0 ? "" : ",", outcome.sizes[r]);
  std::printf("]}\n");
  std::fflush(stdout);
}

void serve(const Network& network, unsigned threads) {
  Team team(threads);
  CascadePlan plan;
  plan.network = &network;
  for (std::string work; std::cin >> work;) {
    std::cin >> plan.chances.probability >> plan.seeds.random >> plan.replicates >> plan.first_replicate;
    plan.algorithm = algorithm_of(work);
    plan.times = false;
    plan.lanes = work == "fused" ? 512 : 0;
    answer(plan, team);
  }
}

int perform(const std::vector<std::string>& words) {
  if (words.size() == 4 && words[0] == "make") {
    write(make(words[1], std::atoll(words[2].c_str())), words[3]);
  } else if (words.size() == 4 && words[0] == "run") {
    serve(read(words[1], static_cast<AccountId>(std::atoll(words[2].c_str()))),
          static_cast<unsigned>(std::atoi(words[3].c_str())));
  } else {
    std::fprintf(stderr, "usage: passalong_peer make KIND ACCOUNTS FILE | run FILE ACCOUNTS THREADS\n");
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace passalong

int main(int count, char** words) {
  try {
    return passalong::perform({words + 1, words + count});
  } catch (const passalong::Failure& failure) {
    std::fprintf(stderr, "%s", passalong::render_all(failure, false).c_str());
    return static_cast<int>(failure.code());
  }
}
