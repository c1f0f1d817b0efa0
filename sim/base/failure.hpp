// What can go wrong, with a place, a reason and a way out. The library throws Failure; main prints it and exits.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace passalong {

// The program's exit codes; documented in --help.
enum class Exit : int {
  ok = 0,
  run = 1,
  usage = 2,
  scenario = 3,
  input = 4,
  resources = 5,
  interrupted = 130,
  terminated = 143
};

// One fault. line and column count from 1, in code points; 0 means 'the whole file' or 'no file'.
struct Fault {
  std::string file{};
  unsigned line = 0;
  unsigned column = 0;
  unsigned end_column = 0;  // one past the last marked code point; 0 marks one
  std::string message{};
  std::string help{};
  std::string source_line{};  // the text of the line, when there is one to show
};

class Failure : public std::runtime_error {
 public:
  Failure(Exit code, std::vector<Fault> faults)
      : std::runtime_error(faults.empty() ? "failure" : faults.front().message),
        code_(code),
        faults_(std::move(faults)) {}
  Failure(Exit code, std::string message, std::string help = {})
      : Failure(code, std::vector<Fault>{Fault{.message = std::move(message), .help = std::move(help)}}) {}

  Exit code() const { return code_; }
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  Exit code_;
  std::vector<Fault> faults_;
};

// A fault as people read it:
//     error: unknown key `seeed`
//      --> demo.toml:2:1
//       |
//     2 | seeed = 42
//       | ^^^^^
//       = help: did you mean `seed`?
// Columns count code points, long lines are cut to a window, control characters are replaced.
std::string render(const Fault& fault, bool colour);
std::string render_all(const Failure& failure, bool colour);
// Text from outside made safe to print, cut to `most` code points.
std::string harmless(std::string_view text, std::size_t most = 2000);

}  // namespace passalong
