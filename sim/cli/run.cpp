// passalong run: from a scenario to a result file, its timings beside it, and the verdict.
#include "sim/experiment/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <memory>

#include "sim/base/version.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/until_output.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/cascades.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/observe/network_used.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"
#include "sim/scenario/input_files.hpp"
#include "sim/watch/watch.hpp"

namespace passalong {
namespace {

std::string output_of(const Request& request) {
  if (!request.output.empty()) return request.output;
  return with_extension(file_name(request.file()), ".toml", ".h5");
}

// What decides the values, and nothing else: no folders, threads or limits.
std::string history_of(const Request& request) {
  std::string history = "passalong run " + quoted(file_name(request.file()));
  for (const std::string& change : request.set) history += " --set " + quoted(without_folder(change));
  if (request.seed) history += fmt::format(" --seed {}", *request.seed);
  if (request.replicates) history += fmt::format(" --replicates {}", *request.replicates);
  if (!request.until.empty()) history += " --until " + quoted(request.until);
  return history;
}

double per_second(const RunReport& report) {
  return report.seconds > 0 ? static_cast<double>(report.deliveries) / report.seconds : 0;
}

Json json_of(const Sizes& sizes) {
  Json size{{"mean", sizes.mean}, {"se", sizes.se}, {"min", sizes.min}, {"max", sizes.max}};
  const Interval ci{sizes.mean - sizes.half_width, sizes.mean + sizes.half_width};
  size["ci"] = sizes.count == 1 ? Json(nullptr) : Json{ci.low, ci.high};
  if (sizes.exact) size["exact"] = *sizes.exact;
  return size;
}

Json summary_of(const RunReport& report, const std::string& output, std::int64_t planned) {
  const NetworkUsed network = network_used(report.result).value_or(NetworkUsed{});
  Json summary{{"schema", 1},
               {"output", output},
               {"digest", report.result.digest},
               {"complete", report.result.complete},
               {"replicates", report.result.replicate_count()},
               {"replicates_planned", planned},
               {"accounts", network.accounts},
               {"follows", network.follows},
               {"seconds", report.seconds},
               {"deliveries", report.deliveries},
               {"impressions", report.impressions},
               {"shares", report.shares},
               {"peak_memory_bytes", report.peak_memory_bytes},
               {"threads", report.threads}};
  if (const auto sizes = summarise_sizes(report.result)) summary["size"] = json_of(*sizes);
  if (const std::string stopped = report.result.text_of("stopped"); !stopped.empty()) summary["stopped"] = stopped;
  if (Json until = until_json(report); !until.is_null()) summary["until"] = std::move(until);
  return summary;
}

// As many decimals as the error has two digits for.
std::string mean_text(const Sizes& sizes) {
  if (!(sizes.half_width > 0 && std::isfinite(sizes.half_width)))
    return group_digits(fmt::format("{:.6g}", sizes.mean));
  const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(sizes.half_width))), 0, 12);
  return group_digits(fmt::format("{:.{}f}", sizes.mean, decimals)) + " ± " +
         group_digits(fmt::format("{:.{}f}", sizes.half_width, decimals));
}

std::string sizes_text(const Sizes& sizes, const Result& result) {
  const auto count = [](std::int64_t n) { return count_text(static_cast<std::uint64_t>(n)); };
  const Variable* const size = result.find("size");
  const std::string range = fmt::format("from {} to {} {}", count(sizes.min), count(sizes.max),
                                        size == nullptr ? "accounts" : size->long_name);
  if (sizes.exact) return fmt::format("spread {:.12g} ({}), {}", *sizes.exact, result.text_of("algorithm"), range);
  if (sizes.count > 1 && sizes.min == sizes.max)  // the rule of three
    return fmt::format("spread {} in all {} replicates, {}; other sizes have a chance below {:.1g} (95 %)",
                       mean_text(sizes), count_text(sizes.count), range, 3.0 / static_cast<double>(sizes.count));
  const std::string stopped = result.text_of("stopped");
  return fmt::format("spread {} (95 %, {} replicate{}), {}{}", mean_text(sizes), count_text(sizes.count),
                     sizes.count == 1 ? "" : "s", range,
                     stopped == "replicates" ? "; `replicates` ended it before it was as close as was wanted" : "");
}

// What may differ between two runs of one scenario, kept out of the result.
std::string timings_of(const RunReport& report, const std::string& output, std::int64_t planned) {
  Json timings = summary_of(report, file_name(output), planned);
  timings["deliveries_per_second"] = per_second(report);
  timings["version"] = version();
  timings["git_commit"] = git_commit();
  return to_text(timings);
}

