// A file that is read: a regular one, by any thread, at any place.
#pragma once
#include <cstdint>
#include <string>

namespace passalong {

class InputFile {
 public:
  explicit InputFile(const std::string& path);  // Failure(Exit::input) where it cannot be opened or is no regular file
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  // How many bytes there were; fewer than asked for only where the file ends.
  std::size_t read_at(std::uint64_t offset, void* to, std::size_t bytes) const;
  std::string text_at(std::uint64_t offset, std::size_t bytes) const;

 private:
  [[noreturn]] void fail(const std::string& reason) const;

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace passalong
