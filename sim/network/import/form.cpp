// Recognises forms and headers from the head of a file.
#include "sim/network/import/form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/network/import/records.hpp"
#include "sim/network/import/text_blocks.hpp"

namespace passalong {
namespace {
struct Pair {
  const char *first, *second;
};
constexpr std::array<Pair, 7> pairs_of_names{{{"follower", "followed"},
                                              {"follower", "followee"},
                                              {"source", "target"},
                                              {"from", "to"},
                                              {"src", "dst"},
                                              {"src", "dest"},
                                              {"u", "v"}}};
constexpr const char* header_help =
    "name the columns follower,followed or source,target (and weight) in the first line of the table";

std::string_view line_at(std::string_view text, std::size_t at) { return text.substr(at, text.find('\n', at) - at); }

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
    words.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

// The fields of the line at `at`, lower-cased, and where the next line begins.
std::vector<std::string> names_at(const Head& head, std::size_t& at, char separator) {
  std::vector<std::string> names;
  if (separator == ' ') {
    const std::string_view line = line_at(head.text, at);
    for (const std::string& word : words_of(line)) names.push_back(lower_case(word));
    at += line.size() + 1;
    return names;
  }
  Record record;
  const char* begin = head.text.data();
  at = static_cast<std::size_t>(record.read(BlockText(head.text), begin + at, separator) - begin);
  for (const Field& field : record.fields()) names.push_back(lower_case(field.text));
  return names;
}

std::optional<std::size_t> find(const std::vector<std::string>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? std::nullopt : std::optional<std::size_t>(at - names.begin());
}

bool find_pair(const std::vector<std::string>& names, Columns& columns) {
  for (const Pair& pair : pairs_of_names) {
    const auto first = find(names, pair.first), second = find(names, pair.second);
    if (!first || !second) continue;
    columns.first = *first;
    columns.second = *second;
    columns.named_direction = std::string_view(pair.first) == "follower";
    return true;
  }
  return false;
}

std::array<const char*, 3> names_of(Weights weights) {  // the clearest first
  const bool probabilities = weights == Weights::probabilities;
  return {probabilities ? "probability" : "strength", "weight", probabilities ? "p" : "w"};
}

bool find_weight(const std::vector<std::string>& names, Weights weights, Columns& columns) {
  if (weights == Weights::none) return true;
  for (const char* name : names_of(weights))
    if (!columns.weight) columns.weight = find(names, name);
  return columns.weight.has_value();
}

bool are_numbers(const std::vector<std::string>& fields) {
  return fields.size() >= 2 && reads_as_number(fields[0]) && reads_as_number(fields[1]);
}
bool are_names(const std::vector<std::string>& fields) {
  return fields.size() >= 2 && !reads_as_number(fields[0]) && !reads_as_number(fields[1]);
}

[[noreturn]] void refuse_header(const std::string& path, const Head& head, const std::string& message,
                                const std::string& help) {
  LocalFault fault{.line = 0, .text = std::string(line_at(head.text, head.data)), .message = message, .help = help};
  const auto end = head.text.begin() + static_cast<std::ptrdiff_t>(head.data);
  throw located(path, static_cast<std::uint64_t>(std::count(head.text.begin(), end, '\n')), fault);
}

bool is_table_name(const std::string& path) {
  std::string name = lower_case(path);
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".csv") || name.ends_with(".tsv");
}

// Known names say which columns; unknown ones above numbers leave the first two; numbers are no header.
Columns read_columns(const std::string& path, const Head& head, Weights weights) {
  Columns columns;
  columns.separator = separator_of(head);
  std::size_t second_line = head.data;
  const std::vector<std::string> names = names_at(head, second_line, columns.separator);
  const bool known = find_pair(names, columns);
  if (!known && !are_names(names)) {  // no header
    columns.body = head.data;
    if (weights != Weights::none) columns.weight = 2;
    return columns;
  }
  columns.body = second_line;
  std::size_t third_line = second_line;
  if (!known && (second_line >= head.text.size() || !are_numbers(names_at(head, third_line, columns.separator))))
    refuse_header(path, head, "it cannot be told which two columns are the accounts", header_help);
  if (!find_weight(names, weights, columns))
    refuse_header(path, head, "no column has the weights",
                  weights == Weights::probabilities ? "name it probability or weight, or set weights = \"ignore\""
                                                    : "name it strength or weight, or set weights = \"ignore\"");
  return columns;
}

bool begins_json(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && text[at] == '{';
}

// Moves head.data to the first line that is no remark; false where it, or the line below it, is still to be read.
bool find_data(Head& head) {
  if (head.data == 0 && head.text.starts_with("\xef\xbb\xbf")) head.data = 3;
  while (head.data < head.text.size()) {
    const std::string_view line = line_at(head.text, head.data);
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start != std::string_view::npos && line[start] != '#' && line[start] != '%')
      return head.data + line.size() + 1 < head.text.size();
    head.data += line.size() + 1;
  }
  return false;
}
}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

char separator_of(const Head& head) {
  for (const char c : {'\t', ',', ';'})
    if (line_at(head.text, head.data).find(c) != std::string_view::npos) return c;
  return ' ';
}

Head read_head(const std::string& path, const std::string& way_out) {
  std::vector<char> buffer;
  const std::string_view start = TextBlocks(path, Cut::anywhere).next(buffer);
  if (begins_json(start)) return {std::string(start), 0};
  TextBlocks source(path);
  Head head;
  for (bool found = false; !found;) {
    const std::string_view block = source.next(buffer);
    if (block.empty()) break;
    head.text += block;
    found = find_data(head);
  }
  if (head.data < head.text.size()) return head;
  if (source.fault())
    throw located(path, static_cast<std::uint64_t>(std::count(head.text.begin(), head.text.end(), '\n')) - 1,
                  *source.fault());
  throw input_failure(path, head.text.empty() ? "the file is empty" : "nothing but blank lines and remarks", way_out);
}

NamedEnd named_end(std::string_view name) {
  for (const Pair& pair : pairs_of_names) {
    if (name == pair.first) return NamedEnd::first;
    if (name == pair.second) return NamedEnd::second;
  }
  return NamedEnd::none;
}

bool is_weight_name(std::string_view name, Weights weights) {
  const auto names = names_of(weights);
  return std::find(names.begin(), names.end(), name) != names.end();
}

Form form_of(const std::string& path, const Head& head) {
  if (head.text.starts_with("%%MatrixMarket")) return Form::matrix_market;
  if (begins_json(head.text)) return Form::json;
  if (is_table_name(path)) return Form::table;
  const std::string_view line = line_at(head.text, head.data);
  Columns ignored;
  std::size_t next = head.data;
  if (line.size() > 1000 || line.find('\0') != std::string_view::npos) return Form::edge_list;
  try {
    const std::vector<std::string> names = names_at(head, next, separator_of(head));
    const bool letters = find(names, "u") && find(names, "v");  // may be accounts
    return find_pair(names, ignored) && !letters ? Form::table : Form::edge_list;
  } catch (const LocalFault&) {
    return Form::edge_list;
  }
}

Columns columns_of(const std::string& path, const Head& head, Weights weights) {
  try {
    return read_columns(path, head, weights);
  } catch (const LocalFault& fault) {  // in the quotes of the header
    throw located(path, 0, fault);
  }
}

}  // namespace passalong
