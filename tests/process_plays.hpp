// Scenarios of classic processes in a few lines, played replicate by replicate on a network at hand.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/models.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/seeds.hpp"
#include "sim/network/network.hpp"

namespace passalong {

using Follows = std::vector<std::pair<AccountId, AccountId>>;  // (follower, followed)

// Some are famous; weights, where there are any, sum to less than 1 an account.
inline Network random_network(AccountId accounts, std::uint32_t follows, std::uint64_t seed, bool weights = false) {
  const Stream draws(seed, 0, Purpose::followee);
  Follows edges;
  for (std::uint32_t i = 0; i < follows; ++i) {
    const Words w = draws(i);
    const AccountId a = w[0] % accounts, b = w[1] % 4 == 0 ? w[2] % 3 % accounts : w[2] % accounts;
    if (a != b) edges.emplace_back(a, b);
  }
  Network network = network_from_edges(accounts, edges);
  for (std::uint64_t f = 0; weights && f < network.follows(); ++f) {
    const double share = 0.95 / network.followees[network.followers[f]];
    network.weights.push_back(static_cast<float>(share * uniform(draws(static_cast<std::uint32_t>(f), 1)[0])));
  }
  return network;
}

inline Scenario process_scenario(const std::string& model, const std::string& network = "kind = \"florentine\"",
                                 const std::string& root = "") {
  return parse_scenario(root + "\n[network]\n" + network + "\n[model]\n" + model + "\n", "s.toml", model_choices());
}

// Of replicates 0, 1, ...
inline std::vector<ProcessRecord> play(const Scenario& scenario, const Network& network, std::uint32_t replicates) {
  Team team(1);
  const ProcessSetting setting{&scenario, &network};
  const std::unique_ptr<const Process> process = find_model(scenario.model).process(setting, team);
  const std::unique_ptr<Player> player = process->player(team);
  std::vector<ProcessRecord> records(replicates);
  for (std::uint32_t r = 0; r < replicates; ++r)
    player->play(
        r, [] { return true; }, records[r]);
  return records;
}

inline Network network_of(const Scenario& scenario, std::uint32_t replicate = 0) {
  Team team(1);
  return make_network(scenario, replicate, team).network;
}

inline double mean_size(const std::vector<ProcessRecord>& records) {
  double sum = 0;
  for (const ProcessRecord& record : records) sum += record.finals[0];
  return sum / static_cast<double>(records.size());
}

}  // namespace passalong
