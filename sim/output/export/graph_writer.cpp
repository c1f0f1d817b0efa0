// The two forms differ in words alone.
#include "sim/output/export/graph_writer.hpp"

namespace passalong {
namespace {

bool is_there(const GraphValue& value) {
  const double* number = std::get_if<double>(&value);
  return number == nullptr || !std::isnan(*number);
}

void put(TextStream& to, const GraphValue& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return put_xml(to, *text);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return void(to << *whole);
  to << std::get<double>(value);
}

const char* type_name(GraphAttribute::Type type) {  // of both forms
  switch (type) {
    case GraphAttribute::Type::whole:
      return "long";
    case GraphAttribute::Type::real:
      return "double";
    default:
      return "string";
  }
}

constexpr const char* xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

// gexf.net/schema.html; no date, so that the same graph gives the same bytes.
class Gexf final : public GraphWriter {
 public:
  explicit Gexf(TextStream& to) : to_(to) {}

  void begin(const GraphShape& shape) override {
    dynamic_ = shape.dynamic;
    to_ << xml_head << "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<meta>\n<creator>passalong</creator>\n"
        << "<description>";
    put_xml(to_, shape.description);
    to_ << "</description>\n</meta>\n<graph defaultedgetype=\"directed\" "
        << (dynamic_ ? "mode=\"dynamic\" timeformat=\"double\">\n" : "mode=\"static\">\n");
    declare("node", shape.of_nodes), declare("edge", shape.of_edges);
    to_ << "<nodes>\n";
  }
  void node(std::uint64_t id, std::string_view label, std::span<const GraphValue> values, double start) override {
    to_ << "<node id=\"" << id << "\" label=\"";
    put_xml(to_, label);
    to_ << '"';
    finish("node", values, start);
  }
  void begin_edges() override { to_ << "</nodes>\n<edges>\n"; }
  void edge(std::uint64_t source, std::uint64_t target, std::span<const GraphValue> values, double start) override {
    to_ << "<edge id=\"" << edges_++ << "\" source=\"" << source << "\" target=\"" << target << '"';
    finish("edge", values, start);
  }
  void end() override { to_ << "</edges>\n</graph>\n</gexf>\n"; }

 private:
  void declare(const char* kind, const std::vector<GraphAttribute>& attributes) {
    if (attributes.empty()) return;
    to_ << "<attributes class=\"" << kind << "\" mode=\"static\">\n";
    for (std::size_t i = 0; i < attributes.size(); ++i)
      to_ << "<attribute id=\"" << i << "\" title=\"" << attributes[i].name << "\" type=\""
          << type_name(attributes[i].type) << "\"/>\n";
    to_ << "</attributes>\n";
  }
  // The rest of an element of that name: its moment and values.
  void finish(const char* name, std::span<const GraphValue> values, double start) {
    if (dynamic_) to_ << " start=\"" << start << '"';
    if (values.empty()) return void(to_ << "/>\n");
    to_ << "><attvalues>";
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!is_there(values[i])) continue;
      to_ << "<attvalue for=\"" << i << "\" value=\"";
      put(to_, values[i]);
      to_ << "\"/>";
    }
    to_ << "</attvalues></" << name << ">\n";
  }

  TextStream& to_;
  bool dynamic_ = false;
  std::uint64_t edges_ = 0;
};

// graphml.graphdrawing.org/specification.html
class GraphMl final : public GraphWriter {
 public:
  explicit GraphMl(TextStream& to) : to_(to) {}

  void begin(const GraphShape& shape) override {
    to_ << xml_head << "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n<desc>";
    put_xml(to_, shape.description);
    to_ << "</desc>\n<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n";
    declare("node", shape.of_nodes), declare("edge", shape.of_edges);
    to_ << "<graph edgedefault=\"directed\">\n";
  }
  void node(std::uint64_t id, std::string_view label, std::span<const GraphValue> values, double) override {
    to_ << "<node id=\"n" << id << "\"><data key=\"label\">";
    put_xml(to_, label);
    to_ << "</data>";
    put_values("node", values);
    to_ << "</node>\n";
  }
  void begin_edges() override {}
  void edge(std::uint64_t source, std::uint64_t target, std::span<const GraphValue> values, double) override {
    to_ << "<edge source=\"n" << source << "\" target=\"n" << target << '"';
    if (values.empty()) return void(to_ << "/>\n");
    to_ << '>';
    put_values("edge", values);
    to_ << "</edge>\n";
  }
  void end() override { to_ << "</graph>\n</graphml>\n"; }

 private:
  void declare(const char* kind, const std::vector<GraphAttribute>& attributes) {
    for (std::size_t i = 0; i < attributes.size(); ++i)
      to_ << "<key id=\"" << kind << i << "\" for=\"" << kind << "\" attr.name=\"" << attributes[i].name
          << "\" attr.type=\"" << type_name(attributes[i].type) << "\"/>\n";
  }
  void put_values(const char* kind, std::span<const GraphValue> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!is_there(values[i])) continue;
      to_ << "<data key=\"" << kind << i << "\">";
      put(to_, values[i]);
      to_ << "</data>";
    }
  }

  TextStream& to_;
};

}  // namespace

std::unique_ptr<GraphWriter> gexf_writer(TextStream& to) { return std::make_unique<Gexf>(to); }
std::unique_ptr<GraphWriter> graphml_writer(TextStream& to) { return std::make_unique<GraphMl>(to); }

}  // namespace passalong
