// The files a scenario names, told from its text before any of them is opened.
#pragma once
#include <string>
#include <vector>

namespace passalong {

struct InputFile {
  std::string key;     // that names it, as --set takes it
  std::string stated;  // as the scenario says
};
// The network, its attributes, then the policies' calendars. Failure(Exit::scenario) where the text is no TOML.
std::vector<InputFile> input_files(const std::string& text, const std::string& path);

// A change as --set takes it, without the folders of the files it names: a result tells their bytes by input_sha256.
std::string without_folder(const std::string& change);

}  // namespace passalong
