#include "sim/experiment/bench/roofline.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "sim/base/column.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/stopwatch.hpp"
#include "sim/experiment/bench/workload.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {
namespace {

constexpr int tries = 5;  // the best one is the limit

constexpr std::size_t words_of_line = 8;

// An array that the system was asked to back with huge pages, handed out to the triad in three parts.
class Array {
 public:
  explicit Array(std::uint64_t bytes) {
    words_.reserve(bytes / sizeof(double));
    prefer_huge_pages(words_.data(), bytes);
    words_.resize(bytes / sizeof(double), 1);
  }
  double* part(std::size_t which) { return words_.data() + which * third(); }
  std::size_t third() const { return words_.size() / 3; }
  const double* data() const { return words_.data(); }
  std::size_t lines() const { return words_.size() / words_of_line; }

 private:
  std::vector<double> words_;
};

double stream(Array& array, Team& team) {
  double *a = array.part(0), *b = array.part(1), *c = array.part(2);
  const Stopwatch watch;
  team.blocks(array.third(), 1 << 16, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) a[i] = b[i] + 3 * c[i];
  });
  return static_cast<double>(array.third()) * 3 * sizeof(double) / watch.seconds();
}

// Reads `count` lines anywhere, each asked for 64 reads before it is needed.
double read_lines(const Array& array, std::size_t count, std::uint64_t state) {
  constexpr std::size_t ahead = 64;
  const double* asked[ahead];
  const auto ask = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const double* line = array.data() + ((state >> 32) * array.lines() >> 32) * words_of_line;
    __builtin_prefetch(line);
    return line;
  };
  for (const double*& line : asked) line = ask();
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double*& line = asked[i % ahead];
    sum += *line;
    line = ask();
  }
  return sum;
}

double jump(const Array& array, Team& team) {
  const std::size_t count = std::max<std::size_t>(1 << 16, array.lines() / 2);
  std::vector<double> sums(team.workers());
  const Stopwatch watch;
  team.each(team.workers(), [&](std::size_t part, unsigned) { sums[part] = read_lines(array, count, part + 1); });
  const double seconds = watch.seconds();
  for (const double sum : sums) [[maybe_unused]] const volatile double kept = sum;
  return static_cast<double>(count) * team.workers() / seconds;
}

Limits measure(Array& array, unsigned threads) {
  Team team(threads);
  Limits limits{.threads = threads};
  for (int i = 0; i < tries; ++i) {
    limits.triad = std::max(limits.triad, stream(array, team));
    limits.random_lines = std::max(limits.random_lines, jump(array, team));
  }
  return limits;
}

std::string value_behind(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(key)) continue;
    const std::size_t at = line.find_first_not_of(" \t:", key.size());
    return at == line.npos ? "" : line.substr(at);
  }
  return {};
}

// "always [madvise] never": the one in brackets.
std::string huge_page_setting() {
  std::ifstream in("/sys/kernel/mm/transparent_hugepage/enabled");
  for (std::string word; in >> word;)
    if (word.front() == '[') return word.substr(1, word.size() - 2);
  return "unknown";
}

double huge_bytes() {
  return 1024 * std::strtod(value_behind("/proc/self/smaps_rollup", "AnonHugePages").c_str(), nullptr);
}

Machine describe_machine() {
  Machine m;
  m.processor = value_behind("/proc/cpuinfo", "model name");
  if (m.processor.empty()) m.processor = "unknown";
  m.cores = hardware_threads();
  m.page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  m.memory = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * m.page;
  const Caches caches = read_caches();
  m.second_cache = caches.second, m.last_cache = caches.last;
  m.huge_pages = huge_page_setting();
  return m;
}

}  // namespace

const Limits& Machine::of(unsigned threads) const {
  const Limits* found = &limits.front();
  for (const Limits& l : limits)
    if (l.threads <= threads && l.threads >= found->threads) found = &l;
  return *found;
}

std::uint64_t roofline_bytes(double scale) {
  constexpr double gibibyte = 1 << 30, least = 48 << 20;
  const double usual = std::max(least, std::min(1.0, 50 * scale) * gibibyte);
  const auto quarter = static_cast<double>(available_memory()) / 4;
  return static_cast<std::uint64_t>(std::max(1048576.0, std::min(usual, quarter)));
}

Machine measure_machine(const std::vector<unsigned>& threads, double scale) {
  Machine machine = describe_machine();
  const double before = huge_bytes();
  Array array(roofline_bytes(scale));
  machine.array = array.lines() * words_of_line * sizeof(double);
  machine.huge_share = std::clamp((huge_bytes() - before) / static_cast<double>(machine.array), 0.0, 1.0);
  for (const unsigned n : threads) machine.limits.push_back(measure(array, n));
  return machine;
}

}  // namespace passalong
