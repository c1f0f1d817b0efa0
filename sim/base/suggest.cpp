// Three rows of the alignment table are enough: a swap looks back two.
#include "sim/base/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace passalong {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0U);
  before = last;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

namespace {
std::string in_small_letters(std::string_view word) {
  std::string small(word);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}
}  // namespace

std::optional<std::string> suggest(std::string_view got, std::span<const std::string> known) {
  std::optional<std::string> best;
  std::size_t nearest = std::max<std::size_t>(got.size(), 3) / 3 + 1;
  for (const std::string& word : known) {
    const std::size_t distance = edit_distance(in_small_letters(got), in_small_letters(word));
    if (distance < nearest) nearest = distance, best = word;
  }
  return best;
}

}  // namespace passalong
