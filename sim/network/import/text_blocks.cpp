// Reads through zlib, which passes plain files on as they are.
#include "sim/network/import/text_blocks.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace passalong {
namespace {
constexpr std::size_t block = 1 << 20;
constexpr std::size_t most_shown = 2000;  // bytes of a faulty line

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }  // a UTF-8 character

// One printable character for each code point, so that columns stay true.
std::string shown_line(std::string_view text) {
  std::string shown;
  for (const char byte : text.substr(0, most_shown)) {
    const bool plain = byte >= 0x20 && byte < 0x7f;
    if (!continues(byte)) shown += plain ? byte : byte == '\t' || byte == '\r' ? ' ' : '?';
  }
  return shown;
}

std::string other_compression(std::string_view start) {
  if (start.starts_with("BZh")) return "bzip2";
  if (start.starts_with("\xfd"
                        "7zXZ"))
    return "xz";
  if (start.starts_with("\x28\xb5\x2f\xfd")) return "zstd";
  if (start.starts_with("PK\x03\x04")) return "zip";
  return "";
}
}  // namespace

Failure input_failure(const std::string& file, std::uint64_t line, std::string_view text, std::size_t column,
                      std::size_t length, const std::string& message, const std::string& help) {
  const auto code_points = [&](std::size_t from, std::size_t size) {
    const std::string_view part = text.substr(std::min(from, text.size()), size);
    return static_cast<unsigned>(std::count_if(part.begin(), part.end(), [](char c) { return !continues(c); }));
  };
  Fault fault{.file = file, .line = static_cast<unsigned>(line), .message = message, .help = help};
  fault.source_line = shown_line(text);
  if (length > 0) {
    fault.column = code_points(0, column) + 1;
    fault.end_column = fault.column + std::max(1U, code_points(column, length));
  }
  return Failure(Exit::input, {fault});
}

struct TextBlocks::Source {
  gzFile file = nullptr;
  ~Source() {
    if (file) gzclose(file);
  }
};

TextBlocks::TextBlocks(const std::string& path) : path_(path), source_(std::make_unique<Source>()) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    fail("there is no such file", "a scenario's files are relative to its own folder");
  if (std::filesystem::is_directory(status)) fail("this is a directory, not an edge list", "name a file inside it");
  errno = 0;
  source_->file = gzopen(path.c_str(), "rb");
  if (!source_->file) fail(std::string("cannot be opened: ") + std::strerror(errno), "check the file's permissions");
  gzbuffer(source_->file, 1 << 18);
  buffer_.resize(longest_line + block + 1);
}
TextBlocks::~TextBlocks() = default;

void TextBlocks::fail(const std::string& message, const std::string& help) const {
  throw Failure(Exit::input,
                {Fault{.file = path_, .line = static_cast<unsigned>(lines_), .message = message, .help = help}});
}

void TextBlocks::read() {
  const int got = gzread(source_->file, buffer_.data() + end_, block);
  int error = Z_OK;
  const std::string reason = gzerror(source_->file, &error);
  if (error == Z_BUF_ERROR) fail("the compressed data end too early", "the .gz file is truncated: fetch it again");
  if (got < 0 && error == Z_ERRNO) fail(std::string("cannot be read: ") + std::strerror(errno), "check the disk");
  if (got < 0) fail("the compressed data are damaged (" + reason + ")", "test it with gzip -t, fetch it again");
  if (end_ == 0 && bytes_ == 0) {
    const std::string kind = other_compression({buffer_.data(), static_cast<std::size_t>(got)});
    if (!kind.empty()) fail("this is a " + kind + " file", "unpack it: plain text and .gz are read");
  }
  end_ += static_cast<std::size_t>(got);
  done_ = got == 0;
}

std::string_view TextBlocks::next() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
            buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  while (!done_ && begin_ == 0) {
    if (end_ >= longest_line)
      throw input_failure(path_, lines_ + 1, {buffer_.data(), end_}, 0, 0, "a line of more than 1 MiB",
                          "an edge list has two ids a line; is this another kind of file?");
    const std::size_t seen = end_;
    read();
    const std::size_t line = std::string_view(buffer_.data() + seen, end_ - seen).rfind('\n');
    if (line != std::string_view::npos) begin_ = seen + line + 1;
  }
  if (done_ && begin_ == 0 && end_ > 0) {  // the last line lacks its '\n'
    buffer_[end_++] = '\n';
    begin_ = end_;
  }
  lines_ += static_cast<std::uint64_t>(
      std::count(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), '\n'));
  bytes_ += begin_;
  return {buffer_.data(), begin_};
}

}  // namespace passalong
