// What pages and pictures share.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace passalong {

// Text made safe for element content and for quoted attributes.
std::string escape_html(std::string_view text);
// Colours all can tell apart (Okabe & Ito 2008), again from the first after the eighth.
const char* colour_of(std::size_t index);

}  // namespace passalong
