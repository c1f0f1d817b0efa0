// Data are written when somebody asks, not more often than every second, and kept until there is more to see.
#include "sim/watch/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/base/version.hpp"
#include "sim/report/report.hpp"

namespace passalong {
namespace {

using Json = nlohmann::ordered_json;

// No more points than a thin line shows.
ThinCurve thin(const RunningCurve& curve, double step) {
  constexpr std::size_t most_points = 400;
  const std::size_t stride = 1 + curve.values.size() / most_points;
  ThinCurve kept{curve.arm, step * static_cast<double>(stride), {}};
  for (std::size_t i = 0; i < curve.values.size(); i += stride) kept.values.push_back(curve.values[i]);
  return kept;
}

Answer say(int status, std::string text, const char* type = "text/plain; charset=utf-8") {
  return {status, type, "", std::make_shared<const std::string>(std::move(text))};
}

// Before the first row there is nothing but what the run is called.
Result nothing_yet(const RunWatched& run) {
  Result result;
  result.text = {{"title", run.title}, {"source", std::string("passalong ") + version()}, {"history", run.history}};
  result.complete = false;
  return result;
}

std::string count(std::int64_t n, const char* what) { return n == 0 ? "" : fmt::format(", {} {}", n, what); }

std::string sentence(const RunProgress& p, const Progress& told) {
  if (p.ended) return fmt::format("the run has ended; its result is {}", p.output);
  if (told.ticks_done == 0) return fmt::format("making the {}", *told.phase == 0 ? "network" : told.phase);
  std::string text = fmt::format("replicates {} of {} finished{}", p.finished, p.planned, count(p.running, "running"));
  if (p.running > 0 && p.days > 0) text += fmt::format(", day {:g} of {:g}", p.day, p.days);
  if (p.seconds_left) text += fmt::format(", about {:.0f} s left", std::ceil(*p.seconds_left));
  return text;
}

}  // namespace

Site::Site(const LiveBoard& board, RunWatched run) : board_(board), run_(std::move(run)) {}

Answer Site::answer(const Asked& asked) {
  if (asked.method != "GET" && asked.method != "HEAD") return say(405, "this run can be watched, not changed\n");
  if (asked.path == "/") return say(200, live_page_html(), "text/html; charset=utf-8");
  if (asked.path == "/data.json") return answer_data(asked);
  if (asked.path == "/progress.json") return say(200, progress_json(), "application/json");
  if (asked.path == "/favicon.ico") return say(204, "");
  return say(404, "there are /, /data.json and /progress.json\n");
}

Answer Site::answer_data(const Asked& asked) {
  const Edition now = edition();
  if (asked.method == "GET") note_reader(asked.watcher, now.name);
  if (asked.known == now.name) return {304, "", now.name, std::make_shared<const std::string>()};
  return {200, "application/json", now.name, now.text};
}

// Written by one worker at a time; the others meanwhile have the one before.
Site::Edition Site::edition() {
  std::unique_lock writing(writing_, std::defer_lock);
  {
    const std::scoped_lock lock(mutex_);
    if (newest_.text != nullptr && (ended_ || Clock::now() < due_ || !writing.try_lock())) return newest_;
  }
  if (!writing.owns_lock()) writing.lock();
  const auto began = Clock::now();
  Edition next = write_edition();
  const auto end = Clock::now();
  const std::scoped_lock lock(mutex_);
  due_ = end + std::clamp<Clock::duration>(10 * (end - began), least_pause, longest_pause);
  if (next.changes == 0) due_ = end;  // the first row is worth hurrying for
  if (!ended_) newest_ = std::move(next);
  return newest_;
}

// The same again where there is no more to see, or, between the last row and the result, nothing at all.
Site::Edition Site::write_edition() const {
  const Headway now = board_.headway();
  Edition before;
  {
    const std::scoped_lock lock(mutex_);
    before = newest_;
  }
  if (before.text != nullptr && now.changes == before.changes) return before;
  const std::optional<Result> result = board_.result();
  if (!result && before.text != nullptr) return before;
  RunProgress progress = progress_now(now);
  if (result && result->time.size() > 1)
    for (const RunningCurve& curve : board_.running()) progress.curves.push_back(thin(curve, result->time[1]));
  std::string text = page_data_json(result.value_or(nothing_yet(run_)), progress);
  return {now.changes, fmt::format("\"{}\"", now.changes), std::make_shared<const std::string>(std::move(text))};
}

RunProgress Site::progress_now(const Headway& now) const {
  RunProgress progress;
  progress.finished = now.finished, progress.running = now.running, progress.planned = now.planned;
  progress.day = now.day, progress.days = now.days;
  if (now.planned == 0) {  // replicates that are told by their number alone
    const Progress told = board_.progress();
    progress.planned = run_.replicates;
    if (told.worlds_total == static_cast<std::uint64_t>(run_.replicates))
      progress.finished = static_cast<std::int64_t>(told.worlds_done);
  }
  progress.output = run_.output;
  progress.seconds_left = board_.seconds_left();
  return progress;
}

std::string Site::progress_json() const {
  RunProgress p = progress_now(board_.headway());
  const Progress told = board_.progress();
  std::string edition;
  {
    const std::scoped_lock lock(mutex_);
    p.ended = ended_, edition = newest_.name;
  }
  Json json{
      {"schema", 1}, {"text", sentence(p, told)}, {"ended", p.ended}, {"output", p.output}, {"phase", told.phase}};
  json["replicates"] = {{"finished", p.finished}, {"running", p.running}, {"planned", p.planned}};
  json["day"] = p.day, json["days"] = p.days, json["seconds"] = told.seconds;
  json["seconds_left"] = p.seconds_left && !p.ended ? Json(*p.seconds_left) : Json(nullptr);
  json["deliveries"] = told.deliveries;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void Site::end(const Result& result) {
  RunProgress progress = progress_now(board_.headway());
  progress.finished = static_cast<std::int64_t>(result.replicate_count()), progress.running = 0;
  progress.seconds_left = {}, progress.ended = true;
  const std::scoped_lock writing(writing_);
  auto text = std::make_shared<const std::string>(page_data_json(result, progress));
  const std::scoped_lock lock(mutex_);
  newest_ = {0, "\"end\"", std::move(text)};
  ended_ = true;
}

void Site::note_reader(const std::string& watcher, const std::string& edition) {
  const auto now = Clock::now();
  const std::scoped_lock lock(mutex_);
  std::erase_if(readers_, [&](const auto& reader) { return now - reader.second.seen > memory; });
  constexpr std::size_t most_readers = 64;
  if (readers_.size() < most_readers || readers_.contains(watcher)) readers_[watcher] = {now, edition};
}

bool Site::is_watched() const {
  const auto now = Clock::now();
  const std::scoped_lock lock(mutex_);
  for (const auto& [watcher, reader] : readers_)
    if (now - reader.seen <= memory && !(ended_ && reader.edition == newest_.name)) return true;
  return false;
}

}  // namespace passalong
