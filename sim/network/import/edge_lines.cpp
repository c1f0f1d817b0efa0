// A hand-written parser: every block ends with '\n', so one byte of look-ahead is always there.
#include "sim/network/import/edge_lines.hpp"

#include <cstring>

namespace passalong {
namespace {
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool ends_line(const char* at) {  // some files in circulation end their lines with CR CR LF
  while (*at == '\r') ++at;
  return *at == '\n';
}
bool ends_word(char c) { return is_blank(c) || c == ',' || c == '\n' || c == '\r'; }
const char* skip_blanks(const char* at) {
  while (is_blank(*at)) ++at;
  return at;
}
const char* skip_word(const char* at) {
  while (!ends_word(*at)) ++at;
  return at;
}
const char* skip_separator(const char* at) {
  at = skip_blanks(at);
  return *at == ',' ? skip_blanks(at + 1) : at;
}
std::string_view between(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }

// The next line. A lone CR would hide lines from us.
const char* skip_line(const BlockText& block, const char* at) {
  const char* end = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(block.end() - at)));
  const auto* lone = static_cast<const char*>(std::memchr(at, '\r', static_cast<std::size_t>(end - at)));
  if (lone && !ends_line(lone))
    block.fail(lone, lone + 1, "a carriage return inside a line", "lines end with LF or CR LF: convert the file");
  return end + 1;
}
}  // namespace

void EdgeLines::parse(const BlockText& block, ParsedBlock& out) const {
  for (const char* at = block.begin(); at < block.end();) at = parse_line(block, at, out);
  out.number_words(rules_);
}

const char* EdgeLines::parse_line(const BlockText& block, const char* at, ParsedBlock& out) const {
  at = skip_blanks(at);
  if (*at == '#' || *at == '%' || ends_line(at)) return skip_line(block, at);
  std::uint64_t first = 0, second = 0;
  bool is_text = false;
  const char* first_word = at;
  const char* first_end = id(block, at, first, is_text);
  const char* second_word = skip_separator(first_end);
  if (ends_line(second_word)) block.fail(second_word, second_word, "a second id is missing", rules_.row);
  at = id(block, second_word, second, is_text);
  if (rules_.text) {
    out.words.push_back(swapped_ ? between(second_word, at) : between(first_word, first_end));
    out.words.push_back(swapped_ ? between(first_word, first_end) : between(second_word, at));
  }
  out.ids.push_back(swapped_ ? second : first);
  out.ids.push_back(swapped_ ? first : second);
  out.text_lines += is_text;
  if (rules_.weights != Weights::none) at = weight(block, at, out);
  return *at == '\n' ? at + 1 : skip_line(block, at);
}

const char* EdgeLines::id(const BlockText& block, const char* at, std::uint64_t& value, bool& is_text) const {
  const char* start = at;
  std::uint64_t sum = 0;
  for (; is_digit(*at); ++at) sum = sum * 10 + static_cast<std::uint64_t>(*at - '0');
  if (at > start && at - start <= 19 && ends_word(*at) && !rules_.text && sum >= rules_.least && sum <= rules_.most) {
    value = sum;
    return at;
  }
  at = skip_word(start);
  if (*start == ',') block.fail(start, start, "an id is missing before the comma", rules_.row);
  if (*at == '\r' && !ends_line(at)) skip_line(block, at);  // which refuses it
  value = id_of(block, between(start, at), rules_, is_text);
  return at;
}

const char* EdgeLines::weight(const BlockText& block, const char* at, ParsedBlock& out) const {
  at = skip_separator(at);
  const char* end = skip_word(at);
  out.weights.push_back(weight_of(block, between(at, end), rules_));
  return end;
}

}  // namespace passalong
