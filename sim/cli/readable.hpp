// Numbers and text as people read them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/count_text.hpp"

namespace passalong {

std::string bytes_text(std::uint64_t bytes);  // 412 MiB
std::string seconds_text(double seconds);     // 0.8 s, 41 s, 3 min 20 s, 2 h 05 min
std::string rate_text(double per_second);     // 41.2 million

// Words in lines of at most `width`, every line but the first moved in by `margin`.
std::string wrap(std::string_view text, std::size_t width, std::size_t margin = 0);

}  // namespace passalong
