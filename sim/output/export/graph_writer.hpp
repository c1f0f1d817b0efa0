// Graphs as text: GEXF 1.3 (Gephi) and GraphML, nodes first, then edges, one at a time.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/output/export/text_stream.hpp"

namespace passalong {

struct GraphAttribute {
  enum class Type : std::uint8_t { whole, real, text };
  const char* name;
  Type type;
};

struct GraphShape {
  std::string description;
  std::vector<GraphAttribute> of_nodes, of_edges;
  bool dynamic = false;  // nodes and edges have a moment from which on they are there
};

using GraphValue = std::variant<std::int64_t, double, std::string_view>;  // NaN: none

class GraphWriter {
 public:
  virtual ~GraphWriter() = default;
  virtual void begin(const GraphShape& shape) = 0;
  // values: of the attributes, in order.
  virtual void node(std::uint64_t id, std::string_view label, std::span<const GraphValue> values, double start) = 0;
  virtual void begin_edges() = 0;
  virtual void edge(std::uint64_t source, std::uint64_t target, std::span<const GraphValue> values, double start) = 0;
  virtual void end() = 0;
};

std::unique_ptr<GraphWriter> gexf_writer(TextStream& to);
std::unique_ptr<GraphWriter> graphml_writer(TextStream& to);  // moments are left to attributes

}  // namespace passalong
