// Reading a file whole and checking it before HDF5 sees it.
#include "sim/output/load.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string_view>

#include "sim/base/failure.hpp"
#include "sim/output/output.hpp"
#include "sim/output/seal.hpp"

namespace passalong {
namespace {

[[noreturn]] void fail(const std::string& path, Exit code, const std::string& reason, std::string help = {}) {
  const std::string message = fmt::format("cannot read {}: {}", path, reason);
  throw Failure(code, {Fault{.file = path, .message = message, .help = std::move(help)}});
}

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : id_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (id_ >= 0) ::close(id_);
  }
  operator int() const { return id_; }

 private:
  int id_;
};

std::string read_bytes(const std::string& path) {
  const Descriptor file(path);
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0) fail(path, Exit::input, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) fail(path, Exit::input, "it is a folder");
  if (!S_ISREG(status.st_mode)) fail(path, Exit::input, "it is not a regular file");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::read(file, bytes.data() + done, std::min(bytes.size() - done, std::size_t{1} << 30));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path, Exit::input, std::strerror(errno));
    if (n == 0) bytes.resize(done);  // shortened while it was read
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

Loaded unseal(const std::string& bytes) {
  const SealCheck check = check_seal(bytes);
  if (check.state == Seal::broken) throw Damage{check.reason};
  return {result_in(std::string_view(bytes).substr(0, check.image_bytes)), check.state == Seal::whole};
}

}  // namespace

Loaded load(const std::string& path) {
  try {
    return unseal(read_bytes(path));
  } catch (const std::bad_alloc&) {
    fail(path, Exit::resources, "it does not fit in memory", "read it on a machine with more memory");
  } catch (const std::length_error&) {
    throw Damage{"it states an impossible size"};
  }
}

Result read_result(const std::string& path) {
  try {
    return load(path).result;
  } catch (const Damage& damage) {
    throw Failure(Exit::input, {Fault{.file = path,
                                      .message = fmt::format("{} cannot be used: {}", path, damage.reason),
                                      .help = "make it again: the same scenario and seed give the same result"}});
  }
}

}  // namespace passalong
