// Row by row of the network: by the followed, then by the follower.
#include "sim/output/export/network_export.hpp"

#include <fmt/format.h>

#include "sim/network/labels.hpp"

namespace passalong {
namespace {

const char* weight_name(const Network& network) { return network.weights_are_probabilities ? "probability" : "weight"; }

// follower, followed and the weight, 1 where there are none.
template <class Take>
void each_follow(const Network& network, const Take& take) {
  for (AccountId followed = 0; followed < network.accounts(); ++followed) {
    const std::span<const AccountId> followers = network.followers_of(followed);
    for (std::size_t i = 0; i < followers.size(); ++i)
      take(followers[i], followed, network.weights.empty() ? 1.0F : network.weights_of(followed)[i]);
  }
}

std::string_view place_of(const Network& network, AccountId account) {
  const Attributes& known = network.attributes;
  const std::uint32_t place = known.places_of[account];
  return place == no_place ? std::string_view() : std::string_view(known.places[place]);
}

void write_nodes(const Network& network, GraphWriter& to) {
  std::vector<GraphValue> values;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    values = {std::int64_t{network.follower_count(a)}, std::int64_t{network.followees[a]}};
    if (!network.attributes.places_of.empty()) values.emplace_back(place_of(network, a));
    to.node(a, label_of(network, a), values, 0);
  }
}

}  // namespace

void write_network_graph(const Network& network, const std::string& source, GraphWriter& to) {
  using enum GraphAttribute::Type;
  GraphShape shape{fmt::format("Network {}. An edge leads from an account to one it follows.", source),
                   {{"followers", whole}, {"followees", whole}},
                   {}};
  if (!network.attributes.places_of.empty()) shape.of_nodes.push_back({"place", text});
  if (!network.weights.empty()) shape.of_edges.push_back({weight_name(network), real});
  to.begin(shape);
  write_nodes(network, to);
  to.begin_edges();
  each_follow(network, [&](AccountId follower, AccountId followed, float weight) {
    const GraphValue value = static_cast<double>(weight);
    to.edge(follower, followed, {&value, network.weights.empty() ? 0U : 1U}, 0);
  });
  to.end();
}

void write_network_csv(const Network& network, TextStream& to) {
  to << "follower,followed";
  if (!network.weights.empty()) to << ',' << weight_name(network);
  to << "\r\n";
  each_follow(network, [&](AccountId follower, AccountId followed, float weight) {
    put_csv(to, label_of(network, follower));
    put_csv(to << ',', label_of(network, followed));
    if (!network.weights.empty()) to << ',' << static_cast<double>(weight);
    to << "\r\n";
  });
}

}  // namespace passalong
