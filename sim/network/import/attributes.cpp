// The table of accounts: header, then one record an account.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "sim/base/failure.hpp"
#include "sim/network/import/form.hpp"
#include "sim/network/import/import.hpp"
#include "sim/network/import/records.hpp"
#include "sim/network/import/text_blocks.hpp"
#include "sim/network/labels.hpp"

namespace passalong {
namespace {
constexpr const char* way_out =
    "its first line names the columns: label, interest_1, interest_2, ... (or interests), place";

std::uint64_t line_ends(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

struct AttributeColumns {
  std::size_t label = 0;
  std::vector<std::size_t> interests;  // one a topic, or the one that lists them
  bool listed = false;                 // apart by ';' in one column
  std::optional<std::size_t> place;
  std::size_t needed() const {
    std::size_t last = std::max(label, place.value_or(0));
    for (const std::size_t column : interests) last = std::max(last, column);
    return last + 1;
  }
};

AttributeColumns find_columns(const BlockText& block, const std::vector<Field>& header) {
  std::map<std::string, std::size_t> names;
  for (std::size_t i = 0; i < header.size(); ++i)
    if (!names.emplace(lower_case(header[i].text), i).second)
      block.fail(header[i].from, header[i].to, "two columns of this name", way_out);
  const auto find = [&](const std::string& name) -> std::optional<std::size_t> {
    const auto at = names.find(name);
    return at == names.end() ? std::nullopt : std::optional(at->second);
  };
  std::optional<std::size_t> label = find("label");
  if (!label) label = find("id");
  if (!label) label = find("account");
  if (!label) block.fail(header[0].from, header[0].to, "no column is called label, id or account", way_out);
  AttributeColumns columns;
  columns.label = *label;
  columns.place = find("place");
  if (const auto listed = find("interests")) columns.interests = {*listed}, columns.listed = true;
  for (std::size_t k = 1; const auto column = find("interest_" + std::to_string(k)); ++k) {
    if (columns.listed)
      block.fail(header[*column].from, header[*column].to, "both `interests` and `interest_1`", "keep one of them");
    columns.interests.push_back(*column);
  }
  if (columns.interests.empty() && !columns.place)
    block.fail(header[0].from, header[0].to, "no column is called interest_1, interests or place", way_out);
  return columns;
}

double interest(const BlockText& block, const Field& field, std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || at != end || error != std::errc{} || !std::isfinite(value))
    block.fail(field.from, field.to, "'" + std::string(text.substr(0, 40)) + "' is not an interest",
               "interests are finite numbers from 0");
  if (value < 0) block.fail(field.from, field.to, "a negative interest", "interests are finite numbers from 0");
  return value;
}

class AttributeTable {
 public:
  explicit AttributeTable(const Network& network) : network_(network), lines_(network.accounts()) {}

  // Records from `at` on; line: of the first, from 0.
  void read_records(const BlockText& block, const char* at, char separator, std::uint64_t line) {
    while (at < block.end()) {
      const char* start = at;
      at = record_.read(block, at, separator);
      if (!record_.blank()) read_record(block, line);
      line += line_ends({start, at});
    }
  }
  // Returns where the records begin.
  const char* read_header(const BlockText& block, char separator) {
    const char* next = record_.read(block, block.begin(), separator);
    columns_ = find_columns(block, record_.fields());
    if (!columns_.listed) set_topics(columns_.interests.size());
    if (columns_.place) out_.places_of.assign(network_.accounts(), no_place);
    return next;
  }
  Attributes finish();

 private:
  void set_topics(std::size_t topics) {
    out_.topics = topics;
    out_.interests.assign(topics * network_.accounts(), 0.0F);
  }
  void read_record(const BlockText& block, std::uint64_t line);
  AccountId account(const BlockText& block, const Field& label, std::uint64_t line);
  void read_columns(const BlockText& block);
  void read_list(const BlockText& block, const Field& field);
  void keep_interests(const BlockText& block, const Field& field, AccountId a);

