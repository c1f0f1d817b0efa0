// Reads through zlib, which passes plain files on as they are.
#include "sim/network/import/text_blocks.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace passalong {
namespace {
constexpr std::size_t block = 1 << 18;

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

struct TextBlocks::Source {
  gzFile file = nullptr;
  ~Source() {
    if (file) gzclose(file);
  }
};

TextBlocks::TextBlocks(const std::string& path, Cut cut) : source_(std::make_unique<Source>()), cut_(cut) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    throw input_failure(path, "there is no such file", "a scenario's files are relative to its own folder");
  if (std::filesystem::is_directory(status))
    throw input_failure(path, "this is a directory, not a file of follows", "name a file inside it");
  if (!std::filesystem::is_regular_file(status))
    throw input_failure(path, "this is not a regular file", "save it first: a file may be read twice");
  errno = 0;
  source_->file = gzopen(path.c_str(), "rb");
  if (!source_->file)
    throw input_failure(path, std::string("cannot be opened: ") + std::strerror(errno), "check its permissions");
  gzbuffer(source_->file, 1 << 17);
}
TextBlocks::~TextBlocks() = default;

void TextBlocks::stop(const std::string& message, const std::string& help) {
  fault_ = LocalFault{.message = message, .help = help};
  done_ = true;
}

std::size_t TextBlocks::read(char* to) {
  const int got = gzread(source_->file, to, block);
  int error = Z_OK;
  const std::string reason = gzerror(source_->file, &error);
  if (error == Z_BUF_ERROR)
    stop("the compressed data end too early", "the .gz file is truncated: fetch it again");
  else if (got < 0 && error == Z_ERRNO)
    stop(std::string("cannot be read: ") + std::strerror(errno), "check the disk");
  else if (got < 0)
    stop("the compressed data are damaged (" + reason + ")", "test it with gzip -t, fetch it again");
  const auto size = static_cast<std::size_t>(std::max(got, 0));
  const std::string kind = begun_ ? "" : other_compression({to, size});
  if (!kind.empty()) stop("this is a " + kind + " file", "unpack it: plain text and .gz are read");
  begun_ = true;
  done_ = done_ || got <= 0;
  return kind.empty() ? size : 0;
}

// An even number of quotes before it makes a line break the end of a line (RFC 4180 doubles quotes inside quotes).
std::size_t TextBlocks::end_of(std::string_view text, std::size_t seen) {
  const std::string_view fresh = text.substr(seen);
  if (cut_ == Cut::anywhere) return text.size();
  if (cut_ == Cut::lines || (!inside_quotes_ && fresh.find('"') == std::string_view::npos)) {
    const std::size_t at = fresh.rfind('\n');
    return at == std::string_view::npos ? 0 : seen + at + 1;
  }
  std::size_t end = 0;
  for (std::size_t i = seen; i < text.size(); ++i) {
    if (text[i] == '"') inside_quotes_ = !inside_quotes_;
    if (text[i] == '\n' && !inside_quotes_) end = i + 1;
  }
  return end;
}

std::string_view TextBlocks::next(std::vector<char>& buffer) {
  std::size_t size = carried_.size(), end = 0;
  if (buffer.size() < size + block + 1) buffer.resize(size + block + 1);
  std::copy(carried_.begin(), carried_.end(), buffer.begin());
  carried_.clear();
  while (!done_ && end == 0 && size < longest_line) {
    if (buffer.size() < size + block + 1) buffer.resize(2 * (size + block + 1));
    const std::size_t got = read(buffer.data() + size);
    end = end_of({buffer.data(), size + got}, size);
    size += got;
  }
  if (end == 0 && size > 0 && !fault_) {
    if (!done_ && !inside_quotes_) {
      stop("a line of more than 1 MiB", "a line names two accounts; is this another kind of file?");
      fault_->line = 1;
      fault_->text.assign(buffer.data(), 2000);
      return {};
    }
    done_ = true;  // the last line lacks its '\n', or a quote its end, which is for the parser to say
    buffer[size++] = '\n';
    end = size;
  }
  carried_.assign(buffer.data() + end, size - end);
  return {buffer.data(), end};
}

}  // namespace passalong
