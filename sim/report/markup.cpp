#include "sim/report/markup.hpp"

#include <iterator>

namespace passalong {
namespace {
std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}
}  // namespace

std::string escape_html(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const std::string_view entity = entity_of(c);
    safe += entity.empty() ? std::string_view(&c, 1) : entity;
  }
  return safe;
}

const char* colour_of(std::size_t index) {
  static constexpr const char* colours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                            "#56b4e9", "#e69f00", "#000000", "#7f7f7f"};
  return colours[index % std::size(colours)];
}

}  // namespace passalong
