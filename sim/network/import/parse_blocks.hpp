// Parses the blocks of a file side by side while the next ones are read (and inflated). What comes out does not depend
// on the workers: pieces stand in the file's order, and the fault reported is the first in the file.
#pragma once
#include <cstdint>
#include <string>

#include "sim/base/parallel.hpp"
#include "sim/network/import/edges.hpp"
#include "sim/network/import/text_blocks.hpp"
#include "sim/network/import/tokens.hpp"

namespace passalong {

class BlockParser {
 public:
  virtual ~BlockParser() = default;
  // Appends what the lines of a block say. Called by several workers at once. Throws LocalFault or TextMet at the first
  // line that is at fault, or at the first text id where numbers are expected.
  virtual void parse(const BlockText& block, ParsedBlock& out) const = 0;
};

struct ParsedFile {
  Edges edges;
  std::uint64_t text_lines = 0;
};

// Parses from byte `body` of the text on. Failure(Exit::input) with file and line; TextMet, if no fault comes before.
ParsedFile parse_blocks(const std::string& path, Cut cut, std::uint64_t body, const BlockParser& parser, Team& team);

}  // namespace passalong
