// Writing a result: digest, image, seal, publication.
#include "sim/base/failure.hpp"
#include "sim/output/h5.hpp"
#include "sim/output/image.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"
#include "sim/output/seal.hpp"

namespace passalong {

void write_result(const std::string& path, Result& result, bool force) {
  check_writable(path, force);
  result.digest = digest_of(result);
  try {
    const std::string image = image_of(result);
    publish(path, {image, seal_of(image)}, force);
  } catch (const h5::Error& error) {
    throw Failure(Exit::run, {Fault{.file = path, .message = "cannot write " + path + ": " + error.what()}});
  }
}

}  // namespace passalong
