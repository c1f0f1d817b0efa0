// A text file, plain or gzip, as blocks of whole lines. What is not such a file is refused with file and line.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/failure.hpp"

namespace passalong {

inline constexpr std::size_t longest_line = 1 << 20;  // bytes; more than this is not a line of an edge list

// One fault at bytes [column, column + length) of a line of a file; length 0 names the whole line.
Failure input_failure(const std::string& file, std::uint64_t line, std::string_view text, std::size_t column,
                      std::size_t length, const std::string& message, const std::string& help);

class TextBlocks {
 public:
  explicit TextBlocks(const std::string& path);
  ~TextBlocks();
  TextBlocks(const TextBlocks&) = delete;
  TextBlocks& operator=(const TextBlocks&) = delete;

  // The next lines, each ended by '\n'; empty at the end. Valid until the next call.
  std::string_view next();
  std::uint64_t lines() const { return lines_; }  // in the blocks given so far
  std::uint64_t bytes() const { return bytes_; }  // of text in them

 private:
  void read();
  [[noreturn]] void fail(const std::string& message, const std::string& help) const;
  struct Source;
  std::string path_;
  std::unique_ptr<Source> source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // of what has been read and not yet been given
  std::uint64_t lines_ = 0, bytes_ = 0;
  bool done_ = false;
};

}  // namespace passalong
