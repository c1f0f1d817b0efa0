#include "sim/cli/network_made.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "sim/base/stopwatch.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/network/statistics/power_law.hpp"
#include "sim/network/statistics/summary.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

std::string number(double value, int decimals) {
  return decimals == 0 ? count_text(static_cast<std::uint64_t>(value)) : fmt::format("{:.{}f}", value, decimals);
}

double tail_exponent(const Network& network) {
  std::vector<unsigned long long> histogram;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const std::uint32_t count = network.follower_count(a);
    if (count >= histogram.size()) histogram.resize(count + 1ULL);
    ++histogram[count];
  }
  return fit_tail_exponent(histogram);
}

std::string table_of(const std::vector<Figure>& figures) {
  bool any_asked = false;
  for (const Figure& f : figures) any_asked |= f.asked.has_value();
  std::string text = any_asked ? fmt::format("  {:<18}{:>16}{:>16}\n", "", "asked for", "came out") : "";
  for (const Figure& f : figures) {
    std::string name = f.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    const std::string asked = f.asked ? number(*f.asked, f.decimals) : "";
    const bool unknown = std::string(f.name) == "tail_exponent" && f.hit == 0;
    text += fmt::format("  {:<18}{:>{}}{:>16}\n", name, any_asked ? asked : "", any_asked ? 16 : 0,
                        unknown ? "none" : number(f.hit, f.decimals));
  }
  return text;
}

double rate(double amount, double seconds) { return seconds > 0 ? amount / seconds : 0; }

std::string times_of(const Network& network, const MadeNetwork& made, std::uint64_t bytes, double writing) {
  std::string text = fmt::format("  took {} to {}, {} follows/s", seconds_text(made.seconds), made.verb,
                                 rate_text(rate(static_cast<double>(network.follows()), made.seconds)));
  if (made.bytes_read > 0)
    text += fmt::format(", {:.0f} MB/s", rate(static_cast<double>(made.bytes_read) / 1e6, made.seconds));
  return text + fmt::format("; {} to write {}, {:.0f} MB/s\n", seconds_text(writing), bytes_text(bytes),
                            rate(static_cast<double>(bytes) / 1e6, writing));
}

Json json_of(const Request& request, const Network& network, const MadeNetwork& made,
             const std::vector<Figure>& figures, std::uint64_t bytes, double writing) {
  Json object{{"schema", 1}, {"output", request.output}, {"how", made.how}}, asked = Json::object();
  for (const Figure& f : figures) {
    if (f.decimals == 0)
      object[f.name] = static_cast<std::uint64_t>(f.hit);
    else
      object[f.name] = f.hit;
    if (f.asked) asked[f.name] = *f.asked;
  }
  object["asked"] = asked;
  object["bytes"] = bytes;
  object["seconds"] = made.seconds;
  object["seconds_writing"] = writing;
  object["follows_per_second"] = rate(static_cast<double>(network.follows()), made.seconds);
  if (made.bytes_read > 0) object["bytes_per_second"] = rate(static_cast<double>(made.bytes_read), made.seconds);
  return object;
}

}  // namespace

std::vector<Figure> figures_of(const Network& network) {
  const double follows = static_cast<double>(network.follows());
  return {{.name = "accounts", .hit = static_cast<double>(network.accounts())},
          {.name = "follows", .hit = follows},
          {.name = "mean_followers", .hit = rate(follows, static_cast<double>(network.accounts())), .decimals = 3},
          {.name = "reciprocity", .hit = share_returned(network), .decimals = 4},
          {.name = "tail_exponent", .hit = tail_exponent(network), .decimals = 3},
          {.name = "self_loops", .hit = static_cast<double>(network.self_loops)},
          {.name = "duplicates", .hit = static_cast<double>(network.duplicates)}};
}

void check_output(const Request& request) {
  if (request.output.empty())
    throw Failure(Exit::usage, fmt::format("`{}` needs the name of the file to write", request.verb->name),
                  "-o NET.h5");
  for (const std::string& file : request.files) spare_input(file, request.output);
  if (!request.attributes.empty()) spare_input(request.attributes, request.output);
  check_writable(request.output, request.force);
}

void write_and_tell(const Request& request, const Network& network, const NetworkNote& note, const MadeNetwork& made,
                    const std::vector<Figure>& figures, Team& team) {
  const Stopwatch watch;
  write_network(network, note, request.output, request.force, team);
  const double writing = watch.seconds();
  const std::uint64_t bytes = std::filesystem::file_size(request.output);
  if (request.json) {
    print(to_text(json_of(request, network, made, figures, bytes, writing)));
  } else if (!request.quiet) {
    print(fmt::format("{}: {}\n", request.output, made.how) + table_of(figures) +
          times_of(network, made, bytes, writing));
  }
}

}  // namespace passalong
