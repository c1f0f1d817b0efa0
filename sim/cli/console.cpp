// Streams are checked on every write: a full disk behind a redirection must not pass for success.
#include "sim/cli/console.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "sim/cli/json.hpp"

namespace passalong {
namespace {

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

// PASSALONG_COLOR, then NO_COLOR and CLICOLOR_FORCE (no-color.org, bixense.com/clicolors), then the terminal.
bool colour_by_environment(bool terminal) {
  if (const char* choice = environment("PASSALONG_COLOR"); choice && std::strcmp(choice, "auto") != 0) {
    return std::strcmp(choice, "always") == 0;
  }
  if (environment("NO_COLOR")) return false;
  if (const char* forced = environment("CLICOLOR_FORCE"); forced && std::strcmp(forced, "0") != 0) return true;
  return terminal;
}

bool try_print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

}  // namespace

// Each is opened in the wrong direction, so that using it still fails.
void guard_standard_streams() {
  for (int stream = 0; stream < 3; ++stream) {
    if (fcntl(stream, F_GETFD) == -1) (void)open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
  }
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is an error of writing
  std::signal(SIGXFSZ, SIG_IGN);  // so is a limit on the size of files
  std::signal(SIGUSR1, SIG_IGN);  // asks other programs for their progress; must not end this one
}

Console look_ahead(int argc, char** argv) {
  Console console{.json = false, .colour = colour_by_environment(progress_is_welcome())};
  std::string choice;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") console.json = true;
    if (word.starts_with("--color=")) choice = word.substr(8);
    if (word == "--color" && i + 1 < argc) choice = argv[i + 1];
  }
  if (choice == "always" || choice == "never") console.colour = choice == "always";
  return console;
}

bool results_in_colour(const std::string& choice) {
  if (choice == "always" || choice == "never") return choice == "always";
  return colour_by_environment(isatty(STDOUT_FILENO) == 1);
}

void print(std::string_view text) {
  if (try_print(text)) return;
  if (errno == EPIPE) throw Failure(Exit::run, std::vector<Fault>{});  // a reader that has seen enough needs no message
  throw Failure(Exit::run, std::string("cannot write to standard output: ") + std::strerror(errno));
}

void note(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

int report_failure(const Failure& failure, const Console& console) {
  if (!console.json || !try_print(errors_json(failure.faults()))) note(render_all(failure, console.colour));
  return static_cast<int>(failure.code());
}

bool progress_is_welcome() {
  const char* terminal = environment("TERM");
  return isatty(STDERR_FILENO) && terminal && std::strcmp(terminal, "dumb") != 0;
}

int terminal_width(int stream) {
  winsize size{};
  const bool known = ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return std::clamp(known ? static_cast<int>(size.ws_col) : 100, 40, 100);
}

}  // namespace passalong
