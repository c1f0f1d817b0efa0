#include "sim/experiment/processes.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string_view>

#include "sim/base/failure.hpp"
#include "sim/experiment/gate.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/live_plays.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/meter.hpp"
#include "sim/experiment/precision.hpp"
#include "sim/experiment/process_tables.hpp"
#include "sim/observe/network_figures.hpp"

namespace passalong {
namespace {

struct Played {
  ProcessForm form;
  ProcessRecords records;
  std::vector<NetworkFigures> networks;
  bool enough = false, courses_kept = true;
  const char* stopped = nullptr;  // what ended a run `until` a precision
};

// Of the replicates from `first` on.
std::vector<std::uint32_t> sizes_from(const Played& played, std::size_t first) {
  const auto size = std::ranges::find(played.form.finals, std::string_view("size"), &ProcessQuantity::name);
  if (size == played.form.finals.end())
    throw Failure(Exit::scenario, "`until`: the replicates of this model have no size", "leave `until` out");
  std::vector<std::uint32_t> sizes;
  for (std::size_t r = first; r < played.records.size(); ++r)
    if (const auto& record = played.records[r])
      sizes.push_back(
          static_cast<std::uint32_t>(record->finals[static_cast<std::size_t>(size - played.form.finals.begin())]));
  return sizes;
}

// One network for all: a player a group of workers, each with a share of the threads.
class Stand {
 public:
  Stand(const Scenario& scenario, const ModelEntry& model, const Workforce& force, const Gate& gate, Meter& meter,
        LivePlays* live)
      : scenario_(scenario), model_(model), gate_(gate), meter_(meter), live_(live) {
    for (unsigned g = 0; g < force.groups; ++g)
      teams_.emplace_back(std::max(1U, force.threads / force.groups + (g < force.threads % force.groups)));
  }

  bool courses_kept() const { return courses_kept_; }

  void play_all(const Network& network, Played& played, Team& groups) {
    const ProcessSetting setting{&scenario_, &network};
    const std::unique_ptr<const Process> process = model_.process(setting, teams_.front());
    played.form = process->form();
    std::vector<std::unique_ptr<Player>> players(teams_.size());
    play_batches(played, [&](std::size_t first, std::size_t count) {
      groups.each(count, [&](std::size_t i, unsigned group) {
        if (gate_.reason() != 0) return;
        if (!players[group]) players[group] = process->player(teams_[group]);
        play(*players[group], static_cast<std::uint32_t>(first + i), played);
      });
    });
  }

  // A network for each replicate; one after the other, because each is made by all workers.
  void play_on_own(Played& played, Team& team) {
    play_batches(played, [&](std::size_t first, std::size_t count) {
      for (std::size_t r = first; r < first + count && gate_.reason() == 0; ++r) {
        const Ground ground = make_ground(scenario_, static_cast<std::uint32_t>(r), team);
        const ProcessSetting setting{&scenario_, &ground.network};
        const std::unique_ptr<const Process> process = model_.process(setting, team);
        played.form = process->form();
        play(*process->player(team), static_cast<std::uint32_t>(r), played);
        if (played.records[r]) played.networks.push_back(measure_network(ground.network, team));
      }
    });
  }

 private:
  // All replicates at once, or, `until` a precision, as many as that takes.
  template <class Play>
  void play_batches(Played& played, const Play& play_some) {
    Batches batches = batches_of(scenario_);
    while (batches.next() > 0 && gate_.reason() == 0) {
      const std::size_t first = played.records.size(), count = batches.next();
      played.records.resize(first + count);
      play_some(first, count);
      const auto is_played = [](const auto& record) { return record.has_value(); };
      if (!std::all_of(played.records.begin() + static_cast<std::ptrdiff_t>(first), played.records.end(), is_played))
        return;
      if (!scenario_.until.empty()) {
        batches.add(sizes_from(played, first));
        played.stopped = batches.stopped();
      }
      played.enough = scenario_.until.empty() || batches.next() == 0;
      if (played.enough) return;
    }
  }

  void play(Player& player, std::uint32_t replicate, Played& played) {
    ProcessRecord record;
    if (!player.play(
            replicate, [this] { return !gate_.shut(); }, record))
      return;
    meter_.tick(record.deliveries);
    meter_.end_world();
    if (live_ != nullptr) live_->add(played.form, replicate, record);
    if (!keeps_courses(record, played)) record.series = {};
    played.records[replicate] = std::move(record);
  }

