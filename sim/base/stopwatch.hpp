// Seconds since it was made. For progress and benchmarks; never part of a result.
#pragma once
#include <chrono>

namespace passalong {

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace passalong
