#include "sim/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <string_view>

#include "sim/cli/console.hpp"
#include "sim/cli/readable.hpp"

namespace passalong {
namespace {

constexpr double patience = 2;  // seconds before a plain line is worth printing

double share_done(const Progress& progress) {
  if (progress.ticks_total == 0) return 0;
  return static_cast<double>(progress.ticks_done) / static_cast<double>(progress.ticks_total);
}

// The first code points of a text that fit, each as wide as any.
std::string cut(const std::string& text, std::size_t width) {
  std::size_t end = 0;
  for (std::size_t points = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    if (begins && ++points > width) break;
  }
  return text.substr(0, end);
}

}  // namespace

ProgressLine::ProgressLine(bool quiet) : redraw_(!quiet && progress_is_welcome()), silent_(quiet) {}

ProgressLine::~ProgressLine() {
  if (drawn_) note("\r\033[K");
}

void ProgressLine::show(const Progress& progress) {
  if (silent_) return;
  if (worlds_began_ < 0 && progress.ticks_done > 0) worlds_began_ = progress.seconds;
  if (redraw_) {
    const auto width = static_cast<std::size_t>(terminal_width(STDERR_FILENO)) - 1;
    note("\r\033[K" + cut(describe(progress), width));
    drawn_ = true;
    return;
  }
  const auto tenth = static_cast<unsigned>(10 * share_done(progress));
  if ((tenth == tenth_ && progress.outlook == outlook_) || progress.seconds < patience) return;
  tenth_ = tenth, outlook_ = progress.outlook;
  note(describe(progress) + "\n");
}

std::string ProgressLine::describe(const Progress& progress) const {
  const double done = share_done(progress);
  if (done <= 0) return fmt::format("{}  {}", progress.phase, seconds_text(progress.seconds));
  const double spent = progress.seconds - worlds_began_;
  std::string text = progress.outlook;  // in place of a share of what may not be needed
  if (text.empty())
    text =
        fmt::format("{:3.0f} %  {} {} of {}", 100 * done, progress.phase, progress.worlds_done, progress.worlds_total);
  if (spent <= 0) return text;
  text += fmt::format("  {} deliveries/s", rate_text(static_cast<double>(progress.deliveries) / spent));
  return done < 1 ? text + fmt::format("  {}{} left", progress.outlook.empty() ? "" : "at most ",
                                       seconds_text(spent * (1 - done) / done))
                  : text;
}

}  // namespace passalong
