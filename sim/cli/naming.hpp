// What files are called when the command line does not say.
#pragma once
#include <string>

namespace passalong {

// path with its extension replaced where it is `old`, else with the new one behind it.
std::string with_extension(const std::string& path, const std::string& old, const std::string& extension);
std::string file_name(const std::string& path);  // without its folder

}  // namespace passalong
