// The lines of an edge list: two unsigned ids, apart by blanks, a tab or a comma. Blank lines and lines that begin with
// # or % are skipped, and so is whatever follows the second id: a third column (a weight, a time) is not read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace passalong {

struct IdPair {
  std::uint64_t first, second;
};

class EdgeLines {
 public:
  explicit EdgeLines(std::string file) : file_(std::move(file)) {}

  // Appends the pairs in `lines`, each line ended by '\n'. Failure(Exit::input) at the first that is none.
  void parse(std::string_view lines, std::vector<IdPair>& pairs);

 private:
  const char* parse_line(const char* at, std::vector<IdPair>& pairs);
  const char* id(const char* at, std::uint64_t& value) const;
  const char* rest(const char* at) const;  // the next line
  [[noreturn]] void fail(const char* from, const char* to, const std::string& message, const std::string& help) const;
  [[noreturn]] void refuse(const char* at) const;
  [[noreturn]] void refuse_lone_return(const char* at) const;
  void refuse_matrix_market(std::string_view lines) const;

  std::string file_;
  std::uint64_t line_ = 0;         // lines before the current block's
  const char* block_ = nullptr;    // the block, and
  const char* current_ = nullptr;  // the line in it
};

}  // namespace passalong
