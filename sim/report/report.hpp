// A result as one page for people: verdict, curves, table, and how to run it again. It needs no network and no scripts.
#pragma once
#include <string>

#include "sim/observe/result.hpp"

namespace passalong {

std::string report_html(const Result& result);

}  // namespace passalong
