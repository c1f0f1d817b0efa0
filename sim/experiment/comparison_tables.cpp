// A comparison for programs: JSON and CSV.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/experiment/ranking.hpp"
#include "sim/experiment/statistics.hpp"

namespace passalong {
namespace {
using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json interval(const Interval& i) { return Json::array({number(i.low), number(i.high)}); }
template <class Value>
Json maybe(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json pair_object(const PairResult& p) {
  Json pair{{"a", p.a},
            {"b", p.b},
            {"difference", number(p.difference.mean)},
            {"ci", interval(p.difference.ci)},
            {"p_a_beats_b", number(p.p_a_beats_b)},
            {"p_ci", interval(p.p_ci)},
            {"crossing_day", maybe(p.crossing_day)},
            {"correlation", number(p.correlation)},
            {"variance_reduction", number(p.variance_reduction)},
            {"paired", p.paired},
            {"not_paired_because", p.paired ? Json(nullptr) : Json(p.reason)},
            {"replicates_a", p.replicates_a},
            {"replicates_b", p.replicates_b},
            {"p_value", number(p.p_value)},
            {"p_adjusted", number(p.p_adjusted)},
            {"decided", p.decided()},
            {"simultaneous_ci", interval(p.simultaneous)},
            {"replicates_more", maybe(p.replicates_more)}};
  if (p.sequence) pair["sequence"] = interval(*p.sequence);
  return pair;
}

Json rank_object(const Ranked& r) {
  return {{"name", r.name},
          {"rank", r.rank},
          {"rank_range", Json::array({r.rank_from, r.rank_to})},
          {"best_possible", r.best_possible},
          {"file", r.file.empty() ? Json(nullptr) : Json(r.file)},
          {"replicates", r.replicates}};
}

Json file_object(const ComparedFile& f) {
  return {{"file", f.name.empty() ? Json(nullptr) : Json(f.name)},
          {"replicates", f.replicates},
          {"replicates_planned", f.replicates_planned},
          {"complete", f.complete}};
}

Json strategy_object(const StrategyResult& s) {
  return {{"name", s.name}, {"mean", number(s.value.mean)}, {"ci", interval(s.value.ci)}};
}

template <class All, class Of>
Json array_of(const All& all, const Of& of) {
  Json array = Json::array();
  for (const auto& each : all) array.push_back(of(each));
  return array;
}

// Empty where there is none.
std::string cell(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }
template <class Value>
std::string cell(const std::optional<Value>& value) {
  return value ? fmt::format("{}", *value) : "";
}
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}
std::string cell(bool yes) { return yes ? "true" : "false"; }

constexpr const char* columns =
    "row,metric,basis,units,day,name,against,file,replicates,against_replicates,mean,ci_low,ci_high,rank,rank_from,"
    "rank_to,best_possible,paired,p_value,p_adjusted,decided,simultaneous_low,simultaneous_high,p_a_beats_b,p_low,p_"
    "high,"
    "crossing_day,correlation,variance_reduction,replicates_more";

using Line = std::vector<std::string>;

Line begin(const char* row, const Comparison& c) { return {row, cell(c.metric), c.basis, cell(c.units), cell(c.at)}; }

Line strategy_line(const Comparison& c, const StrategyResult& s, const Ranked& r) {
  Line line = begin("strategy", c);
  line.insert(line.end(), {cell(s.name), "", cell(r.file), fmt::format("{}", r.replicates), "", cell(s.value.mean),
                           cell(s.value.ci.low), cell(s.value.ci.high), fmt::format("{}", r.rank),
                           fmt::format("{}", r.rank_from), fmt::format("{}", r.rank_to), cell(r.best_possible)});
  line.resize(line.size() + 13);  // the columns of pairs
  return line;
}

Line pair_line(const Comparison& c, const PairResult& p) {
  Line line = begin("pair", c);
  line.insert(line.end(),
              {cell(p.a), cell(p.b), "", fmt::format("{}", p.replicates_a), fmt::format("{}", p.replicates_b),
               cell(p.difference.mean), cell(p.difference.ci.low), cell(p.difference.ci.high), "", "", "", ""});
  line.insert(line.end(),
              {cell(p.paired), cell(p.p_value), cell(p.p_adjusted), cell(p.decided()), cell(p.simultaneous.low),
               cell(p.simultaneous.high), cell(p.p_a_beats_b), cell(p.p_ci.low), cell(p.p_ci.high),
               cell(p.crossing_day), cell(p.correlation), cell(p.variance_reduction), cell(p.replicates_more)});
  return line;
}

std::string as_record(const Line& line) { return fmt::format("{}\r\n", fmt::join(line, ",")); }
}  // namespace

std::string comparison_json(const Comparison& c) {
  const Json object = {{"schema", 1},
                       {"metric", c.metric},
                       {"at", number(c.at)},
                       {"replicates", c.replicates},
                       {"replicates_planned", c.replicates_planned},
                       {"complete", c.complete},
                       {"dimension", c.arm},
                       {"strategies", array_of(c.strategies, strategy_object)},
                       {"pairs", array_of(c.pairs, pair_object)},
                       {"verdict", c.verdict},
                       {"basis", c.basis},
                       {"units", c.units},
                       {"meaning", c.meaning},
                       {"ranking", array_of(c.ranking, rank_object)},
                       {"procedure", procedure_of(c)},
                       {"files", array_of(c.files, file_object)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string comparison_csv(const Comparison& c) {
  std::string text = std::string(columns) + "\r\n";
  for (std::size_t i = 0; i < c.strategies.size(); ++i)
    text += as_record(strategy_line(c, c.strategies[i], c.ranking[i]));
  for (const PairResult& p : c.pairs) text += as_record(pair_line(c, p));
  return text;
}

}  // namespace passalong
