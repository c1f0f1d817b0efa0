// passalong export: a result or a network in the forms other programs read.
#include <fmt/format.h>

#include "sim/base/count_text.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/network_source.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/export/cascade_forest.hpp"
#include "sim/output/export/long_table.hpp"
#include "sim/output/export/network_export.hpp"
#include "sim/output/network_file.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"

namespace passalong {
namespace {

using Counts = std::vector<std::pair<const char*, std::uint64_t>>;  // what was written

bool to_standard_output(const Request& request) { return request.output.empty() || request.output == "-"; }

void refuse_usage(const std::string& message, const std::string& help) { throw Failure(Exit::usage, message, help); }

// A result, or else a network: by the seal of a network file, by HDF5's first bytes, by the name.
bool holds_network(const std::string& file) { return is_network_file(file) || !is_meant_as_network_file(file); }

std::unique_ptr<GraphWriter> graph_writer(const std::string& form, TextStream& to) {
  return form == "gexf" ? gexf_writer(to) : graphml_writer(to);
}

Counts write_network(const Request& request, TextStream& to) {
  Team team(request.threads);
  const Network network = network_in(request.file(), request.direction, team);
  if (request.form == "csv") {
    write_network_csv(network, to);
    return {{"rows", network.follows()}};
  }
  write_network_graph(network, file_name(request.file()), *graph_writer(request.form, to));
  return {{"nodes", network.accounts()}, {"edges", network.follows()}};
}

Counts write_result_as(const Request& request, const Result& result, TextStream& to) {
  if (request.form == "csv")
    return {{"rows", LongTable(result, {request.table, request.columns, request.selection}).write_csv(to)}};
  const CascadeForest forest(result, request.selection);
  if (request.form == "socialsim") return {{"events", forest.write_events(to)}};
  const CascadeForest::Counts counts = forest.write_graph(*graph_writer(request.form, to));
  return {{"nodes", counts.nodes}, {"edges", counts.edges}};
}

void check_options(const Request& request, bool network) {
  if (request.form.empty()) refuse_usage("`export` needs the form to write", "--as csv, gexf, graphml or socialsim");
  const bool csv = request.form == "csv";
  if (network && request.form == "socialsim")
    refuse_usage(request.file() + " is a network, and socialsim is a form of cascades", "--as gexf, graphml or csv");
  if (network && (!request.selection.all() || !request.table.empty() || !request.columns.empty()))
    refuse_usage(
        "--table, --metric, --strategy, --replicate and --post are of results; " + request.file() + " is a network",
        "leave them out");
  if (!network && !request.direction.empty())
    refuse_usage("--direction does not apply to results", "it says what the two columns of a text are");
  if (!csv && (!request.table.empty() || !request.columns.empty()))
    refuse_usage("--table and --metric choose from tables: they do not apply to --as " + request.form, "--as csv");
  if (request.json && to_standard_output(request))
    refuse_usage("--json and the export would both go to standard output", "name a file with -o");
}

Result result_in(const Request& request) {
  Result result = read_result(request.file());
  if (!result.complete && !request.quiet)
    note(fmt::format("{} is a partial result: it holds the replicates that are whole\n", request.file()));
  return result;
}

Counts write_all(const Request& request, bool network, TextStream& to) {
  Counts counts = network ? write_network(request, to) : write_result_as(request, result_in(request), to);
  to.finish();
  return counts;
}

void tell(const Request& request, const Counts& counts, std::uint64_t bytes) {
  if (request.json) {
    Json told{{"schema", 1}, {"output", request.output}, {"form", request.form}, {"bytes", bytes}};
    for (const auto& [what, count] : counts) told[what] = count;
    return print(to_text(told));
  }
  std::string text;
  for (const auto& [what, count] : counts)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count_text(count), what);
  if (!request.quiet) print(fmt::format("{}  {}\n", request.output, text));
}

}  // namespace

Exit export_file(const Request& request) {
  const bool network = holds_network(request.file());
  check_options(request, network);
  if (to_standard_output(request)) {
    TextStream out([](std::string_view text) { print(text); });
    write_all(request, network, out);
    return Exit::ok;
  }
  spare_input(request.file(), request.output);
  check_writable(request.output, request.force);
  watch_signals(partial_of(request.output));
  Counts counts;
  std::uint64_t bytes = 0;
  publish_by(request.output, request.force, [&](PartialFile& file) {
    TextStream out([&](std::string_view text) { file.append(text); });
    counts = write_all(request, network, out);
    bytes = out.bytes();
  });
  tell(request, counts, bytes);
  return Exit::ok;
}

}  // namespace passalong
