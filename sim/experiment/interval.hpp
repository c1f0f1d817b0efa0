// From one number to another; infinite where nothing is known.
#pragma once

namespace passalong {

struct Interval {
  double low = 0, high = 0;
};

}  // namespace passalong
