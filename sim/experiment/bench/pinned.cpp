// What the workloads are known to give. A change that is meant to move a result moves its line here, and is told under
// Results in the changelog; a change of what is done gives the workload another version. At other scales nothing is
// pinned, and the digest is for comparing by eye.
#include <algorithm>

#include "sim/experiment/bench/bench.hpp"

namespace passalong {
namespace {

struct Pin {
  const char* name;
  int version;
  double scale;
  const char* digest;
};

constexpr Pin pins[] = {
    {"generate", 1, 0.0005, "a4335bd4a7230793030c349316ecf807f3a5e1f716cbbde4d675997c1d8ba2ef"},
    {"import", 1, 0.0005, "f54a6b09b0e75d03d621effddf9984d9d931d718a4319935e76c08f628637a3f"},
    {"deliver", 1, 0.0005, "dc3e81a0744df67f4fcc6903c1096ab82f689de0f00d67da2416b9487a259bbb"},
    {"react", 1, 0.0005, "dc3e81a0744df67f4fcc6903c1096ab82f689de0f00d67da2416b9487a259bbb"},
    {"tick", 1, 0.0005, "dc3e81a0744df67f4fcc6903c1096ab82f689de0f00d67da2416b9487a259bbb"},
    {"twitter-2009", 1, 0.0005, "fc2678d31eeb088ca0b038ed59ce8719719651e13ab9e755f7cff442c147572b"},
    {"cascade-large", 1, 0.0005, "a18555e3f9ede2ba8238ac0366c6657649797561489e67add16d240fe9e77997"},
    {"cascade-fused", 1, 0.0005, "336d60983adb6148bfc52a5686f485518f5fd34e158107d34a24e84eb15fd8db"},
    {"cascade-small", 1, 0.0005, "c79dd1ffeb3ce1c1e3890b2a6b35bb68d8ad04599e667ab82a75bdedb1b40449"},
    {"write", 1, 0.0005, "122262373fac10280f8ab65a391b9456745df9701550e7483af59cd4d4258ab5"},
};

}  // namespace

std::string pinned_digest(const std::string& name, int version, double scale) {
  for (const Pin& pin : pins)
    if (pin.name == name && pin.version == version && pin.scale == scale) return pin.digest;
  return {};
}

}  // namespace passalong
