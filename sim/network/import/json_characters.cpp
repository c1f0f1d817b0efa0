// Lines are counted a block at a time, and once more when there is a fault.
#include "sim/network/import/json_characters.hpp"

#include <algorithm>

namespace passalong {

void JsonCharacters::refill() {
  lines_ += static_cast<std::uint64_t>(std::count(text_.begin(), text_.end(), '\n'));
  if (!text_.empty()) tail_ = text_.substr(text_.size() - std::min<std::size_t>(text_.size(), 4096));
  at_ = 0;
  text_ = source_.next(buffer_);
  if (source_.fault()) throw located(path_, lines_, *source_.fault());
}

void JsonCharacters::fail(const std::string& message, const std::string& help) const {
  // The end of the block before is put in front, so that a fault at its last byte has its line.
  const std::string text = tail_ + std::string(text_.substr(0, std::min(text_.size(), at_ + 200)));
  const std::uint64_t before = lines_ - static_cast<std::uint64_t>(std::count(tail_.begin(), tail_.end(), '\n'));
  std::size_t at = tail_.size() + at_;
  while (at > 0 && static_cast<unsigned char>(text[at - 1]) <= ' ') --at;
  at -= at > 0;
  try {
    BlockText(text).fail(text.data() + at, text.data() + at + 1, message, help);
  } catch (LocalFault& fault) {
    const bool whole = before + fault.line == 0 || fault.line > 0;  // else the line began before what is kept
    if (!whole || fault.column > 2000) fault.text.clear(), fault.column = 0, fault.length = 0;
    throw located(path_, before, fault);
  }
}

}  // namespace passalong
