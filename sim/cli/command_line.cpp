// The verb comes first and decides which options there are; CLI11 then splits the rest. What it lacks is here:
// suggestions, strict values (values.cpp), the environment, and this program's exit codes.
#include "sim/cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <span>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/cli/help.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/watch/address.hpp"

namespace passalong {
namespace {

using Words = std::span<char*>;

bool has(Words words, std::initializer_list<const char*> wanted) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const char* want) { return std::strcmp(word, want) == 0; });
  });
}

bool is_group(const std::string& word) {
  return std::any_of(all_verbs().begin(), all_verbs().end(),
                     [&](const Verb& verb) { return std::string(verb.name).starts_with(word + " "); });
}

// How many words at the beginning name the verb: two for those of a group, such as `network import`.
std::size_t words_of_verb(Words words) {
  const bool two = words.size() > 1 && is_group(words[0]) && words[1][0] != '-';
  return two ? 2 : 1;
}

std::string name_in(Words words) {
  return words_of_verb(words) == 2 ? std::string(words[0]) + " " + words[1] : std::string(words[0]);
}

Failure incomplete(const std::string& group) {
  std::vector<std::string> names;
  for (const Verb& verb : all_verbs())
    if (std::string(verb.name).starts_with(group + " ")) names.emplace_back(verb.name);
  return Failure(Exit::usage, "`" + group + "` is half a verb", fmt::format("verbs are {}", fmt::join(names, ", ")));
}

const Verb& find_verb(const std::string& name) {
  std::vector<std::string> names;
  for (const Verb& verb : all_verbs()) {
    if (name == verb.name) return verb;
    names.emplace_back(verb.name);
  }
  if (name.starts_with("-")) {
    throw Failure(Exit::usage, "a verb comes first, then `" + name + "`", "passalong VERB [FILE...] [OPTION...]");
  }
  if (is_group(name)) throw incomplete(name);
  const std::optional<std::string> near = suggest(name, names);
  throw Failure(Exit::usage, "unknown verb `" + name + "`",
                near ? "did you mean `" + *near + "`?" : fmt::format("verbs are {}", fmt::join(names, ", ")));
}

std::vector<std::string> option_names(const CLI::App& options) {
  std::vector<std::string> names{"--help"};
  for (const CLI::Option* option : options.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Failure wrong_usage(const Verb& verb, const std::string& message) {
  return Failure(Exit::usage, message, "usage: " + usage_of(verb));
}

Failure unknown_option(const Verb& verb, const CLI::App& options, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const std::optional<std::string> near = suggest(name, option_names(options));
  return Failure(
      Exit::usage, fmt::format("`{}` has no option `{}`", verb.name, name),
      near ? "did you mean `" + *near + "`?" : fmt::format("passalong {} --help lists its options", verb.name));
}

// CLI11's own words are kept where they are plain.
Failure fault_of_line(const Verb& verb, const CLI::App& options, const CLI::ParseError& error) {
  const std::string message = error.what();
  const std::vector<std::string> left = options.remaining();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) && !left.empty())
    return unknown_option(verb, options, left.front());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error)) {
    return wrong_usage(verb, message.substr(0, message.find(':')) + " needs a value");
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error)) {  // only switches are converted by CLI11
    return wrong_usage(verb, message.substr(message.find("--")) + ": a switch takes no value");
  }
  return wrong_usage(verb, message);
}

void check_files(const Verb& verb, const std::vector<std::string>& files) {
  if (files.size() < verb.fewest) throw wrong_usage(verb, fmt::format("{} is missing", verb.operands));
  if (files.size() > verb.most) throw wrong_usage(verb, "unexpected argument `" + files[verb.most] + "`");
  for (const std::string& file : files) {
    if (file.empty()) throw wrong_usage(verb, "a file name is empty");
  }
}

void read_threads(const CLI::App& options, Request& request) {
  const char* threads = std::getenv("PASSALONG_THREADS");
  const CLI::Option* option = options.get_option_no_throw("--threads");
  if (!option || option->count() > 0 || !threads || !*threads) return;
  request.threads = static_cast<unsigned>(whole_number("PASSALONG_THREADS", threads, 0, most_threads));
}

void check_environment() {
  const char* colour = std::getenv("PASSALONG_COLOR");
  if (colour && *colour) check_colour("PASSALONG_COLOR", colour);
}

Request answer(std::string text) {
  Request request;
  request.answer = std::move(text);
  return request;
}

Request answer_about(const Verb& verb, bool full) {
  Request request;
  CLI::App options;
  options.set_help_flag();
  verb.declare(options, request);
  return answer(help_of(verb, options, full));
}

// A word after --watch may be its address or the scenario; CLI11 takes what is joined.
std::vector<std::string> join_addresses(int count, char** words) {
  std::vector<std::string> joined;
  for (int i = 0; i < count; ++i) {
    const bool address = !joined.empty() && joined.back() == "--watch" && looks_like_address(words[i]);
    if (address) {
      joined.back() += std::string("=") + words[i];
    } else {
      joined.emplace_back(words[i]);
    }
  }
  return joined;
}

Request read_words(const Verb& verb, int count, char** words) {
  Request request;
  CLI::App options;
  options.set_help_flag();  // -h and --help differ here, which CLI11 cannot say
  verb.declare(options, request);
  options.add_option("FILE", request.files);
  try {
    const std::vector<std::string> joined = join_addresses(count, words);
    std::vector<const char*> all;
    for (const std::string& word : joined) all.push_back(word.c_str());
    options.parse(static_cast<int>(all.size()), all.data());
  } catch (const CLI::ParseError& error) {
    throw fault_of_line(verb, options, error);
  }
  check_files(verb, request.files);
  read_threads(options, request);
  check_environment();
  request.verb = &verb;
  return request;
}

}  // namespace

Request read_request(int argc, char** argv) {
  const Words words{argv + 1, static_cast<std::size_t>(argc - 1)};
  if (words.empty()) throw Failure(Exit::usage, "a verb is missing", "passalong --help lists the verbs");
  const Words first = words.first(1), after = words.subspan(1);
  if (has(first, {"-V", "--version"})) return answer(version_text());
  if (has(first, {"-h", "--help", "help"}))
    return after.empty() ? answer(overview()) : answer_about(find_verb(name_in(after)), true);
  if (is_group(words[0]) && has(after, {"-h", "--help"}) && words_of_verb(words) == 1)
    return answer(overview_of(words[0]));
  const int named = static_cast<int>(words_of_verb(words));
  const Words rest = words.subspan(words_of_verb(words));
  const Verb& verb = find_verb(name_in(words));
  if (has(rest, {"-h", "--help"})) return answer_about(verb, has(rest, {"--help"}));
  return read_words(verb, argc - named, argv + named);
}

std::vector<std::string> overrides_of(const Request& request) {
  std::vector<std::string> all = request.set;
  if (!request.preset.empty()) all.push_back("network.preset=\"" + request.preset + '"');
  if (!request.kind.empty()) all.push_back("network.kind=\"" + request.kind + '"');
  if (request.accounts) all.push_back("network.accounts=" + std::to_string(*request.accounts));
  if (request.seed) all.push_back("seed=" + std::to_string(*request.seed));
  if (request.replicates) all.push_back("replicates=" + std::to_string(*request.replicates));
  if (!request.until.empty()) all.push_back("until=" + request.until);
  return all;
}

}  // namespace passalong
