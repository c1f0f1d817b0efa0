// What `seeds` prints: a page, an object, a table.
#pragma once
#include <string>

#include "sim/cli/request.hpp"
#include "sim/experiment/seeds.hpp"

namespace passalong {

std::string seeds_text(const SeedsReport& report, const Request& request, std::size_t width);
std::string seeds_json(const SeedsReport& report, const Request& request);
std::string seeds_csv(const SeedsReport& report);

}  // namespace passalong
