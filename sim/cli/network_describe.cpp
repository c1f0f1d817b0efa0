// passalong network describe: what a network looks like, on one page.
#include <fmt/format.h>

#include <cmath>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/network_source.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/run.hpp"
#include "sim/network/statistics/summary.hpp"

namespace passalong {
namespace {

void refuse_too_large(const std::string& file, const Network& network) {
  const std::uint64_t need = forecast_describe_bytes(network, for_describing), have = available_memory();
  if (need <= have) return;
  throw Failure(Exit::resources,
                {Fault{.file = file,
                       .message = fmt::format("describing it would need another {} of memory; {} may be "
                                              "used here",
                                              bytes_text(need), bytes_text(have)),
                       .help = "describe it on a machine with more memory"}});
}

// ---- the page ----

std::string line(const char* name, const std::string& value, const std::string& remark = "") {
  return fmt::format("  {:<24}{:>16}{}{}\n", name, value, remark.empty() ? "" : "   ", remark);
}

std::string count(double value) { return count_text(static_cast<std::uint64_t>(value + 0.5)); }

std::string decimal(double value, int decimals = 4) {
  return std::isnan(value) ? "none" : fmt::format("{:.{}f}", value, decimals);
}

std::string error_of(double error, int decimals = 4) {
  return error > 0 ? fmt::format("± {:.{}f}", error, decimals) : "";
}

std::string share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "";
  return fmt::format("{:.1f} % of the accounts", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string tail(double exponent, double error, std::uint64_t from) {
  return exponent > 0 ? fmt::format("± {:.3f}, from {} on", error, count_text(from)) : "";
}

std::string size_part(const NetworkSummary& s) {
  return "Size\n" + line("accounts", count_text(s.accounts)) + line("follows", count_text(s.follows)) +
         line("ties", count_text(s.ties), "pairs of accounts of which one follows the other, or both") +
         line("self-loops dropped", count_text(s.self_loops)) + line("duplicates dropped", count_text(s.duplicates)) +
         line("memory", bytes_text(s.bytes));
}

std::string degree_part(const NetworkSummary& s) {
  std::string text = "\nDegrees\n" + line("mean followers", decimal(s.mean_followers, 3)) +
                     line("most followers", count_text(s.most_followers)) +
                     line("most followees", count_text(s.most_followees));
  text += line("tail exponent", s.tail_exponent > 0 ? decimal(s.tail_exponent, 3) : "none",
               tail(s.tail_exponent, s.tail_exponent_error, s.tail_from));
  text += line("  of followees", s.followee_exponent > 0 ? decimal(s.followee_exponent, 3) : "none",
               tail(s.followee_exponent, s.followee_exponent_error, s.followee_tail_from));
  return text + line("reciprocity", decimal(s.reciprocity)) +
         line("followed back by none", decimal(s.without_return), "share of the accounts");
}

std::string triangle_part(const NetworkSummary& s) {
  return fmt::format("\nTriangles ({})\n", s.triangles_sampled ? "sampled, with standard errors" : "counted") +
         line("triangles", count(s.triangles), s.triangles_error > 0 ? "± " + count(s.triangles_error) : "") +
         line("clustering", decimal(s.clustering), error_of(s.clustering_error)) +
         line("transitivity", decimal(s.transitivity), error_of(s.transitivity_error));
}

std::string component_part(const NetworkSummary& s) {
  return "\nComponents\n" + line("weakly connected", count_text(s.components)) +
         line("  the largest", count_text(s.largest_component), share(s.largest_component, s.accounts)) +
         line("strongly connected", count_text(s.strong_components)) +
         line("  the largest", count_text(s.largest_strong_component), share(s.largest_strong_component, s.accounts));
}

std::string assortativity_part(const NetworkSummary& s) {
  return "\nAssortativity (correlation of the follower's count with that of the followed)\n" +
         line("followees, followees", decimal(s.followees_to_followees)) +
         line("followers, followees", decimal(s.followers_to_followees)) +
         line("followees, followers", decimal(s.followees_to_followers)) +
         line("followers, followers", decimal(s.followers_to_followers)) + line("ties", decimal(s.assortativity));
}

std::string distance_part(const NetworkSummary& s) {
  const std::string from =
      fmt::format("from {} accounts{}", count_text(s.sources), s.distances_sampled ? ", drawn" : "");
  return fmt::format("\nDistances over ties ({})\n", from) +
         line("effective diameter", decimal(s.effective_diameter, 3), error_of(s.effective_diameter_error, 3)) +
         line("mean distance", decimal(s.mean_path, 3), error_of(s.mean_path_error, 3));
}

std::string spectrum_part(const NetworkSummary& s) {
  return fmt::format("\nSpectrum ({} iterations, {} to a relative {:g})\n", s.spectral_iterations,
                     s.spectral_converged ? "converged" : "not converged", s.spectral_tolerance) +
         line("spectral radius", decimal(s.spectral_radius),
              fmt::format("between {:.6g} and {:.6g}", s.spectral_low, s.spectral_high));
}

std::string bin_name(std::size_t bin) {
  if (bin < 2) return std::to_string(bin);
  return fmt::format("{} to {}", count_text(std::uint64_t{1} << (bin - 1)), count_text((std::uint64_t{1} << bin) - 1));
}

std::string histogram_part(const NetworkSummary& s) {
  std::size_t bins = 0;
  for (std::size_t b = 0; b < s.followers.size(); ++b)
    if (s.followers[b] + s.followees[b] > 0) bins = b + 1;
  std::string text = fmt::format("\n{:<26}{:>16}{:>16}\n", "Accounts with so many", "followers", "followees");
  for (std::size_t b = 0; b < bins; ++b)
    text += fmt::format("  {:<24}{:>16}{:>16}\n", bin_name(b), count(static_cast<double>(s.followers[b])),
                        count(static_cast<double>(s.followees[b])));
  return text;
}

std::string page_of(const std::string& file, const NetworkSummary& s) {
  return file + "\n\n" + size_part(s) + degree_part(s) + triangle_part(s) + component_part(s) + assortativity_part(s) +
         distance_part(s) + spectrum_part(s) + histogram_part(s);
}

// ---- JSON ----

Json histogram_of(const DegreeBins& bins) {
  Json all = Json::array();
  for (std::size_t b = 0; b < bins.size(); ++b)
    if (bins[b] > 0) all.push_back({{"from", b == 0 ? 0 : std::uint64_t{1} << (b - 1)}, {"accounts", bins[b]}});
  return all;
}

Json json_of(const NetworkSummary& s) {
  Json object{{"schema", 1},
              {"accounts", s.accounts},
              {"follows", s.follows},
              {"ties", s.ties},
              {"self_loops", s.self_loops},
              {"duplicates", s.duplicates},
              {"bytes", s.bytes},
              {"mean_followers", s.mean_followers}};
  object.update({{"most_followers", s.most_followers},
                 {"most_followees", s.most_followees},
                 {"reciprocity", s.reciprocity},
                 {"without_return", s.without_return},
                 {"tail_exponent", s.tail_exponent},
                 {"tail_exponent_error", s.tail_exponent_error},
                 {"tail_from", s.tail_from},
                 {"followee_exponent", s.followee_exponent},
                 {"followee_exponent_error", s.followee_exponent_error}});
  object.update({{"triangles", s.triangles},
                 {"triangles_error", s.triangles_error},
                 {"clustering", s.clustering},
                 {"clustering_error", s.clustering_error},
                 {"transitivity", s.transitivity},
                 {"transitivity_error", s.transitivity_error},
                 {"triangles_sampled", s.triangles_sampled}});
  object.update({{"components", s.components},
                 {"largest_component", s.largest_component},
                 {"strong_components", s.strong_components},
                 {"largest_strong_component", s.largest_strong_component}});
  object.update({{"followees_to_followees", s.followees_to_followees},
                 {"followers_to_followees", s.followers_to_followees},
                 {"followees_to_followers", s.followees_to_followers},
                 {"followers_to_followers", s.followers_to_followers},
                 {"assortativity", s.assortativity}});
  object.update({{"effective_diameter", s.effective_diameter},
                 {"effective_diameter_error", s.effective_diameter_error},
                 {"mean_path", s.mean_path},
                 {"mean_path_error", s.mean_path_error},
                 {"distance_sources", s.sources},
                 {"distances_sampled", s.distances_sampled}});
  object.update({{"spectral_radius", s.spectral_radius},
                 {"spectral_low", s.spectral_low},
                 {"spectral_high", s.spectral_high},
                 {"spectral_tolerance", s.spectral_tolerance},
                 {"spectral_converged", s.spectral_converged}});
  object.update({{"follower_histogram", histogram_of(s.followers)}, {"followee_histogram", histogram_of(s.followees)}});
  return object;
}

}  // namespace

Exit describe_network(const Request& request) {
  Team team(request.threads);
  ProgressLine line(request.quiet);
  line.show({.phase = "reading the network"});
  const Network network = network_in(request.file(), request.direction, team);
  refuse_too_large(request.file(), network);
  line.show({.phase = "describing the network"});
  const NetworkSummary summary = describe(network, team, for_describing);
  print(request.json ? to_text(json_of(summary)) : page_of(request.file(), summary));
  return Exit::ok;
}

}  // namespace passalong
