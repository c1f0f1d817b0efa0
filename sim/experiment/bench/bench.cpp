#include "sim/experiment/bench/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/stopwatch.hpp"
#include "sim/base/suggest.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {
namespace {

// Of a family: rounds are repeated until this time is used, at least once and at most so often.
constexpr double enough_seconds = 4;
constexpr std::size_t most_rounds = 7;

struct Chosen {
  const Family* family;
  std::vector<bool> wanted;  // by workload
  double scale;
};

bool is_wanted(const std::string& name, const std::vector<std::string>& names) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

void check_names(const std::vector<std::string>& names) {
  const std::vector<std::string> known = workload_names();
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = suggest(name, known);
    throw Failure(Exit::usage, "unknown workload `" + harmless(name) + "`",
                  near ? "did you mean `" + *near + "`?" : fmt::format("workloads are {}", fmt::join(known, ", ")));
  }
}

void check_scale(double scale) {
  constexpr double least = 1e-4, most = 50;
  if (scale < least || scale > most)
    throw Failure(
        Exit::usage, fmt::format("--scale {:g} is out of range", scale),
        fmt::format("give {:g} to {:g}; without it each workload has a size that takes seconds", least, most));
}

std::vector<Chosen> choose(const BenchOptions& options) {
  check_names(options.names);
  if (options.scale) check_scale(*options.scale);
  std::vector<Chosen> chosen;
  for (const Family& family : all_families()) {
    Chosen c{&family, {}, options.scale.value_or(family.usual_scale)};
    for (const Workload& w : family.workloads) c.wanted.push_back(is_wanted(w.name, options.names));
    if (std::find(c.wanted.begin(), c.wanted.end(), true) != c.wanted.end()) chosen.push_back(std::move(c));
  }
  return chosen;
}

std::string names_of(const Chosen& c) {
  std::vector<std::string> names;
  for (std::size_t w = 0; w < c.wanted.size(); ++w)
    if (c.wanted[w]) names.emplace_back(c.family->workloads[w].name);
  return fmt::format("{}", fmt::join(names, ", "));
}

// One course stands at a time.
void refuse_what_does_not_fit(const std::vector<Chosen>& all) {
  const std::uint64_t available = available_memory();
  std::vector<Fault> faults;
  for (const Chosen& c : all) {
    const std::uint64_t bytes = c.family->bytes(c.scale);
    if (bytes > available)
      faults.push_back({.message = fmt::format("{} at scale {:g} would need {} of memory; {} may be used here",
                                               names_of(c), c.scale, write_bytes(bytes), write_bytes(available)),
                        .help = "a smaller --scale needs less"});
  }
  if (!faults.empty()) throw Failure(Exit::resources, std::move(faults));
}

// 1, 2, 4 ... and the most.
std::vector<unsigned> thread_counts(unsigned most) {
  std::vector<unsigned> counts;
  for (unsigned n = 1; n < most; n *= 2) counts.push_back(n);
  counts.push_back(most);
  return counts;
}

// Laps of one workload with one number of threads.
using Laps = std::vector<Lap>;

double median_seconds(const Laps& laps) {
  std::vector<double> seconds;
  for (const Lap& lap : laps) seconds.push_back(lap.seconds);
  std::sort(seconds.begin(), seconds.end());
  return (seconds[(seconds.size() - 1) / 2] + seconds[seconds.size() / 2]) / 2;
}

const Lap& typical(const Laps& laps) {
  const double median = median_seconds(laps);
  return *std::min_element(laps.begin(), laps.end(), [&](const Lap& a, const Lap& b) {
    return std::abs(a.seconds - median) < std::abs(b.seconds - median);
  });
}

// One digest for all laps, or what they differ in.
std::string digest_of(const Laps& laps) {
  for (const Lap& lap : laps)
    if (lap.digest != laps.front().digest) return laps.front().digest + " or " + lap.digest;
  return laps.front().digest;
}

class Timing {
 public:
  Timing(const Chosen& chosen, const std::vector<unsigned>& threads, const Machine& machine)
      : chosen_(chosen), machine_(machine) {
    threads_ = chosen.family->one_thread ? std::vector<unsigned>{1} : threads;
    for (const unsigned n : threads_) teams_.emplace_back(n);
    laps_.assign(chosen.wanted.size(), std::vector<Laps>(threads_.size()));
  }

