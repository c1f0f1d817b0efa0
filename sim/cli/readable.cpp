#include "sim/cli/readable.hpp"

#include <fmt/format.h>

#include <array>

namespace passalong {

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array units{"bytes", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
  return fmt::format("{:.{}f} {}", value, unit == 0 || value >= 100 ? 0 : 1, units[unit]);
}

std::string seconds_text(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", count_text(whole / 3600), whole / 60 % 60);
}

std::string rate_text(double per_second) {
  if (per_second >= 1e9) return fmt::format("{:.2f} billion", per_second / 1e9);
  if (per_second >= 1e6) return fmt::format("{:.1f} million", per_second / 1e6);
  return count_text(static_cast<std::uint64_t>(per_second + 0.5));
}

std::string wrap(std::string_view text, std::size_t width, std::size_t margin) {
  std::string lines;
  std::size_t used = margin;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (used > margin && used + 1 + word.size() > width) {
      lines += "\n" + std::string(margin, ' ');
      used = margin;
    }
    if (used > margin) lines += " ", ++used;
    lines += word;
    used += word.size();
  }
  return lines;
}

}  // namespace passalong
