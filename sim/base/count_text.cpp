#include "sim/base/count_text.hpp"

#include <algorithm>

namespace passalong {

std::string count_text(std::uint64_t count) { return group_digits(std::to_string(count)); }

std::string group_digits(std::string number) {
  const std::size_t end = std::min(number.find('.'), number.size());
  for (std::size_t at = end; at > 3; at -= 3) number.insert(at - 3, 1, ',');
  return number;
}

}  // namespace passalong
