// A result as one page for people: verdict, charts that answer one question each, and how to run it again. One file
// that needs no network; or, while a run goes on, a page that asks its own origin for the data again and again.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/observe/result.hpp"

namespace passalong {

// The same scenario with changes, to set beside the result the page is about.
struct Variation {
  std::string name;  // of its file
  Result result;
};

// The main series of a replicate that runs, drawn thin beside those that count.
struct ThinCurve {
  std::size_t arm = 0;
  double step = 1;  // days between values, from day 0 on
  std::vector<double> values;
};

// How far a run has got; what a live page tells above its charts.
struct RunProgress {
  std::int64_t finished = 0, running = 0, planned = 0;  // replicates
  double day = 0, days = 0;                             // of the least advanced world that runs; of all
  std::optional<double> seconds_left;                   // where it can be told
  bool ended = false;                                   // nothing more will come
  std::string output;                                   // the file the result goes to
  std::vector<ThinCurve> curves;
};

// The offline page.
std::string report_html(const Result& result, const std::vector<Variation>& variations = {});

// The page's data, one JSON object. A result may be half there: NaN where a replicate has not got that far, so that
// each statistic is over those which have. With `progress` the page says how far it is.
std::string page_data_json(const Result& result, const std::optional<RunProgress>& progress = {});

// A page that reads data.json from its own origin every three seconds until RunProgress::ended. It holds no data.
std::string live_page_html();
// The policy a server should send with it as Content-Security-Policy; the page states the same in its head.
std::string live_page_policy();

}  // namespace passalong
