// Columns: arrays of one value an account or a follow, on huge pages where they are large, because they are read at
// random and a page table of small pages does not fit any cache.
#pragma once
#include <cstddef>
#include <new>
#include <vector>

namespace passalong {

inline constexpr std::size_t huge_page = std::size_t{2} << 20;

// Asks the system for huge pages; a hint, without effect on small arrays.
void prefer_huge_pages(void* data, std::size_t bytes);

// Reads one byte of each cache line from begin to end, so that what follows finds them near: in order, which memory
// does several times as fast as lines asked for one by one. Prefetches in a row would be dropped where queues are full.
inline void bring_near(const void* begin, const void* end) {
  constexpr std::size_t line = 64;
  for (auto at = static_cast<const unsigned char*>(begin); at < static_cast<const unsigned char*>(end); at += line)
    asm volatile("" : : "r"(*at));
}

template <class T>
struct HugePages {
  using value_type = T;
  static constexpr std::size_t large = 2 * huge_page;  // bytes from which an array has pages of its own

  HugePages() = default;
  template <class U>
  explicit(false) HugePages(const HugePages<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (count > static_cast<std::size_t>(-1) / 2 / sizeof(T)) throw std::bad_array_new_length();
    if (bytes < large) return static_cast<T*>(::operator new(bytes));
    void* data = ::operator new (bytes, std::align_val_t{huge_page});
    prefer_huge_pages(data, bytes);
    return static_cast<T*>(data);
  }
  void deallocate(T* data, std::size_t count) noexcept {
    if (count * sizeof(T) < large)
      ::operator delete(data);
    else
      ::operator delete (data, std::align_val_t{huge_page});
  }
  template <class U>
  bool operator==(const HugePages<U>&) const {
    return true;
  }
};

template <class T>
using HugeColumn = std::vector<T, HugePages<T>>;

}  // namespace passalong
