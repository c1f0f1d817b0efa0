// The list of families is the registry of workloads.
#include <algorithm>
#include <fstream>
#include <string>

#include "sim/experiment/bench/workload.hpp"
#include "sim/network/network.hpp"

namespace passalong {

std::span<const Family> all_families() {
  static const std::vector<Family> families{generate_family(),      import_family(),        tick_family(),
                                            twitter_family(),       cascade_large_family(), cascade_fused_family(),
                                            cascade_small_family(), write_family()};
  return families;
}

// As the system lists them; the C library's own answer is wrong on some machines.
Caches read_caches() {
  Caches caches;
  std::uint64_t last = 0;
  for (int index = 0; index < 8; ++index) {
    const std::string folder = "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index) + "/";
    std::ifstream level_file(folder + "level"), size_file(folder + "size");
    int level = 0;
    std::uint64_t kibibytes = 0;
    if (!(level_file >> level) || !(size_file >> kibibytes) || level < 2) continue;
    if (level == 2) caches.second = kibibytes * 1024;
    last = std::max(last, kibibytes * 1024);
  }
  if (last > 0) caches.last = last;
  return caches;
}

double bytes_a_follow(const Network& network) {
  const auto follows = static_cast<double>(network.follows());
  return (sizeof(AccountId) * follows + sizeof(std::uint64_t) * network.accounts()) / follows;
}

double miss_rate(double bytes, std::uint64_t cache) {
  return bytes <= 0 ? 0 : std::max(0.0, 1 - static_cast<double>(cache) / bytes);
}

}  // namespace passalong
