#include "sim/cli/naming.hpp"

#include <filesystem>

#include "sim/base/failure.hpp"

namespace passalong {

std::string with_extension(const std::string& path, const std::string& old, const std::string& extension) {
  return (path.ends_with(old) ? path.substr(0, path.size() - old.size()) : path) + extension;
}

std::string file_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

std::string quoted(const std::string& word) {
  const bool plain =
      word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=,:+-") == word.npos;
  if (plain && !word.empty()) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

void spare_input(const std::string& input, const std::string& output) {
  std::error_code absent;  // a file that is not there cannot be replaced
  if (!std::filesystem::equivalent(input, output, absent)) return;
  const std::string message = "writing " + output + " would replace " + input + ", which is read here";
  throw Failure(Exit::run, {Fault{.file = output, .message = message, .help = "name another file with -o"}});
}

}  // namespace passalong
