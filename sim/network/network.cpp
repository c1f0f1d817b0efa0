// Networks as data, and the choice between making one and reading one.
#include "sim/network/network.hpp"

#include <algorithm>
#include <filesystem>
#include <new>

#include "sim/base/failure.hpp"
#include "sim/network/generators/interest_network.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/network/generators/propensity.hpp"
#include "sim/network/import/import.hpp"
#include "sim/network/interests.hpp"
#include "sim/network/rows.hpp"

namespace passalong {
namespace {
std::uint64_t seed_of(const Scenario& scenario) { return static_cast<std::uint64_t>(scenario.seed); }

Ground generate_along_interests(const Scenario& scenario, std::uint32_t replicate, Team& team) {
  refuse_impossible(scenario.network);  // before anything is made for it
  const auto accounts = static_cast<AccountId>(scenario.network.accounts);
  Ground ground;
  ground.interests = draw_interests(accounts, scenario.population, seed_of(scenario), replicate, team);
  ground.network = generate_network(scenario.network, scenario.population.homophily, ground.interests,
                                    seed_of(scenario), replicate, team);
  return ground;
}

Ground make_ground(const Scenario& scenario, std::uint32_t replicate, Team& team) {
  NetworkSection section = scenario.network;
  if (!section.file.empty()) {
    section.file = resolve_path(scenario, section.file);
    if (!section.attributes.empty()) section.attributes = resolve_path(scenario, section.attributes);
    return ground_of(read_text_network(section, team), scenario, replicate, team);
  }
  if (const KindOfNetwork* kind = find_kind(section.kind))
    return ground_of(kind->generate(section, seed_of(scenario), replicate, team), scenario, replicate, team);
  return generate_along_interests(scenario, replicate, team);
}

void check_topics(const Attributes& given, const Scenario& scenario) {
  const auto wanted = static_cast<std::size_t>(scenario.population.topics);
  if (given.topics == 0 || given.topics == wanted) return;
  const std::string topics = std::to_string(given.topics);
  throw Failure(Exit::scenario, {Fault{.file = scenario.path,
                                       .message = "the network's accounts have interests in " + topics +
                                                  " topics, the scenario has " + std::to_string(wanted),
                                       .help = "set topics = " + topics + " in [population]"}});
}
}  // namespace

// Likeness is made by the follows here, not the follows by likeness.
Ground ground_of(Network network, const Scenario& scenario, std::uint32_t replicate, Team& team) {
  check_topics(network.attributes, scenario);
  Ground ground;
  ground.network = std::move(network);
  if (scenario.is_cascade) return ground;  // nobody's interests matter
  ground.interests = draw_interests(ground.network.accounts(), scenario.population, seed_of(scenario), replicate, team);
  take_given_interests(ground.interests, ground.network.attributes, team);
  mix_interests(ground.interests, ground.network, scenario.population.homophily, seed_of(scenario), replicate, team);
  return ground;
}

bool Network::follows(AccountId follower, AccountId followed) const {
  const auto row = followers_of(followed);
  return std::binary_search(row.begin(), row.end(), follower);
}

std::uint64_t Network::bytes() const {
  std::uint64_t sum = offsets.size() * sizeof(offsets[0]) + followers.size() * sizeof(AccountId) +
                      followees.size() * sizeof(followees[0]) + weights.size() * sizeof(float) +
                      labels.size() * sizeof(std::string);
  for (const std::string& label : labels) sum += label.size() > 15 ? label.size() + 1 : 0;
  return sum;
}

Network read_text_network(const NetworkSection& section, Team& team) {
  Network network = read_network_text(section, section.file, team);
  if (!section.attributes.empty()) network.attributes = read_attributes(section.attributes, network, team);
  return network;
}

Network network_from_edges(AccountId accounts, std::vector<std::pair<AccountId, AccountId>> follows) {
  Team alone(1);
  RowBuilder rows(accounts);
  std::uint64_t loops = 0;
  const auto each = [&](const auto& body) {
    for (const auto& [follower, followed] : follows)
      if (follower != followed) body(follower, followed);
  };
  for (const auto& [follower, followed] : follows) {
    loops += follower == followed;
    if (std::max(follower, followed) >= accounts)
      throw Failure(Exit::run, "a follow names account " + std::to_string(std::max(follower, followed)) + " of " +
                                   std::to_string(accounts));
  }
  each([&](AccountId, AccountId followed) { rows.count(followed); });
  rows.open();
  each([&](AccountId follower, AccountId followed) { rows.add(followed, follower); });
  Network network = rows.close(alone);
  network.self_loops = loops;
  return network;
}

Ground make_network(const Scenario& scenario, std::uint32_t replicate, Team& team) {
  try {
    return make_ground(scenario, replicate, team);
  } catch (const std::bad_alloc&) {
    throw Failure(Exit::resources, "the network does not fit into memory",
                  "it needs about " + std::to_string(forecast_network_bytes(scenario) >> 20) +
                      " MiB: use fewer accounts, fewer follows or a larger machine");
  }
}

double expected_mean_followers(const NetworkSection& section) {
  const KindOfNetwork* kind = find_kind(section.kind);
  return kind ? kind->mean_followers(section) : section.mean_followers;
}

std::uint64_t forecast_network_bytes(const Scenario& scenario) {
  const NetworkSection& section = scenario.network;
  const double topics = static_cast<double>(scenario.population.topics);
  if (section.file.empty()) {
    const double follows = expected_mean_followers(section);  // an account
    const double ground = 8 + 4 + 4 * topics + 1 + 4 * follows;
    // Along interests: weight, wish, rounding, picks, returns, alias entries. Other kinds: counts and who has stubs, or
    // about as much, before there are interests; then interests as they were before they are mixed.
    const double along_interests = ground + 8 + 8 + 4 + 4 + 4 + 12 + 0.3 * follows;
    const double others = std::max(ground + 4 * topics, 24 + 4.25 * follows);
    return static_cast<std::uint64_t>(static_cast<double>(section.accounts) *
                                      (find_kind(section.kind) == nullptr ? along_interests : others));
  }
  // A line of text is about 12 bytes, a quarter of it when compressed; a pair and a row's entry are 12 bytes too.
  std::error_code ignored;
  const std::string file = resolve_path(scenario, section.file);
  const auto size = std::filesystem::file_size(file, ignored);
  if (ignored) return 0;
  const double lines = static_cast<double>(size) / (file.ends_with(".gz") ? 4 : 12);
  const double directions = section.direction == "undirected" ? 2 : 1;
  return static_cast<std::uint64_t>(lines * (8 + 4 * directions) + lines / 8 * (60 + 8 * topics)) + (16U << 20);
}

}  // namespace passalong
