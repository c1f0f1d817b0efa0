// The rare turns of reading a word: long numbers, text, and all that is neither.
#include "sim/network/import/tokens.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "sim/network/import/text_ids.hpp"

namespace passalong {
namespace {
constexpr std::size_t longest_id = 1000;

bool digits_only(std::string_view word) { return !word.empty() && std::all_of(word.begin(), word.end(), is_digit); }

// Bytes of the well-formed UTF-8 character at the start of text; 0 where there is none.
std::size_t character_size(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  return size;
}

bool has_controls(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

bool is_utf8(std::string_view word) {
  while (!word.empty()) {
    const std::size_t size = character_size(word);
    if (size == 0) return false;
    word.remove_prefix(size);
  }
  return true;
}

// The usual kind of text id, which needs no closer look: printable ASCII that begins with a letter.
bool is_plain_word(std::string_view word) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto printable = [](char c) { return c > 0x20 && c < 0x7f; };
  return !word.empty() && word.size() < 100 && letter(word[0]) && std::all_of(word.begin(), word.end(), printable);
}

std::uint64_t long_number(const BlockText& block, std::string_view word) {
  std::uint64_t value = 0;
  if (std::from_chars(word.data(), word.data() + word.size(), value).ec == std::errc{}) return value;
  block.fail(word.data(), word.data() + word.size(), "an id past 64 bits", "ids go up to 18446744073709551615");
}

void refuse_what_is_no_id(const BlockText& block, std::string_view word, const TokenRules& rules) {
  const char *from = word.data(), *to = word.data() + word.size();
  if (word.empty()) block.fail(from, from, "an id is missing", rules.row);
  if (has_controls(word)) block.fail(from, to, "this is not text", "plain text and .gz are read: is this binary?");
  if (!is_utf8(word)) block.fail(from, to, "this is not an id", "ids are numbers or text in UTF-8");
  if (word.size() > longest_id) block.fail(from, to, "an id of more than 1000 bytes", "ids are short: is this prose?");
  if (!reads_as_number(word)) return;
  if (word[0] == '-') block.fail(from, to, "a negative id", "ids are whole numbers from 0, or text");
  block.fail(from, to, "'" + std::string(word.substr(0, 40)) + "' is not an id",
             "ids are whole numbers from 0, or text that does not read as a number");
}
}  // namespace

bool is_printable(std::string_view word) { return !has_controls(word) && is_utf8(word); }

bool reads_as_number(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  if (word.empty() || !(is_digit(word[0]) || word[0] == '.')) return false;
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error != std::errc::invalid_argument && end == word.data() + word.size();
}

std::uint64_t id_of(const BlockText& block, std::string_view word, const TokenRules& rules, bool& is_text) {
  if (digits_only(word)) {
    const std::uint64_t value = long_number(block, word);
    if (rules.text) return 0;
    if (value >= rules.least && value <= rules.most) return value;
    block.fail(word.data(), word.data() + word.size(),
               "index " + std::to_string(value) + " is outside the matrix: rows and columns are 1 to " +
                   std::to_string(rules.most),
               "indices count from 1; are the sizes right?");
  }
  if (!is_plain_word(word)) refuse_what_is_no_id(block, word, rules);
  if (rules.least > 0)
    block.fail(word.data(), word.data() + word.size(), "this is not an index", "rows and columns are numbers from 1");
  is_text = true;
  if (!rules.text) throw TextMet{};
  return 0;
}

void ParsedBlock::number_words(const TokenRules& rules) {
  if (rules.text) rules.text->number_all(words, ids);
}

float weight_of(const BlockText& block, std::string_view word, const TokenRules& rules) {
  const char *from = word.data(), *to = word.data() + word.size();
  const char* help = rules.weights == Weights::probabilities ? "probabilities of influence lie in [0, 1]"
                                                             : "strengths of ties are finite and not negative";
  if (word.empty()) block.fail(from, from, "a weight is missing", "every edge needs one, or set weights = \"ignore\"");
  double value = 0;
  const auto [end, error] = std::from_chars(from + (*from == '+'), to, value);
  const std::string shown = "'" + std::string(word.substr(0, 40)) + "'";
  if (end != to || error == std::errc::invalid_argument)
    block.fail(from, to, shown + " is not a weight", std::string(help) + "; weights = \"ignore\" reads none");
  if (error == std::errc::result_out_of_range)
    value = std::strtod(std::string(word).c_str(), nullptr);  // 0 or infinite
  if (!(std::abs(value) <= std::numeric_limits<float>::max()))
    block.fail(from, to, "weight " + shown + " is not a finite number", help);
  if (value < 0) block.fail(from, to, "a negative weight", help);
  if (rules.weights == Weights::probabilities && value > 1)
    block.fail(from, to, "probability " + shown + " is above 1", std::string(help) + "; or set weights = \"strength\"");
  return static_cast<float>(value) + 0.0F;  // -0 becomes 0
}

}  // namespace passalong
