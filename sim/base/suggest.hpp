// "Did you mean ...?": the known word nearest to one that is not known.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace passalong {

// Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The first of the nearest words, if it is near enough to be what was meant: at most a third of the letters differ.
std::optional<std::string> suggest(std::string_view got, std::span<const std::string> known);

}  // namespace passalong
