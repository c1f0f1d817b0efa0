// Uses the library from arithmetic to files: a draw, a team of two, the list of models, a digest, a located failure.
#include <cstdio>

#include "sim/base/failure.hpp"
#include "sim/base/random.hpp"
#include "sim/base/version.hpp"
#include "sim/engine/world.hpp"
#include "sim/output/output.hpp"

using namespace passalong;

int main() {
  const Stream see(1, 0, Purpose::see);
  Team team(2);
  const auto items =
      team.sum(1000, 100, std::size_t{0}, [](std::size_t begin, std::size_t end) { return end - begin; });
  std::printf("passalong %s: %zu models, %zu items, u = %.6f, sha256(abc) = %.8s\n", version(), all_models().size(),
              items, uniform(see(1)[0]), sha256_hex("abc").c_str());
  try {
    read_result("absent.h5");
  } catch (const Failure& failure) {
    return items == 1000 && !all_models().empty() && failure.code() == Exit::input ? 0 : 1;
  }
  return 1;
}
