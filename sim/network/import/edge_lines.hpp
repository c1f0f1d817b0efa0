// Lines of two ids, apart by blanks, a tab or a comma, and perhaps a third column. Blank lines and lines that begin
// with # or % are skipped. What follows the columns that are asked for is not looked at: it may be a time.
#pragma once
#include "sim/network/import/parse_blocks.hpp"

namespace passalong {

class EdgeLines final : public BlockParser {
 public:
  explicit EdgeLines(TokenRules rules, bool swapped = false) : rules_(rules), swapped_(swapped) {}
  void parse(const BlockText& block, ParsedBlock& out) const override;

 private:
  const char* parse_line(const BlockText& block, const char* at, ParsedBlock& out) const;
  const char* id(const BlockText& block, const char* at, std::uint64_t& value, bool& is_text) const;
  const char* weight(const BlockText& block, const char* at, ParsedBlock& out) const;
  TokenRules rules_;
  bool swapped_;  // the second column comes first
};

}  // namespace passalong
