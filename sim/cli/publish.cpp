#include "sim/cli/publish.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "sim/base/failure.hpp"

namespace passalong {
namespace {

[[noreturn]] void refuse(const std::string& path, int fault) {
  const bool full = fault == ENOSPC || fault == EDQUOT;
  throw Failure(full ? Exit::resources : Exit::run,
                {Fault{.file = path, .message = std::string("cannot write: ") + std::strerror(fault)}});
}

// 0, or the errno of what failed.
int write_whole(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return errno;
  int fault = 0;
  if (std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fflush(file) != 0 ||
      fsync(fileno(file)) != 0) {
    fault = errno;
  }
  if (std::fclose(file) != 0 && fault == 0) fault = errno;
  return fault;
}

}  // namespace

void refuse_existing(const std::string& path, bool force) {
  if (force || !std::filesystem::exists(path)) return;
  throw Failure(Exit::run, {Fault{.file = path, .message = "this file exists", .help = "--force overwrites it"}});
}

void publish_text(const std::string& path, const std::string& text) {
  const std::string partial = path + ".partial-" + std::to_string(getpid());
  int fault = write_whole(partial, text);
  if (fault == 0 && std::rename(partial.c_str(), path.c_str()) != 0) fault = errno;
  if (fault == 0) return;
  std::remove(partial.c_str());
  refuse(path, fault);
}

std::string with_extension(const std::string& path, const std::string& old, const std::string& extension) {
  return (path.ends_with(old) ? path.substr(0, path.size() - old.size()) : path) + extension;
}

}  // namespace passalong
