// Lines are counted only when there is a fault to place.
#include "sim/network/import/located.hpp"

#include <algorithm>

namespace passalong {
namespace {
constexpr std::size_t most_shown = 2000;  // bytes of a faulty line

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }  // a UTF-8 character

// One printable character for each code point, so that columns stay true.
std::string shown_line(std::string_view text) {
  std::string shown;
  for (const char byte : text.substr(0, most_shown)) {
    const bool plain = byte >= 0x20 && byte < 0x7f;
    if (!continues(byte)) shown += plain ? byte : byte == '\t' || byte == '\r' ? ' ' : '?';
  }
  return shown;
}

unsigned code_points(std::string_view text) {
  return static_cast<unsigned>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}
}  // namespace

Failure located(const std::string& file, std::uint64_t before, const LocalFault& at) {
  const std::string_view text = at.text;
  Fault fault{.file = file,
              .line = static_cast<unsigned>(before + at.line + 1),
              .message = at.message,
              .help = at.help,
              .source_line = shown_line(text)};
  if (at.length > 0) {
    fault.column = code_points(text.substr(0, at.column)) + 1;
    const std::string_view marked = text.substr(std::min(at.column, text.size()), at.length);
    fault.end_column = fault.column + std::max(1U, code_points(marked));
  }
  return Failure(Exit::input, {fault});
}

Failure input_failure(const std::string& file, const std::string& message, const std::string& help) {
  return Failure(Exit::input, {Fault{.file = file, .message = message, .help = help}});
}

void BlockText::fail(const char* from, const char* to, const std::string& message, const std::string& help) const {
  const auto at = static_cast<std::size_t>(from - begin());
  const std::size_t start = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  const std::string_view line = text_.substr(start, text_.find('\n', at) - start);
  throw LocalFault{.line = static_cast<std::uint64_t>(std::count(begin(), begin() + start, '\n')),
                   .text = std::string(line.substr(0, 1U << 16)),
                   .column = at - start,
                   .length = std::max<std::size_t>(1, static_cast<std::size_t>(to - from)),
                   .message = message,
                   .help = help};
}

}  // namespace passalong
