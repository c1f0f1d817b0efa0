// Text that is passed on as it is made, a block at a time, so that an export takes no more memory than its result.
#pragma once
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

namespace passalong {

class TextStream {
 public:
  explicit TextStream(std::function<void(std::string_view)> take) : take_(std::move(take)) {}

  TextStream& operator<<(std::string_view text) {
    block_.append(text), pass_on();
    return *this;
  }
  TextStream& operator<<(char c) {
    block_.push_back(c);
    return *this;
  }
  TextStream& operator<<(std::integral auto value) {
    fmt::format_to(std::back_inserter(block_), "{}", value), pass_on();
    return *this;
  }
  TextStream& operator<<(double value) {  // the shortest that reads as the same number
    fmt::format_to(std::back_inserter(block_), "{}", value), pass_on();
    return *this;
  }
  void finish();  // what is left over
  std::uint64_t bytes() const { return passed_ + block_.size(); }

 private:
  static constexpr std::size_t block_bytes = 1 << 16;
  void pass_on() {
    if (block_.size() >= block_bytes) finish();
  }

  std::function<void(std::string_view)> take_;
  std::string block_;
  std::uint64_t passed_ = 0;
};

// Texts as the forms want them. What is no UTF-8, or no character of XML 1.0, becomes U+FFFD in XML and JSON.
void put_csv(TextStream& to, std::string_view text);   // RFC 4180: quoted where it must be
void put_xml(TextStream& to, std::string_view text);   // in an attribute or an element
void put_json(TextStream& to, std::string_view text);  // with its quotes

}  // namespace passalong
