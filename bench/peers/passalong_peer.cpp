// passalong's own side of bench/peers/compare: makes the network that all runners read, and answers requests.
//   passalong_peer make directed|undirected ACCOUNTS FILE    pairs of int32 (from, to), as influence flows
//   passalong_peer run FILE ACCOUNTS THREADS                 a request a line: WORK P SEEDS REPLICATES FIRST, or
//                                                            sir TIME INFECTION RECOVERY SEEDS REPLICATES FIRST
// An answer is one line of JSON: seconds, trials (of sir: contacts), sizes.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/base/stopwatch.hpp"
#include "sim/engine/cascades/cascades.hpp"
#include "sim/engine/processes/epidemic.hpp"
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

void print(double seconds, std::uint64_t trials, const std::vector<std::uint32_t>& sizes) {
  std::printf("{\"seconds\": %.9g, \"trials\": %.17g, \"sizes\": [", seconds, static_cast<double>(trials));
  for (std::size_t r = 0; r < sizes.size(); ++r) std::printf("%s%u", r == 0 ? "" : ",", sizes[r]);
  std::printf("]}\n");
  std::fflush(stdout);
}

void answer(const CascadePlan& plan, Team& team) {
  const Stopwatch watch;
  const CascadeOutcome outcome = spread(plan, team);
  print(watch.seconds(), outcome.trials, outcome.sizes);
}

void answer(const EpidemicPlan& plan, const Network& network, std::uint32_t replicates, std::uint32_t first,
            Team& team) {
  const auto epidemic = make_epidemic(plan, network);
  Team alone(1);
  std::vector<std::unique_ptr<Player>> players;
  for (unsigned w = 0; w < team.workers(); ++w) players.push_back(epidemic->player(alone));
  std::vector<std::uint32_t> sizes(replicates);
  std::atomic<std::uint64_t> contacts{0};
  const Stopwatch watch;
  team.each(replicates, [&](std::size_t i, unsigned worker) {
    ProcessRecord record;
    players[worker]->play(
        first + static_cast<std::uint32_t>(i), [] { return true; }, record);
    sizes[i] = static_cast<std::uint32_t>(record.finals[0]);
    contacts += record.deliveries;
  });
  print(watch.seconds(), contacts, sizes);
}

void serve_epidemic(std::istream& in, const Network& network, Team& team) {
  std::string time;
  std::uint32_t replicates = 0, first = 0;
  EpidemicPlan plan{.recovers = true, .immune = true, .seed = 1};
  in >> time >> plan.infection >> plan.infectious.chance >> plan.seeds.random >> replicates >> first;
  plan.continuous = time == "continuous";
  answer(plan, network, replicates, first, team);
}

void serve_cascade(std::istream& in, const std::string& work, CascadePlan plan, Team& team) {
  in >> plan.chances.probability >> plan.seeds.random >> plan.replicates >> plan.first_replicate;
  plan.algorithm = algorithm_of(work);
  plan.times = false;
  plan.lanes = work == "fused" ? 512 : 0;
  answer(plan, team);
}

void serve(const Network& network, unsigned threads) {
  Team team(threads);
  CascadePlan plan;
  plan.network = &network;
  for (std::string work; std::cin >> work;)
    work == "sir" ? serve_epidemic(std::cin, network, team) : serve_cascade(std::cin, work, plan, team);
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
