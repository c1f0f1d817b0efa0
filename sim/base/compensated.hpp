// A sum that keeps what rounding would lose (Neumaier 1974), for millions of terms to the last bits.
#pragma once

namespace passalong {

class Compensated {
 public:
  Compensated& operator+=(double term) {
    const double sum = sum_ + term;
    const bool larger = (sum_ < 0 ? -sum_ : sum_) >= (term < 0 ? -term : term);
    lost_ += larger ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
    return *this;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

}  // namespace passalong
