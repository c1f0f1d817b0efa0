#include "sim/report/json_writer.hpp"

#include <fmt/format.h>

#include <cmath>

namespace passalong {
namespace {
// The length of the UTF-8 sequence at the start of `text`; 0 where there is none that is whole and shortest.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  if (length < 3) return length;
  const unsigned second = byte(1);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool beyond = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
  return overlong || beyond ? 0 : length;
}

std::string escape(char c) {
  if (c == '"' || c == '\\') return {'\\', c};
  if (c == '\n') return "\\n";
  const auto code = static_cast<unsigned char>(c);
  if (code < 0x20 || c == '<' || c == '>' || c == '&') return fmt::format("\\u{:04x}", code);
  return {c};
}
}  // namespace

std::string json_number(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0) return "0";
  if (std::fabs(value) >= 1e15) return fmt::format("{:.9e}", value);
  std::string digits = std::fabs(value) >= 1000 ? fmt::format("{:.1f}", value) : fmt::format("{:.6g}", value);
  if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
  return digits;
}

std::string json_exact(double value) { return std::isfinite(value) ? fmt::format("{:.12g}", value) : "null"; }

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    quoted += length == 0 ? "\\ufffd" : length == 1 ? escape(text[0]) : std::string(text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return quoted + '"';
}

JsonWriter& JsonWriter::key(std::string_view name) {
  put(json_string(name));
  text_ += ':';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
  put({&bracket, 1});
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  text_ += bracket;
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::put(std::string_view token) {
  if (!first_) text_ += ',';
  text_ += token;
  first_ = false;
  return *this;
}

}  // namespace passalong
