// Plain POSIX writing, where every failure has its errno; the rename.
#include "sim/output/partial_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sim/base/failure.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"

namespace passalong {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 30;

[[noreturn]] void fail(const std::string& path, Exit code, std::string message, std::string help) {
  throw Failure(code, {Fault{.file = path, .message = std::move(message), .help = std::move(help)}});
}

}  // namespace

void fail_to_write(const std::string& path, int error) {
  const std::string message = fmt::format("cannot write {}: {}", path, std::strerror(error));
  if (error == EFBIG) fail(path, Exit::resources, message, "allow larger files with: ulimit -f unlimited");
  if (error == ENOSPC || error == EDQUOT)
    fail(path, Exit::resources, message, "free some space there, or name a file on another disk with -o");
  if (error == EACCES || error == EPERM || error == EROFS)
    fail(path, Exit::run, message, "name a file in a folder you may write to with -o");
  fail(path, Exit::run, message, "name another file with -o");
}

PartialFile::PartialFile(const std::string& path) : path_(path), name_(partial_name(path)) {
  ::unlink(name_.c_str());  // left by a killed run whose number this process now has
  descriptor_ = ::open(name_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail_to_write(path_, errno);
}

PartialFile::~PartialFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!kept_) ::unlink(name_.c_str());
}

void PartialFile::append(std::string_view bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::write(descriptor_, bytes.data() + done, std::min(bytes.size() - done, most_at_once));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail_to_write(path_, errno);
    done += static_cast<std::size_t>(n);
  }
}

void PartialFile::write_at(std::uint64_t offset, const void* bytes, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t n = ::pwrite(descriptor_, static_cast<const char*>(bytes) + done, std::min(size - done, most_at_once),
                               static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail_to_write(path_, errno);
    done += static_cast<std::size_t>(n);
  }
}

void PartialFile::reserve(std::uint64_t bytes) {
  int status = 0;
  do status = ::fallocate(descriptor_, 0, 0, static_cast<off_t>(bytes)) == 0 ? 0 : errno;
  while (status == EINTR);
  // File systems that cannot tell it beforehand tell it while writing.
  if (status == ENOSPC || status == EDQUOT || status == EFBIG) fail_to_write(path_, status);
}

// Network file systems report a full disk only at fsync or close.
void PartialFile::finish() {
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail_to_write(path_, errno);
  const int closing = ::close(descriptor_);
  descriptor_ = -1;
  if (closing != 0 && errno != EINTR) fail_to_write(path_, errno);
}

void PartialFile::rename_to_target(bool force) {
  if (!rename(force)) {
    if (errno == EEXIST)
      fail(path_, Exit::run, path_ + " already exists", "name another file with -o, or replace it with --force");
    fail_to_write(path_, errno);
  }
  kept_ = true;
}

// Without force the kernel itself refuses an existing file, so one that appeared during the run is safe; file systems
// that cannot are checked just before.
bool PartialFile::rename(bool force) {
  if (!force) {
    if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    check_writable(path_, false);
  }
  return ::rename(name_.c_str(), path_.c_str()) == 0;
}

}  // namespace passalong
