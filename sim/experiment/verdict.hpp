// What a comparison says, in one paragraph for people who do not read tables.
#pragma once
#include <string>

#include "sim/experiment/statistics.hpp"

namespace passalong {

// What is told besides the numbers.
struct Circumstances {
  std::string baseline;                     // as asked for; empty: all pairs
  std::string redraw;                       // what each replicate draws anew; empty: not the same in all results
  std::string covered;                      // by the intervals, of models without strategies
  std::size_t left_out = 0;                 // replicates without a value in some arm
  double shared_until = 0, goes_on_to = 0;  // the last day of all results, and of any
  bool other_network = false;               // two of the results have one network each, and not the same
  bool stopped_itself = false;              // a result's number of replicates follows from what they showed
};
std::string name_of_metric(const Comparison& c);  // "followers", "total adoptions", "shares per impressions"
std::string moment_of(const Comparison& c);       // "after 60 days", "in the end"
std::string write_verdict(const Comparison& c, const Circumstances& circumstances);

}  // namespace passalong
