// SHA-256 of bytes that come piece by piece, so that a file need not be held in memory.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace passalong {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  std::string hex();  // once, after the last piece

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

std::string sha256_of_file(const std::string& path);  // Failure(Exit::input) where it cannot be read

}  // namespace passalong
