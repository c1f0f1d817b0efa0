// Of a run that goes on, the replicates that have got as far as a day: what is said of that day is about them alone.
#pragma once
#include <string>

#include "sim/observe/result.hpp"

namespace passalong {

// The result with this series alone and without the replicates that have no value in some arm at `row`.
Result those_there(const Result& result, const std::string& series, std::size_t row);

}  // namespace passalong