  const Network& network_;
  AttributeColumns columns_;
  Record record_;
  Attributes out_;
  std::vector<double> row_;
  std::vector<std::uint32_t> lines_;                          // by account, from 1; 0: not met
  std::map<std::string, std::uint32_t, std::less<>> places_;  // numbered as met
};

AccountId AttributeTable::account(const BlockText& block, const Field& label, std::uint64_t line) {
  const auto found = find_account(network_, label.text);
  if (!found) {
    std::string help;
    try {
      account_labelled(network_, label.text);
    } catch (const Failure& failure) {
      help = failure.faults().front().help;
    }
    block.fail(label.from, label.to, "the network has no account '" + harmless(label.text, 60) + "'", help);
  }
  if (lines_[*found] != 0)
    block.fail(label.from, label.to, "account '" + harmless(label.text, 60) + "' comes twice",
               "line " + std::to_string(lines_[*found]) + " has it too: keep one of them");
  lines_[*found] = static_cast<std::uint32_t>(line + 1);
  return *found;
}

void AttributeTable::read_record(const BlockText& block, std::uint64_t line) {
  const std::vector<Field>& fields = record_.fields();
  if (fields.size() < columns_.needed())
    block.fail(fields.back().to, fields.back().to,
               "a column is missing: " + std::to_string(fields.size()) + " of " + std::to_string(columns_.needed()),
               "every line of a table has the columns of its header");
  const AccountId a = account(block, fields[columns_.label], line);
  row_.clear();
  if (columns_.listed)
    read_list(block, fields[columns_.interests[0]]);
  else
    read_columns(block);
  if (!row_.empty()) keep_interests(block, fields[columns_.interests[0]], a);
  if (!columns_.place || fields[*columns_.place].text.empty()) return;
  const Field& place = fields[*columns_.place];
  if (!is_printable(place.text)) block.fail(place.from, place.to, "this is not text", "names of places are UTF-8");
  const auto number = static_cast<std::uint32_t>(places_.size());
  out_.places_of[a] = places_.emplace(place.text, number).first->second;
}

void AttributeTable::read_columns(const BlockText& block) {
  const auto empty = [&](std::size_t column) { return record_.fields()[column].text.empty(); };
  if (std::all_of(columns_.interests.begin(), columns_.interests.end(), empty)) return;
  for (const std::size_t column : columns_.interests) {
    const Field& field = record_.fields()[column];
    row_.push_back(interest(block, field, field.text));
  }
}

void AttributeTable::read_list(const BlockText& block, const Field& field) {
  if (field.text.empty()) return;
  for (std::size_t at = 0; at <= field.text.size();) {
    const std::size_t end = std::min(field.text.find(';', at), field.text.size());
    row_.push_back(interest(block, field, field.text.substr(at, end - at)));
    at = end + 1;
  }
  if (out_.topics == 0) set_topics(row_.size());
  if (row_.size() != out_.topics)
    block.fail(field.from, field.to,
               std::to_string(row_.size()) + " interests, where the lines above have " + std::to_string(out_.topics),
               "every account has a number for every topic");
}

void AttributeTable::keep_interests(const BlockText& block, const Field& field, AccountId a) {
  double sum = 0;
  for (const double x : row_) sum += x;
  if (!(sum > 0))
    block.fail(field.from, field.to, "interests that are all zero", "leave them empty where nothing is known");
  if (!std::isfinite(sum)) block.fail(field.from, field.to, "interests too large to be added", "use smaller numbers");
  for (std::size_t t = 0; t < row_.size(); ++t) out_.interests[a * out_.topics + t] = static_cast<float>(row_[t] / sum);
}

// Places in bytewise order, whatever the order of the lines.
Attributes AttributeTable::finish() {
  std::vector<std::uint32_t> order(places_.size());
  for (const auto& [name, number] : places_) {
    order[number] = static_cast<std::uint32_t>(out_.places.size());
    out_.places.push_back(name);
  }
  for (std::uint32_t& place : out_.places_of)
    if (place != no_place) place = order[place];
  return std::move(out_);
}
}  // namespace

Attributes read_attributes(const std::string& path, const Network& network, Team&) {
  const Head head = read_head(path, way_out);
  AttributeTable table(network);
  TextBlocks source(path, Cut::records);
  std::vector<char> buffer;
  std::uint64_t lines = 0;
  std::size_t skipped = head.data;  // bytes of remarks before the header
  bool header_read = false;
  for (std::string_view block = source.next(buffer); !block.empty(); block = source.next(buffer)) {
    const std::size_t remarks = std::min(skipped, block.size());
    skipped -= remarks;
    lines += line_ends(block.substr(0, remarks));
    const BlockText text(block.substr(remarks));
    try {
      const char* at = text.begin();
      if (!header_read && at < text.end()) at = table.read_header(text, separator_of(head)), header_read = true;
      table.read_records(text, at, separator_of(head), lines + line_ends({text.begin(), at}));
    } catch (const LocalFault& fault) {
      throw located(path, lines, fault);
    }
    lines += line_ends({text.begin(), text.end()});
  }
  if (source.fault()) throw located(path, lines - 1, *source.fault());
  return table.finish();
}

}  // namespace passalong
