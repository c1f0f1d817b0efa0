// Looking up a series by name.
#include "sim/observe/result.hpp"

#include <algorithm>

namespace passalong {

const Variable* Result::find(const std::string& series_name) const {
  const auto it = std::ranges::find(series, series_name, &Variable::name);
  return it == series.end() ? nullptr : &*it;
}

}  // namespace passalong
