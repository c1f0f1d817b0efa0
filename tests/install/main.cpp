// Draws a number, shares work over two workers, and says which library did it.
#include <cstdio>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/base/version.hpp"

int main() {
  const passalong::Stream see(1, 0, passalong::Purpose::see);
  passalong::Team team(2);
  const auto words =
      team.sum(1000, 100, std::size_t{0}, [](std::size_t begin, std::size_t end) { return end - begin; });
  std::printf("passalong %s: %zu items, u = %.6f\n", passalong::version(), words, passalong::uniform(see(1)[0]));
  return words == 1000 ? 0 : 1;
}
