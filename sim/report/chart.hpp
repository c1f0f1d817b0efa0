// Line charts as inline SVG. The drawing stretches with the page while its labels are HTML and keep their size, so one
// chart reads well on a telephone and on paper.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace passalong {

// Text made safe for element content and for quoted attributes.
std::string escape_html(std::string_view text);

// One strategy's look: a colour all can tell apart (Okabe & Ito 2008) and, beyond colour, a dash.
struct Look {
  const char* colour;
  const char* dash;
};
const Look& look_of(std::size_t index);
std::string swatch(std::size_t index);  // a short sample of the line, for legends

struct Curve {
  std::size_t look = 0;
  std::vector<double> mean, low, high;  // NaN leaves a gap; low and high may be empty
};

struct Chart {
  std::string title, note, summary;  // note: what is drawn; summary: what it shows, for those who hear it
  std::vector<double> days;
  std::vector<Curve> curves;
  bool zero_line = false;  // for differences
  bool large = false;
};
std::string draw_chart(const Chart& chart);

// Round numbers over [low, high], at most `most` of them, at least two unless low == high.
std::vector<double> round_ticks(double low, double high, int most);

}  // namespace passalong
