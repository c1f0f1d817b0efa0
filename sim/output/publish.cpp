// Plain POSIX writing, where every failure has its errno; the refusals that can be made before a run; the rename.
#include "sim/output/publish.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "sim/base/failure.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, Exit code, std::string message, std::string help) {
  throw Failure(code, {Fault{.file = path, .message = std::move(message), .help = std::move(help)}});
}

[[noreturn]] void fail_with_errno(const std::string& path, int error) {
  const std::string message = fmt::format("cannot write {}: {}", path, std::strerror(error));
  if (error == EFBIG) fail(path, Exit::resources, message, "allow larger files with: ulimit -f unlimited");
  if (error == ENOSPC || error == EDQUOT)
    fail(path, Exit::resources, message, "free some space there, or name a file on another disk with -o");
  if (error == EACCES || error == EPERM || error == EROFS)
    fail(path, Exit::run, message, "name a file in a folder you may write to with -o");
  fail(path, Exit::run, message, "name another file with -o");
}

fs::path folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

std::string partial_name(const std::string& path) { return fmt::format("{}.partial-{}", path, ::getpid()); }

// A file that vanishes again unless kept: whatever goes wrong, no partial is left.
class PartialFile {
 public:
  explicit PartialFile(const std::string& path) : path_(path), name_(partial_name(path)) {
    ::unlink(name_.c_str());  // left by a killed run whose number this process now has
    descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail_with_errno(path_, errno);
  }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!kept_) ::unlink(name_.c_str());
  }

  void append(const std::string& bytes) {
    constexpr std::size_t most_at_once = std::size_t{1} << 30;
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t n = ::write(descriptor_, bytes.data() + done, std::min(bytes.size() - done, most_at_once));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail_with_errno(path_, errno);
      done += static_cast<std::size_t>(n);
    }
  }

  // Network file systems report a full disk only at fsync or close.
  void finish() {
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail_with_errno(path_, errno);
    const int closing = ::close(descriptor_);
    descriptor_ = -1;
    if (closing != 0 && errno != EINTR) fail_with_errno(path_, errno);
  }

  void rename_to_target(bool force) {
    if (!rename(force)) {
      if (errno == EEXIST)
        fail(path_, Exit::run, path_ + " already exists", "name another file with -o, or replace it with --force");
      fail_with_errno(path_, errno);
    }
    kept_ = true;
  }

 private:
  // Without force the kernel itself refuses an existing file, so one that appeared during the run is safe; file systems
  // that cannot are checked just before.
  bool rename(bool force) {
    if (!force) {
      if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) == 0) return true;
      if (errno != EINVAL && errno != ENOSYS) return false;
      check_writable(path_, false);
    }
    return ::rename(name_.c_str(), path_.c_str()) == 0;
  }

  std::string path_, name_;
  int descriptor_ = -1;
  bool kept_ = false;
};

// The rename itself must survive a power cut. Folders that cannot be opened or synced are left to the file system.
void sync_folder(const std::string& path) {
  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  const bool failed = ::fsync(folder) != 0 && (errno == EIO || errno == ENOSPC || errno == EDQUOT);
  const int error = errno;
  ::close(folder);
  if (failed) fail_with_errno(path, error);
}

// Through a link to the file it names, so that replacing does not cut the link.
std::string target_of(const std::string& path) {
  std::error_code unknown;
  const fs::path target = fs::canonical(path, unknown);
  return unknown ? path : target.string();
}

void check_folder(const std::string& path) {
  const fs::path folder = folder_of(path);
  std::error_code unknown;
  if (fs::is_directory(folder, unknown)) return;
  if (fs::exists(folder, unknown))
    fail(path, Exit::run, fmt::format("cannot write {}: {} is not a folder", path, folder.string()),
         "name another file with -o");
  fail(path, Exit::run, fmt::format("cannot write {}: there is no folder {}", path, folder.string()),
       fmt::format("make it with: mkdir -p {}", folder.string()));
}

}  // namespace

void check_writable(const std::string& path, bool force) {
  if (path.empty()) fail(path, Exit::run, "the name of the result file is empty", "name a file with -o");
  std::error_code unknown;
  const fs::file_status status = fs::status(path, unknown);
  if (fs::is_directory(status) || path.ends_with('/'))
    fail(path, Exit::run, path + " is a folder, not a file", "name a file in it with -o");
  if (fs::exists(status) && !fs::is_regular_file(status))
    fail(path, Exit::run, path + " is not a regular file", "name another file with -o");
  if (fs::exists(status) && !force)
    fail(path, Exit::run, path + " already exists", "name another file with -o, or replace it with --force");
  check_folder(path);
  const PartialFile trial(target_of(path));  // permissions, quotas, name length: only trying tells
}

void publish(const std::string& path, const std::vector<std::string>& parts, bool force) {
  check_writable(path, force);
  const std::string target = target_of(path);
  PartialFile file(target);
  for (const std::string& part : parts) file.append(part);
  file.finish();
  file.rename_to_target(force);
  sync_folder(target);
}

}  // namespace passalong
