// Values arrive as text and are read by command_line.hpp's strict readers, never by CLI11's conversions.
#include "sim/cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/base/types.hpp"
#include "sim/cli/command_line.hpp"

namespace passalong {
namespace {

using Take = std::function<void(const std::string&)>;

// An option with one value; given again, the last one counts.
void value(CLI::App& options, const char* name, const char* kind, const char* help, const Take& take) {
  options.add_option_function<std::string>(name, take, help)->type_name(kind)->take_last();
}

void check_file_name(const std::string& option, const std::string& name) {
  if (name.empty()) throw Failure(Exit::usage, option + ": a file name is missing");
  if (name.starts_with("-")) {
    throw Failure(Exit::usage, option + ": `" + name + "` looks like an option", "a file of that name is ./" + name);
  }
}

void declare_json(CLI::App& options, Request& request) {
  options.add_flag("--json", request.json, "Print one JSON object, errors too");
  value(options, "--color", "WHEN", "Colour of messages: auto, always or never (auto)", [&](const std::string& when) {
    check_colour("--color", when);
    request.colour = when;
  });
}

void declare_quiet(CLI::App& options, Request& request) {
  options.add_flag("-q,--quiet", request.quiet, "Print nothing but errors");
}

void declare_output(CLI::App& options, Request& request, const char* kind, const char* help) {
  value(options, "-o,--output", kind, help, [&](const std::string& name) {
    check_file_name("--output", name);
    request.output = name;
  });
  options.add_flag("-f,--force", request.force, "Overwrite a file that exists");
}

void add_change(Request& request, const std::string& change) {
  const std::size_t equals = change.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Failure(Exit::usage, "--set: `" + change + "` is not key=value", "for example --set network.accounts=50_000");
  }
  request.set.push_back(change);
}

constexpr std::int64_t most_counted = 1'000'000'000;
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

void declare_set(CLI::App& options, Request& request, const char* help) {
  const auto set = [&](const std::vector<std::string>& all) {
    for (const std::string& change : all) add_change(request, change);
  };
  options.add_option_function<std::vector<std::string>>("--set", set, help)
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

void declare_set_and_seed(CLI::App& options, Request& request) {
  declare_set(options, request, "Change one key of the scenario; may be repeated");
  value(options, "--seed", "N", "Change the seed",
        [&](const std::string& text) { request.seed = whole_number("--seed", text, 0, most); });
}

void declare_changes(CLI::App& options, Request& request) {
  declare_set_and_seed(options, request);
  value(options, "--replicates", "N", "Change the number of replicates",
        [&](const std::string& text) { request.replicates = whole_number("--replicates", text, 1, most); });
  value(options, "--until", "WHEN", "End once \"decided\", or at \"followers ±1%\"; --replicates is then the most",
        [&](const std::string& text) {
          if (text.empty()) throw Failure(Exit::usage, "--until: nothing is said", "for example --until decided");
          request.until = text;
        });
}

void declare_threads(CLI::App& options, Request& request) {
  value(options, "-j,--threads", "N", "Threads; 0 takes every core (0)", [&](const std::string& text) {
    request.threads = static_cast<unsigned>(whole_number("--threads", text, 0, most_threads));
  });
}

// One of a few; the nearest is suggested for another.
void choice(CLI::App& options, const char* name, const char* kind, const char* help, std::vector<std::string> all,
            std::string& chosen) {
  value(options, name, kind, help, [name, all = std::move(all), &chosen](const std::string& word) {
    chosen = word;
    if (std::find(all.begin(), all.end(), word) != all.end()) return;
    const std::optional<std::string> near = suggest(word, all);
    throw Failure(Exit::usage, fmt::format("{}: `{}` is not one of {}", name, word, fmt::join(all, ", ")),
                  near ? "did you mean `" + *near + "`?" : "");
  });
}

void declare_direction(CLI::App& options, Request& request) {
  choice(options, "--direction", "D",
         "What the two columns are: 'follower -> followed' (this), 'followed -> follower', 'source -> target' or "
         "undirected",
         {"follower -> followed", "followed -> follower", "source -> target", "undirected"}, request.direction);
}

// A number between two others, neither of them itself.
double between(const std::string& option, const std::string& text, double low, double high) {
  const double number = decimal_number(option, text, low);
  if (number > low && number < high) return number;
  throw Failure(Exit::usage, fmt::format("{}: `{}` is not between {:g} and {:g}", option, text, low, high));
}

std::uint32_t count_of(const std::string& option, const std::string& text) {
  return static_cast<std::uint32_t>(whole_number(option, text, 1, most_counted));
}

double scale_of(const std::string& option, const std::string& text) {
  const double scale = decimal_number(option, text, 0);
  if (scale > 0 && scale <= 1000) return scale;
  throw Failure(Exit::usage, option + ": `" + text + "` is not a number above 0 and at most 1000");
}

}  // namespace

void declare_generate(CLI::App& options, Request& request) {
  declare_output(options, request, "NET.h5", "Network file to write");
  value(options, "--kind", "K", "How follows are drawn; passalong schema lists the kinds (power-law)",
        [&](const std::string& name) { request.kind = name; });
  value(options, "--preset", "P", "Other defaults, such as twitter-2009",
        [&](const std::string& name) { request.preset = name; });
  value(options, "--accounts", "N", "How many accounts (200,000)",
        [&](const std::string& text) { request.accounts = whole_number("--accounts", text, 2, max_accounts); });
  declare_set_and_seed(options, request);
  declare_threads(options, request);
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_import(CLI::App& options, Request& request) {
  declare_output(options, request, "NET.h5", "Network file to write");
  declare_direction(options, request);
  choice(options, "--weights", "W", "What a third column is: ignore (this), strength or probability",
         {"ignore", "strength", "probability"}, request.weights);
  value(options, "--attributes", "TABLE", "Accounts' interests and places: a CSV or TSV with a header",
        [&](const std::string& name) {
          check_file_name("--attributes", name);
          request.attributes = name;
        });
  declare_threads(options, request);
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_describe(CLI::App& options, Request& request) {
  declare_direction(options, request);
  declare_threads(options, request);
  declare_json(options, request);
}

void declare_run(CLI::App& options, Request& request) {
  declare_output(options, request, "OUT.h5", "Result file (the scenario's name with .h5, in this folder)");
  declare_changes(options, request);
  declare_threads(options, request);
  value(options, "--max-time", "TIME", "Stop after 90s, 30min, 2h ...; writes the whole replicates, exit code 1",
        [&](const std::string& text) { request.max_seconds = duration_seconds("--max-time", text); });
  options.add_flag("--watch", request.watch, "Serve a page that shows the run as it goes (127.0.0.1:8421)")
      ->type_name("[[HOST:]PORT]");
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_check(CLI::App& options, Request& request) {
  declare_changes(options, request);
  declare_threads(options, request);
  declare_json(options, request);
}

void declare_branch(CLI::App& options, Request& request) {
  declare_output(options, request, "OUT.h5", "Result file (the result's name with .branch.h5, beside it)");
  value(options, "--at", "WHEN", "From when on: \"day 60\", 60, \"60 days\" or \"1440 h\"",
        [&](const std::string& text) { request.moment = text; });
  declare_set(options, request, "Change one key from then on; together they are one future");
  value(options, "--name", "NAME", "What this future is called (the strategy's name and the day)",
        [&](const std::string& text) { request.name = text; });
  const auto future = [&](const std::vector<std::string>& all) { request.futures = all; };
  options
      .add_option_function<std::vector<std::string>>("--future", future,
                                                     "Another future: \"NAME: KEY=VALUE, KEY=VALUE\"; may be repeated")
      ->type_name("FUTURE")
      ->allow_extra_args(false);
  value(options, "--inputs", "DIR", "Folder of the files that the scenario names (beside the result, or here)",
        [&](const std::string& name) {
          check_file_name("--inputs", name);
          request.inputs = name;
        });
  declare_threads(options, request);
  value(options, "--max-time", "TIME", "Stop after 90s, 30min, 2h ...; writes the whole replicates, exit code 1",
        [&](const std::string& text) { request.max_seconds = duration_seconds("--max-time", text); });
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_compare(CLI::App& options, Request& request) {
  value(options, "-m,--metric", "NAME", "What to compare: a series, A/B, or posts.COLUMN (followers; size)",
        [&](const std::string& name) { request.metric = name; });
  value(options, "--baseline", "STRATEGY", "Compare all others with this one (every pair)",
        [&](const std::string& name) { request.baseline = name; });
  value(options, "--at", "DAY", "Day at which to compare (the last)",
        [&](const std::string& day) { request.at = decimal_number("--at", day, 0); });
  options.add_flag("--per-step", request.per_step, "Take flows of the output step alone, not added up to the day");
  options.add_flag("--list", request.list, "List what can be compared, with unit and meaning, and end");
  options.add_flag("--csv", request.csv, "Print CSV: a row a strategy and a row a pair");
  declare_output(options, request, "FILE", "File to write instead of the terminal");
  declare_json(options, request);
}

void declare_explain(CLI::App& options, Request& request) {
  const auto day_of = [](const char* option, const std::string& text) {
    return decimal_number(option, text.starts_with("day ") ? text.substr(4) : text, -most_counted);
  };
  value(options, "--account", "ID", "Account: its label or number; or leaver, sharer, buyer, follower, client",
        [&](const std::string& id) { request.account = id; });
  value(options, "--post", "N", "Post: its row in /posts, or STRATEGY:REPLICATE:NUMBER",
        [&](const std::string& id) { request.post = id; });
  value(options, "--strategy", "NAME", "Strategy whose world it is (the first), or brand (all)",
        [&](const std::string& name) { request.strategy = name; });
  value(options, "--replicate", "N", "Replicate (the first)",
        [&](const std::string& text) { request.replicate = whole_number("--replicate", text, 0, most_counted); });
  value(options, "--from", "DAY", "First day to tell of (the first)",
        [&, day_of](const std::string& text) { request.from = day_of("--from", text); });
  value(options, "--to", "DAY", "Last day (the last)",
        [&, day_of](const std::string& text) { request.to = day_of("--to", text); });
  value(options, "--inputs", "DIR", "Folder of the files the result was made with (beside it)",
        [&](const std::string& name) {
          check_file_name("--inputs", name);
          request.inputs = name;
        });
  declare_threads(options, request);
  declare_json(options, request);
}

void declare_report(CLI::App& options, Request& request) {
  declare_output(options, request, "OUT.html", "Page (the result's name with .html, beside it)");
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_export(CLI::App& options, Request& request) {
  choice(options, "--as", "FORM", "csv, gexf, graphml or socialsim", {"csv", "gexf", "graphml", "socialsim"},
         request.form);
  value(options, "-o,--output", "FILE", "File to write, or - (standard output)", [&](const std::string& name) {
    if (name != "-") check_file_name("--output", name);
    request.output = name;
  });
  options.add_flag("-f,--force", request.force, "Overwrite a file that exists");
  value(options, "--table", "NAME", "csv: a table of the result, such as posts or cascades (the series)",
        [&](const std::string& name) { request.table = name; });
  options
      .add_option_function<std::vector<std::string>>(
          "-m,--metric", [&](const std::vector<std::string>& names) { request.columns = names; },
          "csv: a series or column; may be repeated (all)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  value(options, "--strategy", "NAME", "Of one strategy or brand alone",
        [&](const std::string& name) { request.selection.arm = name; });
  value(options, "--replicate", "N", "Of one replicate alone",
        [&](const std::string& text) { request.selection.replicate = whole_number("--replicate", text, 0, most); });
  value(options, "--post", "N", "Of one post alone, by its index in the table of posts",
        [&](const std::string& text) { request.selection.post = whole_number("--post", text, 0, most); });
  declare_direction(options, request);
  declare_threads(options, request);
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_reader(CLI::App& options, Request& request) { declare_json(options, request); }

void declare_bench(CLI::App& options, Request& request) {
  declare_output(options, request, "FILE.svg", "Picture to draw of it");
  value(options, "--scale", "F", "Size of the workloads, 1 being the full one (each a size that takes seconds)",
        [&](const std::string& text) { request.scale = scale_of("--scale", text); });
  declare_threads(options, request);
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_validate(CLI::App& options, Request& request) {
  options.add_flag("--quick", request.quick, "Smaller samples, without the longest targets: under 30 s on two cores");
  options.add_flag("--list", request.list, "List the targets and compute nothing");
  value(options, "--seed", "N", "Change all random numbers",
        [&](const std::string& text) { request.seed = whole_number("--seed", text, 0, most); });
  value(options, "--networks", "DIR", "Folder of real networks to check against published figures",
        [&](const std::string& name) {
          check_file_name("--networks", name);
          request.networks = name;
        });
  declare_threads(options, request);
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_seeds(CLI::App& options, Request& request) {
  constexpr double least_missed = 0.632;  // 1 - 1/e: with a larger epsilon nothing is guaranteed
  value(options, "-k,--count", "K", "How many accounts to choose (10)",
        [&](const std::string& text) { request.count = count_of("--count", text); });
  choice(options, "--method", "M", "How: imm, by reverse reachable sets, or greedy, on sampled live graphs (imm)",
         {"imm", "greedy"}, request.method);
  value(options, "--epsilon", "E", "imm: reach at least 1 - 1/e - E of the best, E below 0.632 (0.1)",
        [&](const std::string& text) { request.epsilon = between("--epsilon", text, 0, least_missed); });
  value(options, "--confidence", "P", "imm: with this probability at least (1 - 1 / accounts)",
        [&](const std::string& text) { request.confidence = between("--confidence", text, 0, 1); });
  value(options, "--samples", "N", "greedy: live graphs on which gains are counted (1,000)",
        [&](const std::string& text) { request.samples = count_of("--samples", text); });
  declare_output(options, request, "SEEDS.csv", "Table to write of them");
  declare_set_and_seed(options, request);
  value(options, "--replicates", "N", "Cascades that tell what the chosen reach (the scenario's, at least 1,000)",
        [&](const std::string& text) { request.replicates = whole_number("--replicates", text, 1, most_counted); });
  declare_threads(options, request);
  declare_quiet(options, request);
  declare_json(options, request);
}

void declare_init(CLI::App& options, Request& request) {
  options.add_flag("-f,--force", request.force, "Overwrite a file that exists");
  declare_quiet(options, request);
  declare_json(options, request);
}

}  // namespace passalong
