// The report for people: a table, speeds by threads, what the rows are, and the machine. Columns are left out where the
// terminal is too narrow for all of them.
#include <fmt/format.h>

#include <cmath>

#include "sim/cli/bench.hpp"
#include "sim/cli/readable.hpp"
#include "sim/report/bench_picture.hpp"

namespace passalong {
namespace {

struct Columnar {  // a column of the table
  std::string heading;
  std::size_t width;
  bool left;
  std::size_t least_terminal;
  std::string (*cell)(const Measured& m);
};

std::string verdict_of(const Measured& m) {
  for (const Speed& s : m.scaling)
    if (s.digest != m.digest) return "differs";
  if (m.expected.empty()) return "not pinned";
  return m.digest == m.expected ? "as pinned" : "wrong";
}

const std::vector<Columnar> columns{
    {"workload", 14, true, 0, [](const Measured& m) { return std::string(m.workload->name); }},
    {"v", 2, false, 86, [](const Measured& m) { return std::to_string(m.workload->version); }},
    {"scale", 6, false, 70, [](const Measured& m) { return fmt::format("{:g}", m.scale); }},
    {"threads", 8, false, 53, [](const Measured& m) { return std::to_string(m.threads); }},
    {"seconds", 8, false, 44, [](const Measured& m) { return fmt::format("{:.3g}", m.seconds); }},
    {"per second", 20, false, 0, [](const Measured& m) { return short_number(m.per_second) + " " + m.workload->unit; }},
    {"of limit", 9, false, 63,
     [](const Measured& m) {
       return std::isfinite(m.roofline_fraction) ? fmt::format("{:.1f} %", 100 * m.roofline_fraction) : std::string();
     }},
    {"digest", 12, false, 83, verdict_of},
    {"begins with", 12, false, 99, [](const Measured& m) { return m.digest.substr(0, 10); }},
};

std::string cell(const Columnar& c, const std::string& text) {
  return c.left ? fmt::format("{:<{}}", text, c.width) : fmt::format(" {:>{}}", text, c.width);
}

std::string table_of(const BenchReport& report, std::size_t width) {
  std::string text;
  for (const Columnar& c : columns)
    if (width >= c.least_terminal) text += cell(c, c.heading);
  text += "\n";
  for (const Measured& m : report.workloads) {
    for (const Columnar& c : columns)
      if (width >= c.least_terminal) text += cell(c, c.cell(m));
    text += "\n";
  }
  return text;
}

std::string scaling_of(const BenchReport& report, std::size_t width) {
  if (report.machine.limits.size() < 2) return {};
  const std::size_t most = (width - 25) / 9;
  std::string text = fmt::format("\n{:<14}", "a second");
  for (std::size_t t = 0; t < report.machine.limits.size() && t < most; ++t)
    text += fmt::format(" {:>8}", fmt::format("{} thr.", report.machine.limits[t].threads));
  text += fmt::format(" {:>10}\n", "most to 1");
  for (const Measured& m : report.workloads) {
    if (m.scaling.size() < 2) continue;
    text += fmt::format("{:<14}", m.workload->name);
    for (std::size_t t = 0; t < m.scaling.size() && t < most; ++t)
      text += fmt::format(" {:>8}", short_number(m.scaling[t].per_second));
    text += fmt::format(" {:>10.2f}\n", m.scaling.back().per_second / m.scaling.front().per_second);
  }
  return text;
}

std::string sizes_of(const Measured& m) {
  std::string text;
  if (m.accounts > 0)
    text += fmt::format("; {} accounts, {} follows", short_number(static_cast<double>(m.accounts)),
                        short_number(static_cast<double>(m.follows)));
  for (const auto& [name, figure] : m.figures)
    if (name == "ns_per_impression") text += fmt::format("; {:.3g} ns an impression", figure);
  if (std::isfinite(m.bytes_per_edge)) text += fmt::format("; {:.2f} bytes a follow", m.bytes_per_edge);
  if (std::isfinite(m.bytes_per_account)) text += fmt::format(", {:.0f} an account", m.bytes_per_account);
  return text;
}

std::string meanings_of(const BenchReport& report, std::size_t width) {
  std::string text;
  for (const Measured& m : report.workloads)
    text += wrap(fmt::format("{}: {}{}.", m.workload->name, m.workload->meaning, sizes_of(m)), width, 2) + "\n";
  return text;
}

std::string limits_of(const Limits& l) {
  return fmt::format("; with {} thread{} {:.1f} GB/s in a triad and {} random lines/s", l.threads,
                     l.threads == 1 ? "" : "s", l.triad / 1e9, short_number(l.random_lines));
}

std::string machine_of(const Machine& m, std::size_t width) {
  std::string text = fmt::format("This machine: {}, {} cores, {}, caches of {} and {}", m.processor, m.cores,
                                 bytes_text(m.memory), bytes_text(m.second_cache), bytes_text(m.last_cache));
  for (const Limits& l : m.limits) text += limits_of(l);
  text += fmt::format(" ({} array, {:.0f} % of it in huge pages, setting: {})", bytes_text(m.array), 100 * m.huge_share,
                      m.huge_pages);
  return wrap(text + ".", width, 2) + "\n";
}

}  // namespace

std::string bench_text(const BenchReport& report, std::size_t width) {
  const char* limit =
      "'of limit' is what the workload must at least touch in memory, over what this machine's memory gave in the same "
      "run: random lines, or bytes one after the other for import and write. Seconds are medians of rounds in which "
      "thread "
      "counts took turns.";
  return table_of(report, width) + scaling_of(report, width) + "\n" + meanings_of(report, width) + "\n" +
         wrap(limit, width) + "\n" + machine_of(report.machine, width);
}

}  // namespace passalong
