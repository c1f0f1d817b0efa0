// One field after the other; only fields with doubled quotes are copied.
#include "sim/network/import/records.hpp"

#include <cstring>

namespace passalong {
namespace {
bool is_blank(char c, char separator) { return (c == ' ' || c == '\t') && c != separator; }

bool ends_line(const char* at) {
  while (*at == '\r') ++at;
  return *at == '\n';
}
std::string_view between(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }

std::string without_doubled(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"') ++i;
  }
  return out;
}
}  // namespace

const char* Record::read(const BlockText& block, const char* at, char separator) {
  fields_.clear();
  unescaped_.clear();
  for (;;) {
    while (is_blank(*at, separator)) ++at;
    at = *at == '"' ? read_quoted(block, at, separator) : read_plain(block, at, separator);
    if (*at == separator) {
      ++at;
      continue;
    }
    while (*at == '\r') ++at;
    return at + 1;
  }
}

const char* Record::read_plain(const BlockText& block, const char* at, char separator) {
  const char* from = at;
  for (; *at != separator && *at != '\n'; ++at) {
    if (*at == '\r' && ends_line(at)) break;
    if (*at == '\r')
      block.fail(at, at + 1, "a carriage return inside a line", "lines end with LF or CR LF: convert the file");
    if (*at == '"')
      block.fail(at, at + 1, "a quote inside a field without quotes", "put the field in quotes and double this one");
  }
  const char* to = at;
  while (to > from && is_blank(to[-1], separator)) --to;
  fields_.push_back({between(from, to), from, to});
  return at;
}

const char* Record::read_quoted(const BlockText& block, const char* at, char separator) {
  const char* from = at++;
  bool doubled = false;
  for (;; at += 2, doubled = true) {
    at = static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(block.end() - at)));
    if (!at)
      block.fail(from, from + 1, "a quote that is not closed", "end the field with a quote; double quotes inside");
    if (at[1] != '"') break;
  }
  std::string_view text = between(from + 1, at++);
  if (doubled) text = unescaped_.emplace_back(without_doubled(text));
  fields_.push_back({text, from, at});
  while (is_blank(*at, separator)) ++at;
  if (*at != separator && !ends_line(at))
    block.fail(at, at + 1, "text behind a closing quote", "double a quote inside a field");
  return at;
}

}  // namespace passalong
