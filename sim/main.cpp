// passalong: simulates how posts spread on follower networks. This file is the table of contents, the only place where
// the program catches and the only one where it exits; the verbs are in sim/cli.
#include <exception>
#include <new>

#include "sim/base/failure.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/verbs.hpp"

int main(int argc, char** argv) {
  using namespace passalong;
  guard_standard_streams();
  const Console console = look_ahead(argc, argv);
  try {
    const Request request = read_request(argc, argv);  // from here on the command line is sound
    return static_cast<int>(perform(request));
  } catch (const Failure& failure) {
    return report_failure(failure, console);
  } catch (const std::bad_alloc&) {
    return report_failure(Failure(Exit::resources, "out of memory", "fewer accounts, or fewer --threads, need less"),
                          console);
  } catch (const std::exception& error) {
    return report_failure(Failure(Exit::run, error.what()), console);
  }
}
