// What files are called when the command line does not say, and which names are no place to write to.
#pragma once
#include <string>

namespace passalong {

// path with its extension replaced where it is `old`, else with the new one behind it.
std::string with_extension(const std::string& path, const std::string& old, const std::string& extension);
std::string file_name(const std::string& path);  // without its folder
std::string quoted(const std::string& word);     // as a shell would need it

// Failure(Exit::run) where writing `output` would replace `input`, under whatever name: --force is for results.
void spare_input(const std::string& input, const std::string& output);

}  // namespace passalong
