#include "sim/output/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sim/base/failure.hpp"

namespace passalong {

void InputFile::fail(const std::string& reason) const {
  throw Failure(Exit::input, {Fault{.file = path_, .message = "cannot read " + path_ + ": " + reason}});
}

InputFile::InputFile(const std::string& path)
    : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  struct stat status {};
  const int error = descriptor_ < 0 || ::fstat(descriptor_, &status) != 0 ? errno : 0;
  if (error == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uint64_t>(status.st_size);
    return;
  }
  if (descriptor_ >= 0) ::close(descriptor_);
  fail(error != 0 ? std::strerror(error) : S_ISDIR(status.st_mode) ? "it is a folder" : "it is not a regular file");
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read_at(std::uint64_t offset, void* to, std::size_t bytes) const {
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t n = ::pread(descriptor_, static_cast<char*>(to) + done, std::min(bytes - done, std::size_t{1} << 30),
                              static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(std::strerror(errno));
    if (n == 0) break;  // shortened while it was read
    done += static_cast<std::size_t>(n);
  }
  return done;
}

std::string InputFile::text_at(std::uint64_t offset, std::size_t bytes) const {
  std::string text(bytes, '\0');
  text.resize(read_at(offset, text.data(), bytes));
  return text;
}

}  // namespace passalong
