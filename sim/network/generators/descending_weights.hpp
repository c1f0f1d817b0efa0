// Accounts in descending order of a weight, and what the sum of min(1, factor * their weight * another's) is.
#pragma once
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

class DescendingWeights {
 public:
  struct Entry {
    float weight;
    AccountId account;
  };
  struct Class {  // a run of entries whose weights are within a factor of 2, but for the last class, which hardly
                  // counts
    std::size_t end;
    double top;
  };
  DescendingWeights(const std::vector<double>& weights, Team& team);  // above 0, by account; ties by account

  std::size_t size() const { return entries_.size(); }
  const Entry& operator[](std::size_t i) const { return entries_[i]; }
  const std::vector<Class>& classes() const { return classes_; }
  // The factor c at which the sum over accounts b and entries i, b itself left out, of min(1, c v_i w_b) is `goal`.
  double factor_for(double goal, const std::vector<double>& weights, const std::vector<double>& others,
                    Team& team) const;

 private:
  void set_classes();
  std::vector<Entry> entries_;
  std::vector<Class> classes_;
};

}  // namespace passalong
