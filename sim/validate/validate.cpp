#include "sim/validate/validate.hpp"

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/stopwatch.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {

std::vector<std::string> known_ids() {
  std::vector<std::string> ids;
  for (const Target& t : all_targets()) ids.emplace_back(t.id);
  return ids;
}

const Target& target_named(const std::string& id) {
  for (const Target& t : all_targets())
    if (id == t.id) return t;
  const auto near = suggest(id, known_ids());
  throw Failure(Exit::usage, "`" + id + "` is no target of validate",
                near ? "did you mean `" + *near + "`?" : "passalong validate --list names them");
}

std::vector<const Target*> choose_targets(const std::vector<std::string>& ids, const Effort& effort) {
  std::vector<const Target*> chosen;
  for (const std::string& id : ids) chosen.push_back(&target_named(id));
  if (!ids.empty()) return chosen;
  for (const Target& t : all_targets())
    if (!(t.full_only && effort.quick) && !(t.needs_networks && effort.networks.empty())) chosen.push_back(&t);
  return chosen;
}

TargetReport prove(const Target& target, const Effort& effort) {
  const Stopwatch watch;
  Sheet sheet(effort, target.id);
  target.prove(sheet);
  return {&target, sheet.rows(), {}, watch.seconds()};
}

void judge_all(Validation& v) {
  for (const TargetReport& t : v.targets)
    for (const Row& row : t.rows) ++v.rows, v.rows_by_chance += row.gate.by_chance();
  v.alpha = false_alarm_rate / static_cast<double>(std::max<std::size_t>(1, v.rows_by_chance));
  v.false_alarms = v.rows_by_chance > 0 ? false_alarm_rate : 0;
  for (TargetReport& t : v.targets)
    for (const Row& row : t.rows) {
      t.judged.push_back(judge(row, v.alpha));
      v.red += !t.judged.back().ok;
    }
}

}  // namespace

const std::vector<Target>& all_targets() {
  static const std::vector<Target> targets = [] {
    std::vector<Target> all;
    for (const auto& group :
         {outbreak_targets, cascade_targets, structure_targets, mechanism_targets, world_targets, crowd_targets})
      for (const Target& t : group()) all.push_back(t);
    return all;
  }();
  return targets;
}

Validation validate(const std::vector<std::string>& ids, const Effort& effort,
                    const std::function<void(const Target&)>& begun) {
  const Stopwatch watch;
  Validation v;
  v.quick = effort.quick, v.seed = effort.seed;
  v.threads = effort.threads == 0 ? hardware_threads() : effort.threads;
  for (const Target* target : choose_targets(ids, effort)) {
    if (begun) begun(*target);
    v.targets.push_back(prove(*target, effort));
  }
  judge_all(v);
  v.seconds = watch.seconds();
  return v;
}

}  // namespace passalong
