// A text file, plain or gzip, as blocks of whole lines, so that blocks can be parsed side by side.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/import/located.hpp"

namespace passalong {

inline constexpr std::size_t longest_line = 1 << 20;  // bytes; more than this is not a line of a network

// Where blocks may end: behind a line, behind a line outside double quotes, anywhere.
enum class Cut { lines, records, anywhere };

class TextBlocks {
 public:
  // Failure(Exit::input) for what is no file.
  explicit TextBlocks(const std::string& path, Cut cut = Cut::lines);
  ~TextBlocks();
  TextBlocks(const TextBlocks&) = delete;
  TextBlocks& operator=(const TextBlocks&) = delete;

  // The next lines, some 256 KiB, each ended by '\n' (unless cut anywhere), in `buffer`, which grows as needed; empty
  // at the end and where reading had to stop.
  std::string_view next(std::vector<char>& buffer);
  // Why reading stopped before the end, with its line counted from the last whole line given.
  const std::optional<LocalFault>& fault() const { return fault_; }

 private:
  std::size_t read(char* to);
  std::size_t end_of(std::string_view text, std::size_t seen);  // behind the last line; 0: none
  void stop(const std::string& message, const std::string& help);
  struct Source;
  std::unique_ptr<Source> source_;
  std::string carried_;  // the beginning of a line that has been read and not yet been given
  std::optional<LocalFault> fault_;
  Cut cut_;
  bool inside_quotes_ = false, begun_ = false, done_ = false;
};

}  // namespace passalong
