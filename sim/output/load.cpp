// Reading a file whole and checking it before HDF5 sees it.
#include "sim/output/load.hpp"

#include <fmt/format.h>

#include <new>
#include <stdexcept>
#include <string_view>

#include "sim/base/failure.hpp"
#include "sim/output/input_file.hpp"
#include "sim/output/output.hpp"
#include "sim/output/seal.hpp"

namespace passalong {
namespace {

[[noreturn]] void fail(const std::string& path, Exit code, const std::string& reason, std::string help = {}) {
  const std::string message = fmt::format("cannot read {}: {}", path, reason);
  throw Failure(code, {Fault{.file = path, .message = message, .help = std::move(help)}});
}

std::string read_bytes(const std::string& path) {
  const InputFile file(path);
  return file.text_at(0, file.size());
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
