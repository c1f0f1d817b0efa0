// Numbers as people read them.
#pragma once
#include <cstdint>
#include <string>

namespace passalong {

std::string count_text(std::uint64_t count);   // 12,345,678
std::string group_digits(std::string number);  // of one written without an exponent: 1234567.8 as 1,234,567.8

}  // namespace passalong
