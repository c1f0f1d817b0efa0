#include "sim/cli/until_output.hpp"

#include <cmath>

namespace passalong {
namespace {
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json interval(const Interval& i) { return Json::array({number(i.low), number(i.high)}); }

void add_intervals(Json& object, const Outlook& outlook) {
  for (const PairOutlook& p : outlook.pairs)
    object["pairs"].push_back({{"a", outlook.arms[p.a]},
                               {"b", outlook.arms[p.b]},
                               {"difference", number(p.difference)},
                               {"sequence", interval(p.sequence)}});
  if (!outlook.pairs.empty()) return;
  const Json name = outlook.arms.empty() ? Json(nullptr) : Json(outlook.arms.front());
  object["arms"] =
      Json::array({{{"name", name}, {"mean", number(outlook.means.front())}, {"sequence", interval(outlook.alone)}}});
}
}  // namespace

Json until_json(const RunReport& report) {
  const std::string rule = report.result.text_of("until");
  if (rule.empty()) return nullptr;
  Json object{{"rule", rule},
              {"metric", report.outlook ? report.outlook->until.metric : "size"},
              {"stopped", report.result.text_of("stopped")},
              {"replicates", report.result.replicate_count()},
              {"pairs", Json::array()}};
  if (report.outlook) add_intervals(object, *report.outlook);
  return object;
}

std::string until_text(const RunReport& report) {
  return report.outlook ? "Ended   " + ended_line(*report.outlook) : "";
}

std::string until_paragraph(const RunReport& report) { return report.outlook ? intervals_text(*report.outlook) : ""; }

}  // namespace passalong