  // Thread counts take turns, so that what else the machine does meets all of them.
  void run() {
    const Stopwatch making;
    course_ = chosen_.family->make(chosen_.scale, teams_.back());
    seconds_to_make_ = making.seconds();
    const Stopwatch watch;
    do {
      for (std::size_t t = 0; t < threads_.size(); ++t) {
        std::vector<Lap> laps = course_->round(teams_[t]);
        for (std::size_t w = 0; w < laps.size(); ++w) laps_[w][t].push_back(std::move(laps[w]));
      }
      ++rounds_;
    } while (rounds_ < most_rounds && watch.seconds() < enough_seconds);
  }

  Measured measured(std::size_t w) const {
    const Workload& workload = chosen_.family->workloads[w];
    const Laps& laps = laps_[w].back();
    const Lap& lap = typical(laps);
    Measured m{.workload = &workload, .scale = chosen_.scale, .items = lap.items, .seconds = median_seconds(laps)};
    m.per_second = m.items / m.seconds, m.threads = threads_.back(), m.rounds = rounds_;
    m.accounts = course_->accounts, m.follows = course_->follows;
    m.bytes_per_edge = course_->bytes_per_edge, m.bytes_per_account = course_->bytes_per_account;
    const Limits& limits = machine_.of(m.threads);
    m.touched = lap.touched;
    m.roofline_fraction =
        lap.touched / m.seconds / (workload.bound == Bound::triad ? limits.triad : limits.random_lines);
    m.seconds_to_make = seconds_to_make_, m.peak_memory = peak_memory();
    m.digest = lap.digest, m.expected = pinned_digest(workload.name, workload.version, chosen_.scale);
    m.figures = lap.figures;
    for (std::size_t t = 0; t < threads_.size(); ++t)
      m.scaling.push_back({threads_[t], lap.items / median_seconds(laps_[w][t]), digest_of(laps_[w][t])});
    return m;
  }

 private:
  const Chosen& chosen_;
  const Machine& machine_;
  std::vector<unsigned> threads_;
  std::vector<Team> teams_;
  std::unique_ptr<Course> course_;
  std::vector<std::vector<Laps>> laps_;  // by workload, thread count
  double seconds_to_make_ = 0;
  std::size_t rounds_ = 0;
};

}  // namespace

std::vector<std::string> workload_names() {
  std::vector<std::string> names;
  for (const Family& family : all_families())
    for (const Workload& w : family.workloads) names.emplace_back(w.name);
  return names;
}

BenchReport bench(const BenchOptions& options) {
  const std::vector<Chosen> chosen = choose(options);
  refuse_what_does_not_fit(chosen);
  const Stopwatch watch;
  const auto tell = [&](const std::string& phase) {
    if (options.progress) options.progress(phase, watch.seconds());
  };
  BenchReport report;
  report.threads = options.threads == 0 ? hardware_threads() : options.threads;
  const std::vector<unsigned> threads = thread_counts(report.threads);
  tell("measuring the memory");
  report.machine = measure_machine(threads, options.scale.value_or(1));
  for (const Chosen& c : chosen) {
    tell("measuring " + names_of(c));
    Timing timing(c, threads, report.machine);
    timing.run();
    for (std::size_t w = 0; w < c.wanted.size(); ++w)
      if (c.wanted[w]) report.workloads.push_back(timing.measured(w));
  }
  return report;
}

std::vector<Fault> wrong_digests(const BenchReport& report) {
  std::vector<Fault> faults;
  for (const Measured& m : report.workloads) {
    const std::string name = m.workload->name;
    for (const Speed& s : m.scaling)
      if (s.digest != m.digest)
        faults.push_back({.message = fmt::format("{}: with {} threads the digest is {}, with {} it is {}", name,
                                                 s.threads, s.digest, m.threads, m.digest),
                          .help = "results must not depend on threads: this is a fault of the program or the machine"});
    if (!m.expected.empty() && m.digest != m.expected)
      faults.push_back(
          {.message = fmt::format("{}: the digest at scale {:g} is {}, not {}", name, m.scale, m.digest, m.expected),
           .help = "this program gives other results than version " + std::to_string(m.workload->version) +
                   " of the workload did"});
  }
  return faults;
}

}  // namespace passalong
