// The text of a JSON file byte by byte, as an input iterator that knows where it is.
#pragma once
#include <iterator>
#include <string>
#include <vector>

#include "sim/network/import/text_blocks.hpp"

namespace passalong {

class JsonCharacters {
 public:
  explicit JsonCharacters(const std::string& path) : path_(path), source_(path, Cut::anywhere) { refill(); }
  JsonCharacters(const JsonCharacters&) = delete;
  JsonCharacters& operator=(const JsonCharacters&) = delete;
  // Failure(Exit::input) at the last byte read that is no blank: the parser looks one byte ahead.
  [[noreturn]] void fail(const std::string& message, const std::string& help) const;

  struct Iterator {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;
    JsonCharacters* of = nullptr;  // null: the end
    const char& operator*() const { return of->text_[of->at_]; }
    Iterator& operator++() {
      if (++of->at_ == of->text_.size()) of->refill();
      return *this;
    }
    Iterator operator++(int) { return ++*this; }
    bool operator==(const Iterator& other) const { return ended() == other.ended(); }
    bool operator!=(const Iterator& other) const { return !(*this == other); }
    bool ended() const { return !of || of->text_.empty(); }
  };
  Iterator begin() { return {this}; }
  static Iterator end() { return {}; }

 private:
  void refill();
  std::string path_;
  TextBlocks source_;
  std::vector<char> buffer_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t lines_ = 0;  // that end before text_
  std::string tail_;         // the end of the text before
};

}  // namespace passalong
