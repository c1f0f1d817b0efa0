// What the kernel, the control groups and the user allow. Files that are absent or unreadable limit nothing.
#include "sim/experiment/memory.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

std::uint64_t number_in(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t value = unlimited;
  return in >> value ? value : unlimited;  // "max" is no number
}

// The value behind `key` in lines such as "MemAvailable:  123 kB" or "inactive_file 123".
std::uint64_t field_in(const fs::path& file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::strtoull(line.c_str() + key.size(), nullptr, 10);
  return unlimited;
}

struct GroupFiles {
  const char *limit, *usage, *droppable;
};
constexpr GroupFiles version_1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "};
constexpr GroupFiles version_2{"memory.max", "memory.current", "inactive_file "};

std::uint64_t left_in(const fs::path& group, const GroupFiles& files) {
  const std::uint64_t limit = number_in(group / files.limit), usage = number_in(group / files.usage);
  if (limit == unlimited || usage == unlimited) return limit;
  const std::uint64_t cache = field_in(group / "memory.stat", files.droppable);
  const std::uint64_t held = cache == unlimited ? usage : usage - std::min(usage, cache);
  return limit - std::min(limit, held);
}

// A group's limits and those of every group around it. Inside a container the path may not be there: then its root is.
std::uint64_t left_up_from(const fs::path& mount, fs::path group, const GroupFiles& files) {
  std::uint64_t least = left_in(mount, files);
  for (group = group.relative_path(); !group.empty(); group = group.parent_path())
    least = std::min(least, left_in(mount / group, files));
  return least;
}

// Lines are "0::/path" for version 2 and "4:memory:/path" for version 1.
std::uint64_t left_in_groups(const fs::path& root) {
  const fs::path mount = root / "sys/fs/cgroup";
  std::ifstream in(root / "proc/self/cgroup");
  std::uint64_t least = unlimited;
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == line.npos) continue;
    const std::string path = line.substr(second + 1), controllers = line.substr(first + 1, second - first - 1);
    if (controllers.empty()) least = std::min(least, left_up_from(mount, path, version_2));
    if (controllers.find("memory") != controllers.npos)
      least = std::min(least, left_up_from(mount / "memory", path, version_1));
  }
  return least;
}

std::uint64_t limit_by_environment() {
  const char* text = std::getenv("PASSALONG_MEMORY_LIMIT");
  if (text == nullptr || *text == '\0') return unlimited;
  if (const auto bytes = read_bytes(text)) return *bytes;
  throw Failure(Exit::usage, fmt::format("PASSALONG_MEMORY_LIMIT = \"{}\" is not an amount of memory", harmless(text)),
                "write bytes, or a number with KiB, MiB, GiB or TiB, such as 512MiB");
}

}  // namespace

std::uint64_t memory_left(const fs::path& root) {
  const std::uint64_t kib = field_in(root / "proc/meminfo", "MemAvailable:");
  return std::min(kib == unlimited ? unlimited : kib * 1024, left_in_groups(root));
}

std::uint64_t address_space_left() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  const std::uint64_t pages = number_in("/proc/self/statm"), page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  return limit.rlim_cur - std::min<std::uint64_t>(limit.rlim_cur, pages == unlimited ? 0 : pages * page);
}

std::optional<std::uint64_t> read_bytes(std::string_view text) {
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || !(number >= 0)) return {};
  std::string unit(end, text.data() + text.size());
  std::erase(unit, ' ');
  constexpr std::string_view prefixes = "KMGT";
  double scale = 1;
  const std::size_t prefix = unit.empty() ? prefixes.npos : prefixes.find(unit[0]);
  if (prefix != prefixes.npos) {
    const bool decimal = unit.size() == 2 && unit[1] == 'B';  // "MB"; "M" and "MiB" are binary
    for (std::size_t k = 0; k <= prefix; ++k) scale *= decimal ? 1000 : 1024;
    unit.erase(0, 1);
    if (unit == "iB") unit = "B";
  }
  if ((unit != "" && unit != "B") || number * scale >= 1.8e19) return {};
  return static_cast<std::uint64_t>(number * scale);
}

std::string write_bytes(std::uint64_t bytes) {
  const double mib = static_cast<double>(bytes) / (1 << 20);
  if (mib < 1024) return fmt::format("{:.0f} MiB", mib);
  return mib < 1024 * 1024 ? fmt::format("{:.1f} GiB", mib / 1024) : fmt::format("{:.1f} TiB", mib / 1024 / 1024);
}

std::uint64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::uint64_t available_memory() { return std::min({memory_left(), address_space_left(), limit_by_environment()}); }

}  // namespace passalong
