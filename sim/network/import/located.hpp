// Where in a text file something is wrong. Workers parse blocks without knowing how many lines came before, so a fault
// is first placed inside its block and becomes a Failure once the lines before it are counted.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/failure.hpp"

namespace passalong {

struct LocalFault {        // thrown by parsers of blocks
  std::uint64_t line = 0;  // from 0, inside the block
  std::string text{};      // of the line
  std::size_t column = 0;  // in bytes, from 0
  std::size_t length = 0;  // in bytes; 0: the whole line
  std::string message{}, help{};
};

// Failure(Exit::input) at line `before` + fault.line + 1. Columns become code points, what cannot be printed a '?'.
Failure located(const std::string& file, std::uint64_t before, const LocalFault& fault);
// The same for a file as a whole.
Failure input_failure(const std::string& file, const std::string& message, const std::string& help);

// A block of whole lines, to say where in it a fault is.
class BlockText {
 public:
  explicit BlockText(std::string_view text) : text_(text) {}
  const char* begin() const { return text_.data(); }
  const char* end() const { return text_.data() + text_.size(); }
  // Throws LocalFault for the bytes [from, to), at least one, of the line that `from` is in.
  [[noreturn]] void fail(const char* from, const char* to, const std::string& message, const std::string& help) const;

 private:
  std::string_view text_;
};

}  // namespace passalong
