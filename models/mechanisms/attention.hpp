// Limited attention, load form: an account that reads C posts a day, while its followees make `load` a day, sees each
// with probability C / (C + load). A post is seen or missed once; a second copy is not a second chance.
#pragma once
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Attention {
  bool on = true;

  double see_probability(double capacity, double load) const { return on ? capacity / (capacity + load + 1e-9) : 1.0; }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: everyone sees every post that reaches them", .source = "assumption"});
  }
};

}  // namespace passalong
