// The page's script, style and the licences of what the script holds; made of sim/report/page at build time.
#pragma once
#include <string_view>

namespace passalong {

extern const std::string_view page_script, page_style, page_licences;

}  // namespace passalong
