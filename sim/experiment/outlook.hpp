// How a comparison stands after so many replicates, in intervals that hold however often one looks, and whether that is
// what a scenario's `until` waits for.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/experiment/interval.hpp"
#include "sim/scenario/until.hpp"

namespace passalong {

struct PairOutlook {
  std::size_t a = 0, b = 0;  // arms
  double difference = 0;     // mean of a - b over the replicates where both have a value
  Interval sequence;         // 95 % for all pairs together
  std::size_t alike = 0;     // replicates, where these are two or more and all have the same difference
};

struct Outlook {
  Until until;      // what is waited for, of which series
  std::string arm;  // "strategy" or "brand"
  std::vector<std::string> arms;
  std::int64_t replicates = 0, most = 0;
  std::vector<double> means;       // by arm
  std::vector<PairOutlook> pairs;  // all
  Interval alone;                  // of the mean of an arm that is the only one
  std::size_t alone_alike = 0;     // as a pair's
  std::string stopped;             // "decided", "precision"; then "replicates", "interrupted"; empty: under way

  std::size_t leader() const;  // the arm that is best so far; the highest where neither more nor less is better
  // Whether the leader's differences from all others exclude 0.
  bool is_decided() const;
  // The largest half-width of an interval, in units of what is wanted. At most 1: precise.
  double width() const;
};

// values: by arm and replicate; NaN where there is none. Says whether that is enough, in `stopped`.
Outlook take_stock(const Until& until, const std::string& arm, const std::vector<std::string>& arms,
                   const std::vector<std::vector<double>>& values, std::int64_t most);

// "16 of at most 256 replicates; value-add leads by 1,124 (1,044 to 1,204)"
std::string outlook_line(const Outlook& outlook);
// What ended the run, and what it then knew: a sentence, and a paragraph.
std::string ended_line(const Outlook& outlook);
std::string intervals_text(const Outlook& outlook);

}  // namespace passalong
