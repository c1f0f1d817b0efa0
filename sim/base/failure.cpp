// Faults as text for people: what, where, the line with the place marked, and a way out. Whatever came from a file is
// made harmless first, so that a scenario cannot drive the terminal.
#include "sim/base/failure.hpp"

#include <algorithm>
#include <string_view>

namespace passalong {
namespace {
constexpr std::size_t before_mark = 60, window_width = 100;

// Bytes of the well-formed code point that starts at text[at], or 0.
std::size_t code_point_length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
  return length;
}

// Controls of ASCII and Latin-1, line separators, and the marks that reverse the direction of text.
bool drives_terminal(std::string_view point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(point[i]); };
  if (point.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (point.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
  if (point.size() != 3 || byte(0) != 0xe2) return false;
  if (byte(1) == 0x80) return byte(2) == 0x8e || byte(2) == 0x8f || (byte(2) >= 0xa8 && byte(2) <= 0xae);
  return byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
}

// Up to `most` code points from the one numbered `skip`, each made harmless.
std::vector<std::string> safe_points(std::string_view text, std::size_t skip, std::size_t most) {
  std::vector<std::string> points;
  for (std::size_t at = 0; at < text.size() && points.size() < most;) {
    const std::size_t length = code_point_length(text, at);
    const auto point = text.substr(at, std::max<std::size_t>(length, 1));
    at += point.size();
    if (skip > 0)
      --skip;
    else if (point == "\t")
      points.emplace_back(" ");
    else if (length == 0 || drives_terminal(point))
      points.emplace_back("?");
    else
      points.emplace_back(point);
  }
  return points;
}

std::string join(const std::vector<std::string>& points, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(points.size(), most); ++i) text += points[i];
  return points.size() > most ? text + "..." : text;
}

struct Ink {
  bool on;
  std::string operator()(const char* code, const std::string& text) const {
    return on && !text.empty() ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
  }
};
constexpr const char *red = "1;31", *bold = "1", *blue = "1;34", *cyan = "1;36";

// The line and the marks under it; a long line is cut to a window around the mark.
std::string excerpt(const Fault& fault, const std::string& margin, const Ink& ink) {
  const std::size_t column = std::min<std::size_t>(fault.column ? fault.column - 1 : 0, fault.source_line.size());
  const std::size_t from = column > before_mark ? column - before_mark : 0;
  const auto points = safe_points(fault.source_line, from, window_width + 1);
  const std::size_t to = from + std::min(points.size(), window_width);
  const std::size_t end = std::max<std::size_t>(fault.end_column ? fault.end_column - 1 : 0, column + 1);
  const std::size_t marks = std::min(end, std::max(to, column + 1)) - column;
  const std::string bar = ink(blue, "|"), left = from ? "..." : "";
  return margin + " " + bar + "\n" + ink(blue, std::to_string(fault.line)) + " " + bar + " " + left +
         join(points, window_width) + "\n" + margin + " " + bar + " " + std::string(column - from + left.size(), ' ') +
         ink(red, std::string(marks, '^')) + "\n";
}

std::string position(const Fault& fault) {
  std::string text = harmless(fault.file);
  if (fault.line) text += ":" + std::to_string(fault.line);
  if (fault.line && fault.column) text += ":" + std::to_string(fault.column);
  return text;
}
}  // namespace

std::string harmless(std::string_view text, std::size_t most) { return join(safe_points(text, 0, most + 1), most); }

std::string render(const Fault& fault, bool colour) {
  const Ink ink{colour};
  const std::string margin(fault.line ? std::to_string(fault.line).size() : 1, ' ');
  std::string text = ink(red, "error") + ink(bold, ": " + harmless(fault.message)) + "\n";
  if (!fault.file.empty()) text += margin + ink(blue, "-->") + " " + position(fault) + "\n";
  if (fault.line && !fault.source_line.empty()) text += excerpt(fault, margin, ink);
  if (!fault.help.empty())
    text += margin + " " + ink(blue, "=") + " " + ink(cyan, "help") + ": " + harmless(fault.help) + "\n";
  return text;
}

std::string render_all(const Failure& failure, bool colour) {
  std::string text;
  for (const Fault& fault : failure.faults()) text += (text.empty() ? "" : "\n") + render(fault, colour);
  return text;
}

}  // namespace passalong
