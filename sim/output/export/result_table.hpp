// The tables of a result by name: a look at their columns, and the columns of codes as the words they stand for.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/result.hpp"
#include "sim/output/export/selection.hpp"

namespace passalong {

// Failure(Exit::usage) names those there are.
const Group& group_named(const Result& result, std::string_view name);
const Variable* find_variable(const Group& group, std::string_view name);
// Failure(Exit::input) where a group of a readable file lacks what this program writes there.
const std::vector<std::int64_t>& whole_column(const Group& group, std::string_view name);
const std::vector<double>& real_column(const Group& group, std::string_view name);
// What the code in that row means; empty where the table has no such column.
std::string_view word_in(const Group& group, std::string_view name, std::size_t row);

}  // namespace passalong
