// passalong branch: a result whose worlds go on under other futures.
#include "sim/experiment/branch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <csignal>

#include "sim/base/failure.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/resimulation.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/experiment/wording.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"
#include "sim/scenario/input_files.hpp"

namespace passalong {
namespace {

void check_request(const Request& request) {
  if (request.moment.empty()) throw Failure(Exit::usage, "--at is missing: from when on?", "such as --at \"day 60\"");
  if (request.set.empty() && request.futures.empty())
    throw Failure(Exit::usage, "no future to continue it under",
                  "change something: --set strategy.NAME.mix.value=0.8, or --future \"NAME: KEY=VALUE\"");
  if (request.set.empty() && !request.name.empty())
    throw Failure(Exit::usage, "--name is for the future that --set makes", "--future \"NAME: ...\" has its own name");
}

std::vector<FutureWish> wishes_of(const Request& request) {
  std::vector<FutureWish> wishes;
  if (!request.set.empty()) wishes.push_back({request.name, request.set});
  for (const std::string& future : request.futures) wishes.push_back(read_future(future));
  return wishes;
}

// As it was put, without the folders of its files.
std::string future_text(const std::string& future) {
  const FutureWish wish = read_future(future);
  std::string text = wish.name.empty() ? "" : wish.name + ": ";
  for (const std::string& change : wish.changes)
    text += (&change == &wish.changes.front() ? "" : ", ") + without_folder(change);
  return text;
}

// What decides the values, as for `run`.
std::string history_of(const Request& request) {
  std::string history =
      fmt::format("passalong branch {} --at {}", quoted(file_name(request.file())), quoted(request.moment));
  for (const std::string& change : request.set) history += " --set " + quoted(without_folder(change));
  if (!request.name.empty()) history += " --name " + quoted(request.name);
  for (const std::string& future : request.futures) history += " --future " + quoted(future_text(future));
  return history;
}

RunReport simulate(const Request& request, const Result& past, const std::string& output,
                   std::vector<std::string>& notes) {
  BranchOptions options;
  options.at = request.moment, options.futures = wishes_of(request);
  options.run.threads = request.threads, options.run.max_seconds = request.max_seconds;
  options.run.history = history_of(request);
  options.run.stop = watch_signals(partial_of(output));
  options.note = [&](const std::string& told) { notes.push_back(told); };
  ProgressLine line(request.quiet);
  options.run.progress = [&](const Progress& progress) {
    if (progress.ticks_done > 0) finish_what_is_in_hand();
    line.show(progress);
  };
  return branch(past, scenario_of(past, request.file(), request.inputs), options);
}

// "'softer' ends 120 followers above 'pitch' (95 % interval 80 to 160)."
std::string outcome(const PairResult& pair, bool is_first) {
  const double difference = is_first ? pair.difference.mean : -pair.difference.mean;
  const bool above = difference > 0;
  const Interval& ci = pair.difference.ci;
  const Interval told = is_first == above ? ci : Interval{-ci.high, -ci.low};
  if (difference == 0 && ci.low == ci.high) return "as";
  if (readable(std::abs(difference)) == "0")
    return fmt::format("level with '{}' (95 % interval {})", is_first ? pair.b : pair.a, readable(told));
  return fmt::format("{} followers {} '{}' (95 % interval {})", readable(std::abs(difference)),
                     above ? "above" : "below", is_first ? pair.b : pair.a, readable(told));
}

// A line a future, where it can be told.
std::string outcomes(const Result& result, std::size_t width) {
  std::string text;
  if (result.find("followers") == nullptr) return text;
  for (const auto& future : Json::parse(result.text_of("futures"))) {
    const std::string name = future.at("name"), of = future.at("of");
    for (const PairResult& pair : compare(result, "followers", of, -1).pairs) {
      if (pair.a != name && pair.b != name) continue;
      const std::string told = outcome(pair, pair.a == name);
      text +=
          wrap(fmt::format("'{}' ends {}{}.", name, told, told == "as" ? fmt::format(" '{}' does", of) : ""), width);
      text += "\n";
    }
  }
  return text;
}

std::string summary_text(const RunReport& report, const std::string& output) {
  const Result& result = report.result;
  std::string text =
      fmt::format("Result  {}\nDigest  {}\nFrom    {} on\n", output, result.digest, result.text_of("branch_at"));
  text += fmt::format("Took    {} on {} thread{}, {} of memory\n", seconds_text(report.seconds), report.threads,
                      report.threads == 1 ? "" : "s", bytes_text(report.peak_memory_bytes));
  const std::string told = outcomes(result, static_cast<std::size_t>(terminal_width(STDOUT_FILENO)));
  return told.empty() ? text : text + "\n" + told;
}

Json summary_of(const RunReport& report, const std::string& output) {
  const Result& result = report.result;
  return {{"schema", 1},
          {"output", output},
          {"digest", result.digest},
          {"branch_of", result.text_of("branch_of")},
          {"branch_at", result.text_of("branch_at")},
          {"futures", Json::parse(result.text_of("futures"))},
          {"complete", result.complete},
          {"replicates", result.replicate_count()},
          {"seconds", report.seconds},
          {"deliveries", report.deliveries},
          {"impressions", report.impressions},
          {"shares", report.shares},
          {"peak_memory_bytes", report.peak_memory_bytes},
          {"threads", report.threads}};
}

Exit say_why_partial(const RunReport& report, const std::string& output) {
  note(fmt::format("{}: {} replicates are whole; {} is a partial result\n",
                   report.stopped_by < 0          ? "time limit reached"
                   : report.stopped_by == SIGTERM ? "terminated"
                                                  : "interrupted",
                   report.result.replicate_count(), output));
  if (report.stopped_by < 0) return Exit::run;
  return report.stopped_by == SIGTERM ? Exit::terminated : Exit::interrupted;
}

}  // namespace

Exit branch_result(const Request& request) {
  check_request(request);
  const std::string output =
      request.output.empty() ? with_extension(request.file(), ".h5", ".branch.h5") : request.output;
  const Result past = read_result(request.file());
  spare_input(request.file(), output);
  check_writable(output, request.force);

  std::vector<std::string> notes;
  RunReport report = simulate(request, past, output, notes);
  write_result(output, report.result, request.force);
  if (request.json)
    print(to_text(summary_of(report, output)));
  else if (!request.quiet)
    print(summary_text(report, output));
  if (!request.quiet)
    for (const std::string& told : notes) note("note: " + told + "\n");
  return report.stopped_by == 0 ? Exit::ok : say_why_partial(report, output);
}

}  // namespace passalong
