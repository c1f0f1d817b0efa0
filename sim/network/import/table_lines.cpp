// Takes the named columns of each record.
#include "sim/network/import/table_lines.hpp"

#include "sim/network/import/records.hpp"

namespace passalong {
namespace {
std::uint64_t id(const BlockText& block, const Field& field, const TokenRules& rules, bool& is_text) {
  std::uint64_t value = 0;
  const char* end = field.text.data() + field.text.size();
  if (!rules.text && read_number(field.text.data(), end, value)) return value;
  try {
    return id_of(BlockText(field.text), field.text, rules, is_text);
  } catch (const LocalFault& fault) {  // the text may be a copy: the place is the field's
    block.fail(field.from, field.to, fault.message, fault.help);
  }
}

// Numbered later, with all of the block; a copy where the field had doubled quotes.
void keep_word(const BlockText& block, std::string_view word, ParsedBlock& out) {
  const bool stands_in_block = word.data() >= block.begin() && word.data() < block.end();
  out.words.push_back(stands_in_block ? word : std::string_view(out.copies.emplace_back(word)));
}

float weight(const BlockText& block, const Field& field, const TokenRules& rules) {
  try {
    return weight_of(BlockText(field.text), field.text, rules);
  } catch (const LocalFault& fault) {
    block.fail(field.from, field.to, fault.message, fault.help);
  }
}
}  // namespace

void TableLines::parse(const BlockText& block, ParsedBlock& out) const {
  const std::size_t needed = std::max({columns_.first, columns_.second, columns_.weight.value_or(0)}) + 1;
  Record record;
  for (const char* at = block.begin(); at < block.end();) {
    at = record.read(block, at, columns_.separator);
    if (record.blank()) continue;
    const std::vector<Field>& fields = record.fields();
    if (fields.size() < needed)
      block.fail(fields.back().to, fields.back().to,
                 "a column is missing: " + std::to_string(fields.size()) + " of " + std::to_string(needed),
                 "every line of a table has the columns of its header");
    bool is_text = false;
    out.ids.push_back(id(block, fields[columns_.first], rules_, is_text));
    out.ids.push_back(id(block, fields[columns_.second], rules_, is_text));
    if (rules_.text) {
      keep_word(block, fields[columns_.first].text, out);
      keep_word(block, fields[columns_.second].text, out);
    }
    out.text_lines += is_text;
    if (columns_.weight) out.weights.push_back(weight(block, fields[*columns_.weight], rules_));
  }
  out.number_words(rules_);
}

}  // namespace passalong
