// Marks the first stub of each run, then counts the marks.
#include "sim/network/generators/stubs.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/pages.hpp"

namespace passalong {

Stubs::Stubs(std::span<const std::uint32_t> counts, Team& team)
    : size_(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0})) {
  resize_at_once(words_, size_ / a_word + 1, team);
  owners_.reserve(static_cast<std::size_t>(std::count_if(counts.begin(), counts.end(), [](auto n) { return n > 0; })));
  make_pages(owners_.data(), owners_.capacity() * sizeof(AccountId), team);
  std::uint64_t stub = 0;
  for (std::size_t a = 0; a < counts.size(); ++a) {
    if (counts[a] == 0) continue;
    owners_.push_back(static_cast<AccountId>(a));
    words_[stub / a_word].firsts |= 1U << stub % a_word;
    stub += counts[a];
  }
  std::uint32_t before = 0;
  for (Word& word : words_) {
    const std::uint32_t marks = ones(word.firsts);
    const AccountId first = before > 0 ? owners_[before - 1] + 1 : 0;  // expected next
    if (marks > 0 && owners_[before + marks - 1] + 1 != first + marks) {
      word.before = before, word.firsts |= gaps;
    } else {
      word.before = first;
    }
    before += marks;
  }
}

}  // namespace passalong
