// A hand-written parser: every block ends with '\n', so one byte of look-ahead is always there.
#include "sim/network/import/edge_lines.hpp"

#include <algorithm>
#include <cstring>

#include "sim/network/import/text_blocks.hpp"

namespace passalong {
namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool ends_line(const char* at) {  // some files in circulation end their lines with CR CR LF
  while (*at == '\r') ++at;
  return *at == '\n';
}
bool ends_id(const char* at) { return is_blank(*at) || *at == ',' || ends_line(at); }
const char* skip_blanks(const char* at) {
  while (is_blank(*at)) ++at;
  return at;
}
const char* line_end(const char* at) {
  return static_cast<const char*>(std::memchr(at, '\n', longest_line + (1U << 21)));
}
const char* token_end(const char* at) {
  while (!ends_id(at) && *at != '\r' && *at != '\n') ++at;
  return at;
}
}  // namespace

void EdgeLines::parse(std::string_view lines, std::vector<IdPair>& pairs) {
  if (line_ == 0) {
    if (lines.starts_with("\xef\xbb\xbf")) lines.remove_prefix(3);  // a byte order mark
    refuse_matrix_market(lines);
  }
  block_ = lines.data();
  const auto* nul = static_cast<const char*>(std::memchr(lines.data(), 0, lines.size()));
  const char* end = nul ? nul : lines.data() + lines.size();
  for (const char* at = lines.data(); at < end;) {
    current_ = at;
    if (nul && line_end(at) > nul)
      fail(nul, nul + 1, "a NUL byte: this is not text", "is it a binary file, or UTF-16?");
    at = parse_line(at, pairs);
  }
  if (nul == lines.data()) current_ = nul, fail(nul, nul + 1, "a NUL byte: this is not text", "is it a binary file?");
  line_ += static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
}

const char* EdgeLines::parse_line(const char* at, std::vector<IdPair>& pairs) {
  at = skip_blanks(at);
  if (*at == '#' || *at == '%' || ends_line(at)) return rest(at);
  IdPair pair{};
  at = id(at, pair.first);
  at = skip_blanks(at);
  if (*at == ',') at = skip_blanks(at + 1);
  if (ends_line(at)) fail(at, at, "a second id is missing", "a line names two accounts, such as '12 34'");
  at = id(at, pair.second);
  pairs.push_back(pair);
  return *at == '\n' ? at + 1 : rest(at);
}

const char* EdgeLines::id(const char* at, std::uint64_t& value) const {
  const char* start = at;
  std::uint64_t sum = 0;
  for (; is_digit(*at); ++at) {
    const auto digit = static_cast<std::uint64_t>(*at - '0');
    if (at - start < 19)
      sum = sum * 10 + digit;
    else if (__builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, digit, &sum))
      fail(start, token_end(start), "an id past 64 bits", "ids go up to 18446744073709551615");
  }
  if (at > start && *at == '\r' && !ends_line(at)) refuse_lone_return(at);
  if (at == start || !ends_id(at)) refuse(start);
  value = sum;
  return at;
}

const char* EdgeLines::rest(const char* at) const {
  const char* end = line_end(at);
  if (static_cast<std::size_t>(end - current_) > longest_line)
    fail(current_, current_ + 1, "a line of more than 1 MiB",
         "an edge list has two ids a line; is this another kind of file?");
  const auto* lone = static_cast<const char*>(std::memchr(at, '\r', static_cast<std::size_t>(end - at)));
  if (lone && !ends_line(lone)) refuse_lone_return(lone);
  return end + 1;
}

void EdgeLines::refuse_lone_return(const char* at) const {
  fail(at, at + 1, "a carriage return inside a line", "lines end with LF or CR LF: convert the file");
}

void EdgeLines::refuse(const char* at) const {
  const char* to = std::max(token_end(at), at + 1);
  const std::string token(at, std::min(to, at + 40));
  if (std::any_of(token.begin(), token.end(), [](char c) { return (c < 0x20 && c >= 0) || c == 0x7f; }))
    fail(at, to, "this is not text", "plain text and .gz are read");
  if (*at == ',') fail(at, to, "an id is missing before the comma", "a line names two accounts, such as '12,34'");
  if (*at == '-' && is_digit(at[1])) fail(at, to, "a negative id", "ids are whole numbers from 0");
  const bool ascii = std::all_of(token.begin(), token.end(), [](char c) { return c >= 0x20; });
  fail(at, to, ascii ? "'" + token + "' is not an id" : "this is not an id",
       "ids are whole numbers; begin headers and remarks with #");
}

void EdgeLines::refuse_matrix_market(std::string_view lines) const {
  if (!lines.starts_with("%%MatrixMarket")) return;
  throw input_failure(file_, 1, lines.substr(0, lines.find('\n')), 0, 14, "a Matrix Market file, not an edge list",
                      "delete its first line and its line of sizes, and state the direction");
}

void EdgeLines::fail(const char* from, const char* to, const std::string& message, const std::string& help) const {
  const auto before = static_cast<std::uint64_t>(std::count(block_, current_, '\n'));
  const auto at = static_cast<std::size_t>(from - current_);
  throw input_failure(file_, line_ + before + 1, {current_, line_end(current_)}, at,
                      std::max<std::size_t>(1, static_cast<std::size_t>(to - from)), message, help);
}

}  // namespace passalong
