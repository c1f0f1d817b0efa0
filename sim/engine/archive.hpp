// Saving, loading and hashing world state: three archives over the same visit(archive) list of plain columns.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/base/failure.hpp"

namespace passalong {

template <class T, class Archive>
concept Visitable = requires(T& value, Archive& archive) {
  value.visit(archive);
};

// Columns of plain values as bytes; sizes first, so that a loader can tell what is not its own.
class Saver {
 public:
  template <class T>
  void operator()(const T& value) {
    if constexpr (Visitable<T, Saver>) {
      const_cast<T&>(value).visit(*this);  // visit lists, it does not change
    } else {
      static_assert(std::is_trivially_copyable_v<T>);
      append(&value, sizeof value);
    }
  }
  template <class T, class Allocator>
  void operator()(const std::vector<T, Allocator>& column) {
    (*this)(static_cast<std::uint64_t>(column.size()));
    if constexpr (Visitable<T, Saver> || !std::is_trivially_copyable_v<T>) {
      for (const T& item : column) (*this)(item);
    } else {
      append(column.data(), column.size() * sizeof(T));
    }
  }
  std::string bytes;

 private:
  void append(const void* data, std::size_t size) { bytes.append(static_cast<const char*>(data), size); }
};

class Loader {
 public:
  explicit Loader(const std::string& bytes) : bytes_(bytes) {}
  template <class T>
  void operator()(T& value) {
    if constexpr (Visitable<T, Loader>) {
      value.visit(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T>);
      take(&value, sizeof value);
    }
  }
  template <class T, class Allocator>
  void operator()(std::vector<T, Allocator>& column) {
    std::uint64_t size = 0;
    (*this)(size);
    if (size > bytes_.size()) refuse();
    column.resize(size);
    if constexpr (Visitable<T, Loader> || !std::is_trivially_copyable_v<T>) {
      for (T& item : column) (*this)(item);
    } else {
      take(column.data(), column.size() * sizeof(T));
    }
  }
  void finish() const {
    if (at_ != bytes_.size()) refuse();
  }
  [[noreturn]] static void refuse() { throw Failure(Exit::input, "the saved state does not belong to this scenario"); }

 private:
  void take(void* to, std::size_t size) {
    if (size > bytes_.size() - at_) refuse();
    if (size > 0) std::memcpy(to, bytes_.data() + at_, size);
    at_ += size;
  }
  const std::string& bytes_;
  std::size_t at_ = 0;
};

// 64 bits over saved bytes (FNV-1a by words, finished by a multiply-xor mix): for tests and checkpoints, not for
// results.
inline std::uint64_t hash_bytes(const std::string& bytes) {
  std::uint64_t h = 0xcbf2'9ce4'8422'2325ULL ^ bytes.size();
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min<std::size_t>(8, bytes.size() - i));
    h = (h ^ word) * 0x9e37'79b9'7f4a'7c15ULL;
    h ^= h >> 29;
  }
  return h;
}

}  // namespace passalong
