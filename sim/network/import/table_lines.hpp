// Edges in a table with columns, one edge a record.
#pragma once
#include "sim/network/import/form.hpp"
#include "sim/network/import/parse_blocks.hpp"

namespace passalong {

class TableLines final : public BlockParser {
 public:
  TableLines(TokenRules rules, const Columns& columns) : rules_(rules), columns_(columns) {}
  void parse(const BlockText& block, ParsedBlock& out) const override;

 private:
  TokenRules rules_;
  Columns columns_;
};

}  // namespace passalong