  // As long as the longest course so far, of as many replicates as are asked for, is short enough to be written.
  bool keeps_courses(const ProcessRecord& record, Played& played) {
    const std::size_t ticks = record.series.size() / std::max<std::size_t>(1, played.form.series.size());
    std::size_t longest = longest_.load(std::memory_order_relaxed);
    while (longest < ticks && !longest_.compare_exchange_weak(longest, ticks, std::memory_order_relaxed)) {
    }
    if (std::max(longest, ticks) * played.records.size() <= most_values_of_courses) return true;
    courses_kept_.store(false, std::memory_order_relaxed);
    return false;
  }

  const Scenario& scenario_;
  const ModelEntry& model_;
  const Gate& gate_;
  Meter& meter_;
  LivePlays* live_;  // null: nobody watches
  std::vector<Team> teams_;
  std::atomic<std::size_t> longest_{0};  // ticks
  std::atomic<bool> courses_kept_{true};
};

Played play(const Scenario& scenario, const ModelEntry& model, const Workforce& force, const Gate& gate, Meter& meter,
            LivePlays* live) {
  Played played;
  Team team(force.threads);
  const bool own = scenario.redraw == "network";
  Stand stand(scenario, model, own ? Workforce{1, force.threads} : force, gate, meter, live);
  if (own) {
    meter.begin("replicates");
    stand.play_on_own(played, team);
    played.courses_kept = stand.courses_kept();
    return played;
  }
  Ground ground = make_ground(scenario, 0, team);
  ground.interests = {};  // nobody's interests matter
  played.networks.push_back(measure_network(ground.network, team));
  meter.begin("replicates");
  Team groups(force.groups);
  stand.play_all(ground.network, played, groups);
  played.courses_kept = stand.courses_kept();
  return played;
}

}  // namespace

RunReport run_processes(const Scenario& scenario, const ModelEntry& model, const RunOptions& options,
                        const Workforce& force) {
  const auto replicates = static_cast<std::size_t>(scenario.replicates);
  Meter meter(options, replicates, 1);
  const Gate gate(options, 0);
  const std::string input_hash = hash_inputs(scenario);
  meter.begin("network");
  const std::unique_ptr<LivePlays> live =
      options.board ? std::make_unique<LivePlays>(scenario, input_hash, options.history) : nullptr;
  const LiveBoard::Showing showing(options.board, live.get());
  const Played played = play(scenario, model, force, gate, meter, live.get());
  meter.finish();
  RunReport report;
  report.result = tabulate_processes(played.form, played.records, scenario.tick / 24, played.courses_kept);
  report.result.complete = report.result.complete && played.enough;
  if (report.result.replicates.empty()) gate.refuse_nothing_whole("accounts");
  report.result.groups.push_back(tabulate_networks(played.networks, scenario.redraw == "network"));
  report.stopped_by = report.result.complete ? 0 : gate.reason();
  attach_manifest(report.result, scenario, input_hash, options.history);
  if (played.stopped != nullptr)
    report.result.text.emplace_back("stopped", report.result.complete ? played.stopped : "interrupted");
  for (const auto& record : played.records)
    if (record) {
      report.deliveries += record->deliveries, report.impressions += record->impressions;
      report.shares += record->shares;
    }
  report.threads = force.threads;
  report.seconds = meter.seconds();
  report.peak_memory_bytes = peak_memory();
  return report;
}

void size_processes(const Scenario& scenario, const ModelEntry& model, Demand& d) {
  const ProcessDemand one = model.demand(scenario, static_cast<double>(d.accounts), static_cast<double>(d.follows));
  const auto replicates = static_cast<double>(scenario.replicates);
  const double rows = scenario.duration > 0 ? static_cast<double>(scenario.ticks(scenario.duration)) : one.ticks;
  constexpr double bytes_a_value = 8 * 4, series = 4, bytes_a_replicate = 400;
  d.deliveries = static_cast<std::uint64_t>(std::min(1e18, replicates * one.deliveries));
  d.people = 0;
  d.world = static_cast<std::uint64_t>(one.bytes);
  d.ground += static_cast<std::uint64_t>(one.shared);
  const double values = std::min(replicates * rows, 1.0 * most_values_of_courses);
  d.records = static_cast<std::uint64_t>(replicates * (bytes_a_replicate + one.kept) + values * series * bytes_a_value);
  d.seconds_of_worlds = replicates * one.seconds;
}

}  // namespace passalong
