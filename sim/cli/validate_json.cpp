// The checks for scripts: every row by itself; null where there is no such figure.
#include <cmath>

#include "sim/base/version.hpp"
#include "sim/cli/validate.hpp"

namespace passalong {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json row_json(const Target& target, const Row& row, const Judged& judged) {
  const Gate& g = row.gate;
  const bool band = g.kind == Gate::Kind::band || g.kind == Gate::Kind::in_share;
  return {{"id", target.id},
          {"source", target.source},
          {"target", target.what},
          {"what", row.what},
          {"expected", number(row.expected)},
          {"band", band ? Json{g.low, g.high} : Json(nullptr)},
          {"got", number(row.got)},
          {"se", number(g.se)},
          {"z", number(judged.z)},
          {"p", g.by_chance() ? number(judged.p) : Json(nullptr)},
          {"gate", name_of(g.kind)},
          {"detects", number(judged.detects)},
          {"detects_text", detects_text(row, judged)},
          {"ok", judged.ok}};
}

}  // namespace

Json targets_json() {
  Json all = Json::array();
  for (const Target& t : all_targets())
    all.push_back({{"id", t.id},
                   {"source", t.source},
                   {"what", t.what},
                   {"quick", !t.full_only},
                   {"needs_networks", t.needs_networks}});
  return {{"schema", 1}, {"version", version()}, {"targets", all}};
}

Json validation_json(const Validation& v) {
  Json rows = Json::array(), seconds = Json::object();
  for (const TargetReport& t : v.targets) {
    for (std::size_t k = 0; k < t.rows.size(); ++k) rows.push_back(row_json(*t.target, t.rows[k], t.judged[k]));
    seconds[t.target->id] = t.seconds;
  }
  return {{"schema", 1},
          {"version", version()},
          {"ok", v.ok()},
          {"quick", v.quick},
          {"seed", v.seed},
          {"threads", v.threads},
          {"rows_by_chance", v.rows_by_chance},
          {"alpha", number(v.alpha)},
          {"false_alarm_rate", v.false_alarms},
          {"red", v.red},
          {"seconds", v.seconds},
          {"seconds_by_target", seconds},
          {"rows", rows}};
}

}  // namespace passalong