std::string summary_text(const RunReport& report, const std::string& output) {
  std::string text =
      fmt::format("Result  {}\nDigest  {}\nNetwork {}\n", output, report.result.digest, network_text(report.result));
  text += fmt::format("Took    {}, {} deliveries/s on {} thread{}, {} of memory\n", seconds_text(report.seconds),
                      rate_text(per_second(report)), report.threads, report.threads == 1 ? "" : "s",
                      bytes_text(report.peak_memory_bytes));
  const auto width = static_cast<std::size_t>(terminal_width(STDOUT_FILENO));
  if (report.outlook) text += wrap(until_text(report), width, 8) + "\n\n" + wrap(until_paragraph(report), width) + "\n";
  if (const auto sizes = summarise_sizes(report.result))
    return text + "\n" + wrap(sizes_text(*sizes, report.result), width) + "\n";
  if (report.result.arms().size() < 2 || !report.result.find("followers")) return text;
  const std::string verdict = compare(report.result, "followers", "", -1).verdict;
  return text + "\n" + wrap(verdict, width) + "\n";
}

std::string timings_beside(const std::string& output) { return with_extension(output, ".h5", ".run.json"); }

// All that could hinder writing is better told before the work than after it.
void check_outputs(const Scenario& scenario, const std::string& output, bool force) {
  const std::string timings = timings_beside(output);
  for (const std::string& written : {output, timings}) {
    spare_input(scenario.path, written);
    if (!scenario.network.file.empty()) spare_input(resolve_path(scenario, scenario.network.file), written);
  }
  check_writable(output, force);
  check_writable(timings, true);
}

// Listens before the work begins: a port that is taken is better told now.
std::unique_ptr<Watch> open_watch(const Request& request, const Scenario& scenario, const std::string& output) {
  if (request.watch.empty()) return {};
  const std::string address = request.watch == "true" ? "" : request.watch;
  auto watch = std::make_unique<Watch>(read_watch_address(address),
                                       RunWatched{scenario.title, output, history_of(request), scenario.replicates});
  if (!watch->is_private())
    note("warning: other machines can reach this page; whoever does sees the scenario and its results\n");
  if (!request.quiet) note(fmt::format("Watch   {}\n", watch->url()));
  return watch;
}

RunReport simulate(const Request& request, const Scenario& scenario, const std::string& output, Watch* watch) {
  RunOptions options;
  options.threads = request.threads;
  options.max_seconds = request.max_seconds;
  options.history = history_of(request);
  options.stop = watch_signals(partial_of(output));
  options.board = watch == nullptr ? nullptr : &watch->board();
  ProgressLine line(request.quiet);
  options.progress = [&](const Progress& progress) {
    if (progress.ticks_done > 0) finish_what_is_in_hand();
    if (options.board != nullptr) options.board->tell(progress);
    line.show(progress);
  };
  return run(scenario, options);
}

Exit say_why_partial(const RunReport& report, const std::string& output, std::int64_t planned) {
  const char* reason = report.stopped_by < 0          ? "time limit reached"
                       : report.stopped_by == SIGTERM ? "terminated"
                                                      : "interrupted";
  note(fmt::format("{}: {} of {} replicates are whole; {} is a partial result\n", reason,
                   report.result.replicate_count(), planned, output));
  if (report.stopped_by < 0) return Exit::run;
  return report.stopped_by == SIGTERM ? Exit::terminated : Exit::interrupted;
}

}  // namespace

Exit run_scenario(const Request& request) {
  const std::vector<ModelChoice> models = model_choices();
  const Scenario scenario = load_scenario(request.file(), models, overrides_of(request));
  const std::string output = output_of(request);
  check_outputs(scenario, output, request.force);

  const std::unique_ptr<Watch> watch = open_watch(request, scenario, output);
  RunReport report = simulate(request, scenario, output, watch.get());
  const std::int64_t planned = report.result.integer_of("replicates_planned").value_or(scenario.replicates);
  write_result(output, report.result, request.force);
  publish(timings_beside(output), {timings_of(report, output, planned)}, true);

  if (request.json) {
    print(to_text(summary_of(report, output, planned)));
  } else if (!request.quiet) {
    print(summary_text(report, output));
  }
  if (watch) leave_signals(), watch->end(report.result);
  return report.result.complete ? Exit::ok : say_why_partial(report, output, scenario.replicates);
}

}  // namespace passalong
