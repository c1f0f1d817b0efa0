// What --help and --version say.
#pragma once
#include <string>

namespace CLI {
class App;
}

namespace passalong {

struct Verb;

std::string overview();
std::string overview_of(const std::string& group);  // of the verbs that begin with that word
// -h is the short form; --help adds examples, environment and exit codes.
std::string help_of(const Verb& verb, const CLI::App& options, bool full);
std::string usage_of(const Verb& verb);  // "passalong run SCENARIO.toml [OPTION...]"
std::string version_text();

}  // namespace passalong
