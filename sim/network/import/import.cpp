// Form by form: parse, number, build.
#include "sim/network/import/import.hpp"

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/network/import/edge_lines.hpp"
#include "sim/network/import/follows.hpp"
#include "sim/network/import/form.hpp"
#include "sim/network/import/json_edges.hpp"
#include "sim/network/import/matrix_market.hpp"
#include "sim/network/import/table_lines.hpp"

namespace passalong {
namespace {
Direction direction_of(const std::string& text) {
  if (text == "follower -> followed") return {true, false};
  if (text == "followed -> follower" || text == "source -> target") return {false, true};
  if (text == "undirected") return {true, true};
  throw Failure(Exit::scenario, "'" + text + "' is not a direction of follows",
                "it may be \"follower -> followed\", \"followed -> follower\", \"source -> target\" or \"undirected\"");
}

Weights weights_of(const std::string& text) {
  if (text == "ignore") return Weights::none;
  if (text == "strength") return Weights::strengths;
  if (text == "probability") return Weights::probabilities;
  throw Failure(Exit::scenario, "'" + text + "' is not a kind of weights",
                "it may be \"ignore\", \"strength\" or \"probability\"");
}

struct Reading {
  const NetworkSection& section;
  const std::string& path;
  Team& team;
  std::uint64_t most_accounts;
  Head head;
  Direction direction;
  TokenRules rules;
};

[[noreturn]] void refuse_at(const Reading& in, std::uint64_t line, std::string text, const std::string& message,
                            const std::string& help) {
  throw located(in.path, line, {.text = std::move(text), .message = message, .help = help});
}

std::uint64_t data_line(const Reading& in) {  // from 0
  const auto end = in.head.text.begin() + static_cast<std::ptrdiff_t>(in.head.data);
  return static_cast<std::uint64_t>(std::count(in.head.text.begin(), end, '\n'));
}
std::string data_text(const Reading& in) {
  return in.head.text.substr(in.head.data, in.head.text.find('\n', in.head.data) - in.head.data);
}

// Columns that are called follower and followed need no direction; one that says otherwise is a mistake.
void take_named_direction(Reading& in, bool swapped) {
  const std::string& stated = in.section.direction;
  if (stated != "follower -> followed" && !(stated == "followed -> follower" && swapped))
    refuse_at(in, data_line(in), data_text(in).substr(0, 2000),
              "the columns are called follower and followed, but direction = \"" + stated + "\"",
              "leave `direction` out, or rename the columns");
  in.direction = {true, false};
}

// All ids but those of the first line are numbers: that line was meant as a header.
void refuse_header_as_ids(const Reading& in, const ParsedFile& file) {
  if (!in.rules.text || file.text_lines != 1 || file.edges.pairs < 2) return;
  const std::string line = data_text(in);
  const std::size_t word = line.find_first_not_of(" \t");
  if (is_digit(line[word])) return;
  refuse_at(in, data_line(in), line, "ids that are text, while all others are numbers: is this a header?",
            "begin headers and remarks with #, or name the columns source and target");
}

ParsedFile parse_edge_list(Reading& in) {
  ParsedFile file = parse_blocks(in.path, Cut::lines, in.head.data, EdgeLines(in.rules), in.team);
  refuse_header_as_ids(in, file);
  return file;
}

ParsedFile parse_table(Reading& in) {
  const Columns columns = columns_of(in.path, in.head, in.rules.weights);
  if (columns.named_direction) take_named_direction(in, columns.second < columns.first);
  in.rules.row = "every line of a table has the columns of its header";
  if (columns.separator != ' ')
    return parse_blocks(in.path, Cut::records, columns.body, TableLines(in.rules, columns), in.team);
  if (columns.first + columns.second != 1 || columns.weight.value_or(2) != 2)
    refuse_at(in, data_line(in), data_text(in), "columns apart by blanks must be the two accounts and then the weight",
              "save it as a .csv file");
  return parse_blocks(in.path, Cut::lines, columns.body, EdgeLines(in.rules, columns.second < columns.first), in.team);
}

ParsedFile parse_json(Reading& in) {
  JsonEdges json = read_json_edges(in.path, in.rules);
  if (json.named_direction) take_named_direction(in, false);
  if (json.undirected && in.section.direction != "undirected")
    throw input_failure(in.path, "the file says \"directed\": false, but direction = \"" + in.section.direction + "\"",
                        "set direction = \"undirected\"");
  return std::move(json.file);
}

void refuse_empty(const Reading& in, const ParsedFile& file, std::uint64_t loops) {
  if (file.edges.pairs > loops) return;
  throw input_failure(in.path,
                      file.edges.pairs == 0 ? "no follows: the file names no edges"
                                            : "no follows: every line links an account to itself",
                      "a line names two accounts, such as '12 34'");
}

Network build(Reading& in, ParsedFile& file, Numbers numbers) {
  const std::uint64_t accounts = std::visit([](const auto& n) { return n.accounts(); }, numbers);
  if (accounts > in.most_accounts)
    throw input_failure(in.path, "more than " + std::to_string(in.most_accounts) + " accounts",
                        "that many cannot be numbered: read a part of the network");
  Network network = follows_of(file.edges, numbers, in.direction, in.rules.weights, in.team);
  refuse_empty(in, file, network.self_loops);
  return network;
}

Network read_matrix(Reading& in) {
  const MatrixSizes sizes = read_matrix_sizes(in.path, in.head);
  const auto refuse = [&](const std::string& message, const std::string& help) {
    refuse_at(in, sizes.line, sizes.text, message, help);
  };
  if (sizes.accounts > in.most_accounts)
    refuse("more than " + std::to_string(in.most_accounts) + " accounts", "read a part of the network");
  if (in.rules.weights != Weights::none && !sizes.has_values)
    refuse_at(in, 0, in.head.text.substr(0, in.head.text.find('\n')), "a pattern matrix has no weights",
              "set weights = \"ignore\"");
  in.rules.least = 1;
  in.rules.most = sizes.accounts;
  in.rules.row = "an entry is a row and a column (and a value), such as '12 34'";
  if (sizes.symmetric) in.direction = {true, true};
  ParsedFile file = parse_blocks(in.path, Cut::lines, sizes.body, EdgeLines(in.rules), in.team);
  if (file.edges.pairs != sizes.entries)
    refuse("the sizes tell of " + std::to_string(sizes.entries) + " entries, but the file has " +
               std::to_string(file.edges.pairs),
           "is the file whole?");
  refuse_empty(in, file, 0);
  return build(in, file, ShiftedIds(1, sizes.accounts));
}

ParsedFile parse(Reading& in, Form form) {
  if (form == Form::json) return parse_json(in);
  return form == Form::table ? parse_table(in) : parse_edge_list(in);
}
}  // namespace

Network read_network_text(const NetworkSection& section, const std::string& path, Team& team,
                          std::uint64_t most_accounts) {
  const Direction direction = direction_of(section.direction);
  TokenRules rules;
  rules.weights = weights_of(section.weights);
  Reading in{section, path, team, most_accounts, read_head(path), direction, rules};
  const Form form = form_of(path, in.head);
  if (form == Form::matrix_market) return read_matrix(in);
  try {
    ParsedFile file = parse(in, form);
    refuse_empty(in, file, 0);
    return build(in, file, number_ids(file.edges, team));
  } catch (const TextMet&) {
    TextIds texts;
    in.rules.text = &texts;
    ParsedFile file = parse(in, form);
    refuse_empty(in, file, 0);
    return build(in, file, OrderedTexts(texts, team));
  }
}

Network read_edge_list(const std::string& path, const std::string& direction, Team& team) {
  NetworkSection section;
  section.direction = direction;
  return read_network_text(section, path, team);
}

}  // namespace passalong
