// The words of a network in text: ids and weights. A word that reads as a number must be a whole number from 0 to
// 2^64 - 1; any other word of printable UTF-8 is a text id, and one text id makes all ids of the file text.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/import/located.hpp"
#include "sim/network/rows.hpp"

namespace passalong {

class TextIds;

struct TextMet {};  // thrown where ids were thought to be numbers: the file is to be read again, for text

// How ids and weights are read.
struct TokenRules {
  Weights weights = Weights::none;
  TextIds* text = nullptr;                // numbers the file's text ids; null: ids are numbers
  std::uint64_t least = 0, most = ~0ULL;  // least = 1: ids are indices of a matrix up to most, and none is text
  const char* row = "a line names two accounts, such as '12 34'";  // the way out where something is missing
};

struct ParsedBlock {
  std::vector<std::uint64_t> ids;  // first, second, first, ...
  std::vector<float> weights;
  std::uint64_t text_lines = 0;  // that have an id which is no number
  // Text ids wait here, beside `ids`, to be numbered together: that way memory can be asked ahead.
  std::vector<std::string_view> words;
  std::deque<std::string> copies;  // of words that do not stand in the block as they are
  void clear() { ids.clear(), weights.clear(), words.clear(), copies.clear(), text_lines = 0; }
  void number_words(const TokenRules& rules);  // fills `ids`
};

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number that [begin, end) is in whole, or false.
inline bool read_number(const char* begin, const char* end, std::uint64_t& value) {
  if (begin == end || end - begin > 19) return false;  // 20 digits and more: see id_of
  std::uint64_t sum = 0;
  for (; begin < end; ++begin) {
    if (!is_digit(*begin)) return false;
    sum = sum * 10 + static_cast<std::uint64_t>(*begin - '0');
  }
  value = sum;
  return true;
}

// The id a word is; 0 where rules.text is to number it, once it is sure to be an id; is_text is set where it is no
// number. Throws LocalFault where it is no id, TextMet where it is text and numbers are expected.
std::uint64_t id_of(const BlockText& block, std::string_view word, const TokenRules& rules, bool& is_text);
// A finite number from 0, up to 1 for a probability. Throws LocalFault.
float weight_of(const BlockText& block, std::string_view word, const TokenRules& rules);
bool is_printable(std::string_view word);  // well-formed UTF-8 without control characters
// Whether a word reads as a number of any kind, so that it can neither be a text id nor a column's name.
bool reads_as_number(std::string_view word);

}  // namespace passalong
