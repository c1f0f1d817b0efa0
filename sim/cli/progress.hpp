// How far a run is, on standard error: one line drawn over and over on a terminal; elsewhere a plain line per tenth,
// and none for a run that is over before anyone asks.
#pragma once
#include <string>

#include "sim/experiment/run.hpp"

namespace passalong {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);

 private:
  std::string describe(const Progress& progress) const;

  bool redraw_;
  bool silent_;
  bool drawn_ = false;
  unsigned tenth_ = 0;
  std::string outlook_;
  double worlds_began_ = -1;
};

}  // namespace passalong
