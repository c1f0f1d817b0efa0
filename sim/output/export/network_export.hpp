// A network as text for other programs. Edges lead from the follower to the followed, whatever the form.
#pragma once
#include "sim/network/network.hpp"
#include "sim/output/export/graph_writer.hpp"

namespace passalong {

// Nodes have followers, followees and, where they are known, a place; edges a weight where there are weights.
void write_network_graph(const Network& network, const std::string& source, GraphWriter& to);
// An edge a row: follower, followed, weight. As labels where there are any.
void write_network_csv(const Network& network, TextStream& to);

}  // namespace passalong
