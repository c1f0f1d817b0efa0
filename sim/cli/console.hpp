// The terminal: what goes to standard output and standard error, in which form and colour, and what happens when it
// cannot be written. Results go to standard output, everything else to standard error.
#pragma once
#include <string>
#include <string_view>

#include "sim/base/failure.hpp"

namespace passalong {

// How faults are to be told; known before the command line is understood, because it may be at fault itself.
struct Console {
  bool json = false;
  bool colour = false;
};

// A closed stream must not become the number of a result file, nor a signal about one end the program.
void guard_standard_streams();
Console look_ahead(int argc, char** argv);
bool results_in_colour(
    const std::string& choice);  // whether --color's word, or the environment, or the terminal wants it

void print(std::string_view text);  // standard output, flushed; Failure(Exit::run) where it is closed or full, without
                                    // a word where the reader has gone
void note(std::string_view text);   // standard error
int report_failure(const Failure& failure, const Console& console);  // the exit code

bool progress_is_welcome();  // standard error is a terminal that can redraw a line
int terminal_width(int stream);

}  // namespace passalong
