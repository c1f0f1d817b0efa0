#include "sim/validate/validate.hpp"

#include <algorithm>
#include <mutex>

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

// Several models may answer to one target.
std::vector<const Target*> targets_named(const std::string& id) {
  std::vector<const Target*> named;
  for (const Target& t : all_targets())
    if (id == t.id) named.push_back(&t);
  if (!named.empty()) return named;
  const auto near = suggest(id, known_ids());
  throw Failure(Exit::usage, "`" + id + "` is no target of validate",
                near ? "did you mean `" + *near + "`?" : "passalong validate --list names them");
}

std::vector<const Target*> choose_targets(const std::vector<std::string>& ids, const Effort& effort) {
  std::vector<const Target*> chosen;
  for (const std::string& id : ids)
    for (const Target* t : targets_named(id)) {
      if (t->needs_networks && effort.networks.empty())
        throw Failure(Exit::usage, "`" + id + "` reads networks from files",
                      "name the folder that holds them: --networks FOLDER");
      chosen.push_back(t);
    }
  if (!ids.empty()) return chosen;
  for (const Target& t : all_targets())
    if (!(t.full_only && effort.quick) && !(t.needs_networks && effort.networks.empty())) chosen.push_back(&t);
  return chosen;
}

void prove(TargetReport& report, const Effort& effort) {
  const Stopwatch watch;
  Sheet sheet(effort, report.target->id);
  report.target->prove(sheet);
  report.rows = sheet.rows(), report.seconds = watch.seconds();
}

// The long ones one after the other with all threads; then the others side by side, a thread each. Rows do not know.
void prove_all(std::vector<TargetReport>& reports, const Effort& effort,
               const std::function<void(const Target&)>& begun) {
  std::mutex telling;
  const auto tell = [&](const Target& target) {
    const std::lock_guard lock(telling);
    if (begun) begun(target);
  };
  std::vector<TargetReport*> others;
  for (TargetReport& r : reports) {
    if (!r.target->full_only) {
      others.push_back(&r);
    } else {
      tell(*r.target), prove(r, effort);
    }
  }
  Effort alone = effort;
  alone.threads = 1;
  Team team(effort.threads);
  team.each(others.size(), [&](std::size_t k, unsigned) { tell(*others[k]->target), prove(*others[k], alone); });
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
         {outbreak_targets, cascade_targets, structure_targets, mechanism_targets, world_targets, crowd_targets,
          threshold_targets, epidemic_targets, tree_targets, meme_targets, file_targets})
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
  for (const Target* target : choose_targets(ids, effort)) v.targets.push_back({target, {}, {}, 0});
  prove_all(v.targets, effort, begun);
  judge_all(v);
  v.seconds = watch.seconds();
  return v;
}

}  // namespace passalong
