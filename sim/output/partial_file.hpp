// A file under way: it stands beside its place as PATH.partial-PID, and is gone again unless it is whole and renamed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace passalong {

// Failure with the reason the system gives and a way out: Exit::resources for a full disk, a quota or a size limit.
[[noreturn]] void fail_to_write(const std::string& path, int error);

class PartialFile {
 public:
  explicit PartialFile(const std::string& path);
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile();

  const std::string& name() const { return name_; }  // where it stands for now
  void append(std::string_view bytes);
  // At their places, by any thread, in any order.
  void write_at(std::uint64_t offset, const void* bytes, std::size_t size);
  void reserve(std::uint64_t bytes);  // so that a disk that is too full is known before anything is written
  void finish();                      // all of it is on the disk
  void rename_to_target(bool force);

 private:
  bool rename(bool force);

  std::string path_, name_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace passalong
