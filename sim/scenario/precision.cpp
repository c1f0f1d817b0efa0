#include "sim/scenario/precision.hpp"

#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
Precision refuse(const char* problem) { return {0, false, problem}; }

bool take_plus_minus(std::string_view& text) {
  for (const std::string_view sign : {"±", "+-", "+/-"}) {
    if (!text.starts_with(sign)) continue;
    text.remove_prefix(sign.size());
    return true;
  }
  return false;
}
}  // namespace

Precision read_precision(std::string_view text) {
  Precision precision;
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (text.empty()) return precision;
  if (!take_plus_minus(text)) return refuse("has no ±");
  if (!take_number(text, precision.half_width)) return refuse("is no half-width");
  precision.relative = text == "%";
  if (!text.empty() && !precision.relative) return refuse("is neither a share in % nor a number");
  if (precision.relative) precision.half_width /= 100;
  if (!(precision.half_width > 0 && precision.half_width <= 1e12)) return refuse("is not above 0");
  return precision;
}

}  // namespace passalong
