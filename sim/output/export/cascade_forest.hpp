// The trees of a result, with what /posts says of their posts.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/output/export/graph_writer.hpp"
#include "sim/output/export/result_table.hpp"

namespace passalong {

class CascadeForest {
 public:
  // Borrows from the result. Failure(Exit::usage) where it holds no trees, or none of those that are asked for.
  CascadeForest(const Result& result, const Selection& selection);

  struct Counts {
    std::uint64_t nodes = 0, edges = 0;
  };
  // Edges from who passed it on to who did so next. Nodes and edges have post, strategy, replicate and kind, account,
  // depth and time.
  Counts write_graph(GraphWriter& to) const;
  // Events in the form of DARPA's SocialSim, as JSON lines behind a line about the simulation. Returns how many events.
  std::uint64_t write_events(TextStream& to) const;

 private:
  void check() const;
  void choose(const Result& result, const Selection& selection);
  void measure_depths();
  bool chosen(std::size_t node) const { return chosen_[static_cast<std::size_t>(post_[node])]; }
  std::string label(std::size_t node) const;
  void write_node(GraphWriter& to, std::size_t node) const;
  void write_event(TextStream& to, std::size_t node) const;

  const Result& result_;
  const Group &posts_, &nodes_;
  const std::vector<std::int64_t>&post_, &account_, &parent_;
  const std::vector<double>& time_;
  const std::vector<std::string>* labels_;  // null: there are none
  std::vector<bool> chosen_;                // by post
  std::vector<std::int64_t> depth_, root_;  // by node
};

}  // namespace passalong
