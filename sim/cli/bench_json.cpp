// The report for scripts: every figure; null where there is none.
#include <cmath>

#include "sim/base/version.hpp"
#include "sim/cli/bench.hpp"

namespace passalong {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

const char* name_of(Bound bound) { return bound == Bound::triad ? "triad" : "random-lines"; }

Json scaling_of(const Measured& m) {
  Json all = Json::array();
  for (const Speed& s : m.scaling) all.push_back({{"threads", s.threads}, {"per_second", number(s.per_second)}});
  return all;
}

Json json_of(const Measured& m) {
  Json object{{"name", m.workload->name},
              {"version", m.workload->version},
              {"scale", m.scale},
              {"items", m.items},
              {"unit", m.workload->unit},
              {"seconds", m.seconds},
              {"per_second", number(m.per_second)},
              {"threads", m.threads},
              {"rounds", m.rounds},
              {"scaling", scaling_of(m)},
              {"bytes_per_edge", number(m.bytes_per_edge)},
              {"bytes_per_account", number(m.bytes_per_account)},
              {"bound", name_of(m.workload->bound)},
              {"touched", number(m.touched)},
              {"touched_is", m.workload->touched},
              {"roofline_fraction", number(m.roofline_fraction)},
              {"digest", m.digest},
              {"digest_pinned", m.expected.empty() ? Json(nullptr) : Json(m.expected)}};
  object["accounts"] = m.accounts > 0 ? Json(m.accounts) : Json(nullptr);
  object["follows"] = m.accounts > 0 ? Json(m.follows) : Json(nullptr);
  object["seconds_to_make"] = m.seconds_to_make;
  object["peak_memory_bytes"] = m.peak_memory;
  object["meaning"] = m.workload->meaning;
  for (const auto& [name, figure] : m.figures) object[name] = number(figure);
  return object;
}

Json json_of(const Machine& m) {
  Json limits = Json::array();
  for (const Limits& l : m.limits)
    limits.push_back(
        {{"threads", l.threads}, {"triad_bytes_per_second", l.triad}, {"random_lines_per_second", l.random_lines}});
  return {{"processor", m.processor},
          {"cores", m.cores},
          {"memory_bytes", m.memory},
          {"second_cache_bytes", m.second_cache},
          {"last_cache_bytes", m.last_cache},
          {"page_bytes", m.page},
          {"huge_pages", m.huge_pages},
          {"huge_share", m.huge_share},
          {"array_bytes", m.array},
          {"triad_bytes_per_second", m.limits.back().triad},
          {"random_lines_per_second", m.limits.back().random_lines},
          {"limits", limits}};
}

}  // namespace

Json bench_json(const BenchReport& report) {
  Json all = Json::array();
  for (const Measured& m : report.workloads) all.push_back(json_of(m));
  return {{"schema", 1},
          {"version", version()},
          {"threads", report.threads},
          {"workloads", all},
          {"machine", json_of(report.machine)}};
}

}  // namespace passalong
