// Quoting, character by character.
#include "sim/output/export/text_stream.hpp"

#include <algorithm>

namespace passalong {
namespace {

constexpr std::string_view unreadable = "\xEF\xBF\xBD";  // U+FFFD

// How many bytes of UTF-8 the first character takes; 0 where they are none (also overlong ones and surrogates).
std::size_t character_bytes(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool strict = !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second >= 0xA0);
    return strict && follows(1) && follows(2) ? 3 : 0;
  }
  const bool strict = !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second >= 0x90);
  return first >= 0xF0 && first < 0xF5 && strict && follows(1) && follows(2) && follows(3) ? 4 : 0;
}

// Character by character; `take` says what becomes of one.
template <class Take>
void each_character(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    take(bytes == 0 ? unreadable : text.substr(0, bytes));
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
}

bool in_xml(std::string_view character) {
  if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") return false;  // U+FFFE, U+FFFF
  const auto first = static_cast<unsigned char>(character[0]);
  return first >= 0x20 || first == '\t' || first == '\n' || first == '\r';
}

}  // namespace

void TextStream::finish() {
  if (block_.empty()) return;
  take_(block_);
  passed_ += block_.size();
  block_.clear();
}

void put_csv(TextStream& to, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return void(to << text);
  to << '"';
  for (const char c : text) {
    if (c == '"') to << '"';
    to << c;
  }
  to << '"';
}

void put_xml(TextStream& to, std::string_view text) {
  each_character(text, [&](std::string_view c) {
    switch (c[0]) {
      case '&':
        to << "&amp;";
        break;
      case '<':
        to << "&lt;";
        break;
      case '>':
        to << "&gt;";
        break;
      case '"':
        to << "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':  // attributes would make them blanks
        to << "&#" << int{c[0]} << ';';
        break;
      default:
        to << (in_xml(c) ? c : unreadable);
    }
  });
}

void put_json(TextStream& to, std::string_view text) {
  to << '"';
  each_character(text, [&](std::string_view c) {
    if (c[0] == '"' || c[0] == '\\') to << '\\';
    if (static_cast<unsigned char>(c[0]) < 0x20)
      to << fmt::format("\\u{:04x}", static_cast<unsigned>(c[0]));
    else
      to << c;
  });
  to << '"';
}

}  // namespace passalong
