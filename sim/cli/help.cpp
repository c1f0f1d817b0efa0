// Help is laid out from the declared options, wrapped to the terminal.
#include "sim/cli/help.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "sim/base/parallel.hpp"
#include "sim/base/version.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/hdf5_version.hpp"

namespace passalong {
namespace {

constexpr std::size_t indent = 2;

struct Entry {
  std::string name, help;
};

const std::vector<Entry> environment{
    {"PASSALONG_THREADS", "Threads where --threads is not given; 0 takes every core"},
    {"PASSALONG_MEMORY_LIMIT", "Most memory a run may take, such as 4 GiB, where less than all is wanted"},
    {"PASSALONG_COLOR", "auto, always or never, where --color is not given"},
    {"NO_COLOR, CLICOLOR_FORCE", "Switch colour off, or on, as elsewhere"},
};

const std::vector<Entry> exit_codes{
    {"0", "success"},
    {"1", "failure while running: a time limit reached, a file that may not be overwritten or written"},
    {"2", "wrong command line"},
    {"3", "wrong scenario"},
    {"4", "input file missing, unreadable or damaged"},
    {"5", "not enough memory or disk"},
    {"130", "interrupted (SIGINT, Ctrl-C)"},
    {"143", "terminated (SIGTERM)"},
};

std::string table(const char* heading, const std::vector<Entry>& entries, std::size_t width) {
  if (entries.empty()) return {};
  std::size_t column = 0;
  for (const Entry& entry : entries) column = std::max(column, entry.name.size());
  std::string text = fmt::format("\n{}:\n", heading);
  for (const Entry& entry : entries) {
    text +=
        fmt::format("{:{}}{:{}}  {}\n", "", indent, entry.name, column, wrap(entry.help, width, indent + column + 2));
  }
  return text;
}

std::string list(const char* heading, const std::vector<const char*>& lines) {
  std::string text = fmt::format("\n{}:\n", heading);
  for (const char* line : lines) text += fmt::format("{:{}}{}\n", "", indent, line);
  return text;
}

std::string names_of(const CLI::Option& option) {
  std::string names = option.get_snames().empty() ? "    " : "-" + option.get_snames().front() + ", ";
  names += "--" + option.get_lnames().front();
  return option.get_type_name().empty() ? names : names + " " + option.get_type_name();
}

std::vector<Entry> options_of(const CLI::App& options) {
  std::vector<Entry> entries;
  for (const CLI::Option* option : options.get_options()) {
    if (!option->get_lnames().empty()) entries.push_back({names_of(*option), option->get_description()});
  }
  entries.push_back({"-h, --help", "Print this; -h leaves out examples, environment and exit codes"});
  return entries;
}

const char* compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::size_t width() { return static_cast<std::size_t>(terminal_width(STDOUT_FILENO)); }

}  // namespace

std::string overview() {
  std::string text =
      wrap("passalong simulates how posts spread on follower networks, and which content policy wins.", width());
  text += "\n\nUsage: passalong VERB [FILE...] [OPTION...]\n";
  std::vector<Entry> verbs;
  for (const Verb& verb : all_verbs()) verbs.push_back({verb.name, verb.summary});
  text += table("Verbs", verbs, width());
  text += list("Examples", {"passalong init my                    # writes my.toml, commented",
                            "passalong check my.toml              # is it sound, and what would it take?",
                            "passalong run my.toml                # writes my.h5",
                            "passalong compare my.h5              # who wins, by how much, how sure"});
  text += table("Options",
                {{"-h, --help", "Print this; after a verb, what that verb takes"},
                 {"-V, --version", "Print version, commit, compiler and libraries"}},
                width());
  return text + table("Environment", environment, width()) + table("Exit codes", exit_codes, width());
}

std::string overview_of(const std::string& group) {
  std::vector<Entry> verbs;
  for (const Verb& verb : all_verbs())
    if (std::string(verb.name).starts_with(group + " ")) verbs.push_back({verb.name, verb.summary});
  return fmt::format("Usage: passalong {} VERB [FILE...] [OPTION...]\n", group) + table("Verbs", verbs, width());
}

std::string usage_of(const Verb& verb) {
  return fmt::format("passalong {}{}{} [OPTION...]", verb.name, *verb.operands ? " " : "", verb.operands);
}

std::string help_of(const Verb& verb, const CLI::App& options, bool full) {
  std::string text = fmt::format("{}.\n\nUsage: {}\n", wrap(verb.summary, width()), usage_of(verb));
  text += table("Options", options_of(options), width());
  if (!full) return text;
  if (*verb.details) text += "\n" + wrap(verb.details, width()) + "\n";
  return text + list("Examples", verb.examples) + table("Environment", environment, width()) +
         table("Exit codes", exit_codes, width());
}

std::string version_text() {
  return fmt::format("passalong {}\ncommit    {}\ncompiler  {}\nHDF5      {}\nparallel  {}\n", version(), git_commit(),
                     compiler(), hdf5_version(), parallel_backend());
}

}  // namespace passalong
