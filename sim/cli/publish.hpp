// Small text files beside the results: written whole or not at all, never over another file unasked.
#pragma once
#include <string>

namespace passalong {

void refuse_existing(const std::string& path, bool force);  // Failure(Exit::run)
void publish_text(const std::string& path, const std::string& text);

// path with its extension replaced where it is `old`, else with the new one behind it.
std::string with_extension(const std::string& path, const std::string& old, const std::string& extension);

}  // namespace passalong
