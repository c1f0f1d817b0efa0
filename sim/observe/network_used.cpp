// Any file that could be read may be asked, so nothing about the group is taken for granted.
#include "sim/observe/network_used.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/count_text.hpp"
#include "sim/base/failure.hpp"

namespace passalong {
namespace {

// One value, or one a replicate; empty where there is no such count.
std::vector<std::int64_t> counts_of(const Group& network, const char* name) {
  const auto at = std::ranges::find(network.variables, name, &Variable::name);
  if (at == network.variables.end()) return {};
  const auto* values = std::get_if<std::vector<std::int64_t>>(&at->values);
  return values == nullptr ? std::vector<std::int64_t>{} : *values;
}

std::uint64_t first_of(const std::vector<std::int64_t>& counts) {
  return counts.empty() ? 0 : static_cast<std::uint64_t>(counts.front());
}

std::string follows_text(const NetworkUsed& network) {
  const std::string fewest = count_text(network.fewest_follows), most = count_text(network.most_follows);
  return fewest == most ? most + " follows" : fewest + " to " + most + " follows, a network for each replicate";
}

}  // namespace

std::optional<NetworkUsed> network_used(const Result& result) {
  const auto group = std::ranges::find(result.groups, "network", &Group::name);
  if (group == result.groups.end()) return {};
  const auto accounts = counts_of(*group, "accounts"), follows = counts_of(*group, "edges");
  if (accounts.empty() || follows.empty()) return {};
  const auto [fewest, most] = std::ranges::minmax(follows);
  const auto sum = std::accumulate(follows.begin(), follows.end(), std::uint64_t{0});
  NetworkUsed network;
  network.accounts = first_of(accounts);
  network.follows = sum / follows.size();
  network.fewest_follows = static_cast<std::uint64_t>(fewest), network.most_follows = static_cast<std::uint64_t>(most);
  network.self_loops = first_of(counts_of(*group, "self_loops"));
  network.duplicates = first_of(counts_of(*group, "duplicates"));
  for (const auto& [name, text] : result.text)
    if (name == "network_file") network.file = text;
  return network;
}

std::string network_text(const Result& result) {
  const auto network = network_used(result);
  if (!network) return "";
  const std::string text = count_text(network->accounts) + " accounts, " + follows_text(*network);
  if (network->file.empty()) return text;
  return text + ", from " + harmless(network->file) + " (" + count_text(network->self_loops) + " self-loops, " +
         count_text(network->duplicates) + " duplicates dropped)";
}

}  // namespace passalong
