// How closely a mean is wanted, as people write it: until = "±1%", "±0.5%", "±20"; "+-1%" and "+/-1%" where ± is not at
// hand.
#pragma once
#include <string>
#include <string_view>

namespace passalong {

struct Precision {
  double half_width = 0;  // of the 95 % interval; 0: none is asked for
  bool relative = false;  // as a share of the mean
  std::string problem{};  // empty: none. A phrase that follows the quoted text: "has no ±"

  bool asked() const { return half_width > 0; }
  double absolute(double mean) const { return relative ? half_width * (mean < 0 ? -mean : mean) : half_width; }
};

Precision read_precision(std::string_view text);  // of an empty text: none

}  // namespace passalong
