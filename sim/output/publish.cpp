// The refusals that can be made before a run, and the order of publication.
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

fs::path folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

// The rename itself must survive a power cut. Folders that cannot be opened or synced are left to the file system.
void sync_folder(const std::string& path) {
  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  const bool failed = ::fsync(folder) != 0 && (errno == EIO || errno == ENOSPC || errno == EDQUOT);
  const int error = errno;
  ::close(folder);
  if (failed) fail_to_write(path, error);
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

void publish_by(const std::string& path, bool force, const std::function<void(PartialFile&)>& fill) {
  check_writable(path, force);
  const std::string target = target_of(path);
  PartialFile file(target);
  fill(file);
  file.finish();
  file.rename_to_target(force);
  sync_folder(target);
}

void publish(const std::string& path, const std::vector<std::string>& parts, bool force) {
  publish_by(path, force, [&](PartialFile& file) {
    for (const std::string& part : parts) file.append(part);
  });
}

std::string partial_name(const std::string& target) { return fmt::format("{}.partial-{}", target, ::getpid()); }

std::string partial_of(const std::string& path) { return partial_name(target_of(path)); }

}  // namespace passalong
