// Whole numbers as people read them.
#pragma once
#include <cstdint>
#include <string>

namespace passalong {

std::string count_text(std::uint64_t count);  // 12,345,678

}  // namespace passalong
