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
    {"deliver", 1, 0.0005, "c4c2e7e27eb907e554ddeac43f1ea75fa2dd0d68811b643019b929621b51f6ba"},
    {"react", 1, 0.0005, "c4c2e7e27eb907e554ddeac43f1ea75fa2dd0d68811b643019b929621b51f6ba"},
    {"tick", 1, 0.0005, "c4c2e7e27eb907e554ddeac43f1ea75fa2dd0d68811b643019b929621b51f6ba"},
    {"twitter-2009", 1, 0.0005, "ec3fb7f20d8ca77839747ee8ee6803152d27a596713bd52786d9c1b1fc33fd3f"},
    {"cascade-large", 1, 0.0005, "a18555e3f9ede2ba8238ac0366c6657649797561489e67add16d240fe9e77997"},
    {"cascade-fused", 1, 0.0005, "336d60983adb6148bfc52a5686f485518f5fd34e158107d34a24e84eb15fd8db"},
    {"cascade-small", 1, 0.0005, "c79dd1ffeb3ce1c1e3890b2a6b35bb68d8ad04599e667ab82a75bdedb1b40449"},
    {"write", 1, 0.0005, "122262373fac10280f8ab65a391b9456745df9701550e7483af59cd4d4258ab5"},
    {"generate", 1, 0.1, "11e2f699c3d6c0d9494ff064aaea68057ee154ad7fa7d52e5fa175bedd17989e"},
    {"import", 1, 0.2, "12b140209b8de970c24659eb17d626e461eb40082a41e3c467ce5cf42b90b141"},
    {"deliver", 1, 0.1, "5c6b6247da943e0cdb225964a55320363d0f5f9e8c35f4d85d4bf878ae2a2af7"},
    {"react", 1, 0.1, "5c6b6247da943e0cdb225964a55320363d0f5f9e8c35f4d85d4bf878ae2a2af7"},
    {"tick", 1, 0.1, "5c6b6247da943e0cdb225964a55320363d0f5f9e8c35f4d85d4bf878ae2a2af7"},
    {"twitter-2009", 1, 0.025, "cd443e0c8fd4502dc46eb50860600a30046650f114dd0fa17bd4a19c79ab7401"},
    {"cascade-large", 1, 1.0, "59f6a6276c881d3b9a474188862c9732693eed40e989f5b1c3ca609cd32e608f"},
    {"cascade-fused", 1, 0.25, "b173e314c6086d4cdf7385eb3621996f6b0fe0a992c200e2af85d54fe7c15469"},
    {"cascade-small", 1, 1.0, "4cd68a5dc983cfe839ed304b9809682f21baf852fe8fe8ec436f15036fbfa1b6"},
    {"write", 1, 1.0, "3f0dda8bc303a1aeb468116686374fed6a9949889b563e2c56ad2f95af027b3b"},
    {"tick", 1, 1.0, "b62efa01a83377f08f8551185ede3c2649f08ff27dbe9199f7cf95e2dde45322"},
    {"cascade-fused", 1, 1.0, "9a68cdefe55c8d29b990767df2feb3507da446626c0a7bb11b4b15635e6f81e7"},
};

}  // namespace

std::string pinned_digest(const std::string& name, int version, double scale) {
  for (const Pin& pin : pins)
    if (pin.name == name && pin.version == version && pin.scale == scale) return pin.digest;
  return {};
}

}  // namespace passalong
