// exp and log of whole columns, in place: the bits of math.hpp, several at once where the processor can.
#pragma once
#include <cstddef>

namespace passalong {

void exp_all(double* x, std::size_t count);
void log_all(double* x, std::size_t count);

}  // namespace passalong
