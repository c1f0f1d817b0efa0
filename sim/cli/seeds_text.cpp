// Numbers of accounts are given to the digit that their standard error leaves sure.
#include "sim/cli/seeds_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/cli/json.hpp"
#include "sim/cli/readable.hpp"

namespace passalong {
namespace {

std::string reach_text(const Estimate& e) {
  const int decimals = e.se <= 0 ? 1 : std::clamp(1 - static_cast<int>(std::floor(std::log10(e.se))), 0, 4);
  return fmt::format("{:.{}f} ± {:.{}f}", e.mean, decimals, e.se, decimals);
}

// As TOML writes a text.
std::string quoted(const std::string& label) {
  std::string text = "\"";
  for (const char c : label) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string line_of_seeds(const SeedsReport& report) {
  std::string line = "seeds = [";
  for (const ChosenSeed& seed : report.seeds) line += (line.back() == '[' ? "" : ", ") + quoted(seed.label);
  return line + "]";
}

std::string cell(const std::string& text, std::size_t width) {  // to the right; `±` is two bytes and one column
  std::size_t columns = 0;
  for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
  return std::string(columns < width ? width - columns : 0, ' ') + text;
}

std::string table(const SeedsReport& report) {
  std::size_t widest = 7;
  for (const ChosenSeed& seed : report.seeds) widest = std::max(widest, seed.label.size());
  std::string text =
      fmt::format("  rank  {:<{}}  {:>10}  {:>20}  {:>20}\n", "account", widest, "followers", "adds", "together reach");
  for (std::size_t i = 0; i < report.seeds.size(); ++i) {
    const ChosenSeed& seed = report.seeds[i];
    text += fmt::format("  {:>4}  {:<{}}  {:>10}  {}  {}\n", i + 1, seed.label, widest, count_text(seed.followers),
                        cell(reach_text(seed.gain), 20), cell(reach_text(seed.spread), 20));
  }
  return text;
}

std::string baselines(const SeedsReport& report) {
  return fmt::format("\n  as many of the most followed reach {}\n  as many at random reach {}\n",
                     reach_text(report.most_followed), reach_text(report.random));
}

std::string guarantee(const SeedsReport& report, const Request& request) {
  const std::size_t k = report.seeds.size();
  if (report.least_share <= 0)
    return fmt::format(
        "On the {} live graphs drawn they reach at least 63.2 % (1 - 1/e) of what the best {} would; how well these "
        "graphs stand for all is not bounded: more --samples tell, or --method imm.",
        count_text(report.choice.sets), k);
  const double share =
      report.choice.best_at_most > 0 ? report.seeds.back().spread.mean / report.choice.best_at_most : 1;
  return fmt::format(
      "Guaranteed, with a probability of at least {:.6g} each: they reach {:.1f} % (1 - 1/e - {:g}) of what the best "
      "{} "
      "reach, "
      "or more; and {} reverse reachable sets tell that no {} reach more than {:.1f}, of which these reach {:.1f} %.",
      1 - report.failure, 100 * report.least_share, request.epsilon, k, count_text(report.choice.sets), k,
      report.choice.best_at_most, 100 * share);
}

Json json_of(const Estimate& e) { return {{"mean", e.mean}, {"se", e.se}}; }
}  // namespace

std::string seeds_text(const SeedsReport& report, const Request& request, std::size_t width) {
  const std::string head =
      fmt::format("{} of {} accounts, by {}\n\n", count_text(report.seeds.size()), count_text(report.accounts),
                  request.method == "imm" ? "reverse reachable sets (IMM)" : "greedy choice on live graphs (CELF)");
  const std::string how =
      fmt::format("Choosing took {}, {} of memory; all of it {} on {} thread{}. ± are standard errors.",
                  seconds_text(report.choosing_seconds), bytes_text(report.choice.bytes), seconds_text(report.seconds),
                  report.threads, report.threads == 1 ? "" : "s");
  return head + table(report) + baselines(report) + "\n" + wrap(guarantee(report, request), width) + "\n" +
         wrap(how, width) + "\n\nIn a scenario, under [model]:\n" + line_of_seeds(report) + "\n";
}

std::string seeds_json(const SeedsReport& report, const Request& request) {
  Json seeds = Json::array();
  for (const ChosenSeed& seed : report.seeds)
    seeds.push_back({{"rank", seeds.size() + 1},
                     {"label", seed.label},
                     {"followers", seed.followers},
                     {"gain", seed.gain.mean},
                     {"gain_se", seed.gain.se},
                     {"foreseen", seed.foreseen},
                     {"spread", json_of(seed.spread)}});
  Json object{{"schema", 1},
              {"method", request.method},
              {"seeds", seeds},
              {"spread", json_of(report.seeds.back().spread)},
              {"baselines", {{"most_followed", json_of(report.most_followed)}, {"random", json_of(report.random)}}},
              {"sets", report.choice.sets},
              {"set_members", report.choice.members}};
  if (report.least_share > 0)
    object["guarantee"] = {{"share_of_best", report.least_share},
                           {"probability", 1 - report.failure},
                           {"epsilon", request.epsilon},
                           {"best_at_most", report.choice.best_at_most}};
  object.update({{"accounts", report.accounts},
                 {"follows", report.follows},
                 {"memory_bytes", report.choice.bytes},
                 {"choosing_seconds", report.choosing_seconds},
                 {"seconds", report.seconds},
                 {"threads", report.threads}});
  return to_text(object);
}

std::string seeds_csv(const SeedsReport& report) {
  std::string text = "rank,account,followers,gain,gain_se,spread,spread_se\n";
  for (std::size_t i = 0; i < report.seeds.size(); ++i) {
    const ChosenSeed& s = report.seeds[i];
    std::string label = s.label;
    for (std::size_t at = 0; (at = label.find('"', at)) != std::string::npos; at += 2) label.insert(at, "\"");
    if (label.find_first_of(",\"\r\n") != std::string::npos) label = '"' + label + '"';
    text += fmt::format("{},{},{},{},{},{},{}\n", i + 1, label, s.followers, s.gain.mean, s.gain.se, s.spread.mean,
                        s.spread.se);
  }
  return text;
}

}  // namespace passalong
