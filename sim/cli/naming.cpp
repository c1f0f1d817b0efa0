#include "sim/cli/naming.hpp"

#include <filesystem>

namespace passalong {

std::string with_extension(const std::string& path, const std::string& old, const std::string& extension) {
  return (path.ends_with(old) ? path.substr(0, path.size() - old.size()) : path) + extension;
}

std::string file_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

}  // namespace passalong
