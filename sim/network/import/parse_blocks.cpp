// Two batches of blocks take turns: one is parsed by all workers while one of them fills the other.
#include "sim/network/import/parse_blocks.hpp"

#include <algorithm>
#include <optional>

namespace passalong {
namespace {
struct Block {
  std::vector<char> buffer;
  std::string_view text;
  std::uint64_t skipped = 0;  // bytes before the body
  EdgePiece piece;
  std::uint64_t lines = 0, text_lines = 0, least = ~0ULL, most = 0;
  std::optional<LocalFault> fault;
  bool met_text = false;
};

struct Batch {
  std::vector<Block> blocks;
  std::size_t filled = 0;
};

std::uint64_t line_ends(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void fill(Batch& batch, TextBlocks& source, std::uint64_t& before, std::uint64_t body) {
  batch.filled = 0;
  for (Block& block : batch.blocks) {
    block.text = source.next(block.buffer);
    if (block.text.empty()) return;
    block.skipped = std::min<std::uint64_t>(block.text.size(), body - std::min(body, before));
    before += block.text.size();
    ++batch.filled;
  }
}

// Lines before a NUL byte first: they may be at fault too.
void parse_lines(std::string_view text, const BlockParser& parser, ParsedBlock& out) {
  const std::size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return parser.parse(BlockText(text), out);
  const std::string_view sound = text.substr(0, text.substr(0, nul).rfind('\n') + 1);  // npos + 1 is 0
  parser.parse(BlockText(sound), out);
  BlockText(text).fail(text.data() + nul, text.data() + nul + 1, "a NUL byte: this is not text",
                       "is it a binary file, or UTF-16?");
}

void parse(Block& block, const BlockParser& parser, ParsedBlock& out) {
  out.clear();
  block.fault.reset();
  block.met_text = false;
  const std::string_view text = block.text.substr(block.skipped);
  const std::uint64_t skipped = line_ends(block.text.substr(0, block.skipped));
  try {
    if (!text.empty()) parse_lines(text, parser, out);
  } catch (LocalFault& fault) {
    fault.line += skipped;
    block.fault = std::move(fault);
  } catch (const TextMet&) {
    block.met_text = true;
  }
  block.lines = skipped + line_ends(text);
  block.text_lines = out.text_lines;
  const auto [least, most] = std::minmax_element(out.ids.begin(), out.ids.end());
  block.least = out.ids.empty() ? ~0ULL : *least;
  block.most = out.ids.empty() ? 0 : *most;
  block.piece = Edges::pack(out.ids, out.weights);
}

// Takes the pieces over in the file's order, up to the first fault.
void collect(const std::string& path, Batch& batch, std::uint64_t& lines, ParsedFile& file) {
  for (std::size_t b = 0; b < batch.filled; ++b) {
    Block& block = batch.blocks[b];
    if (block.fault) throw located(path, lines, *block.fault);
    if (block.met_text) throw TextMet{};
    lines += block.lines;
    file.text_lines += block.text_lines;
    file.edges.least = std::min(file.edges.least, block.least);
    file.edges.most = std::max(file.edges.most, block.most);
    file.edges.pairs += block.piece.ids() / 2;
    if (block.piece.ids() > 0) file.edges.pieces.push_back(std::move(block.piece));
  }
}
}  // namespace

ParsedFile parse_blocks(const std::string& path, Cut cut, std::uint64_t body, const BlockParser& parser, Team& team) {
  TextBlocks source(path, cut);
  std::vector<ParsedBlock> scratch(team.workers());
  Batch batch, next;
  batch.blocks.resize(std::max<std::size_t>(8, 4ULL * team.workers()));
  next.blocks.resize(batch.blocks.size());
  std::uint64_t read = 0, lines = 0;
  ParsedFile file;
  for (fill(batch, source, read, body); batch.filled > 0; std::swap(batch, next)) {
    team.each(batch.filled + 1, [&](std::size_t b, unsigned worker) {
      if (b == 0)
        fill(next, source, read, body);
      else
        parse(batch.blocks[b - 1], parser, scratch[worker]);
    });
    collect(path, batch, lines, file);
  }
  if (source.fault()) throw located(path, lines - 1, *source.fault());  // counted from the last whole line
  return file;
}

}  // namespace passalong
