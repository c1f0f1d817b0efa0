// The arms of one result or several under one metric, on the days they share.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/experiment/metric.hpp"
#include "sim/experiment/pairing.hpp"
#include "sim/experiment/statistics.hpp"

namespace passalong {

struct Arm {
  std::string name;
  std::size_t source = 0;
  std::vector<std::int64_t> replicates;
  std::vector<std::vector<double>> curves;  // [replicate][day, or the one value]
};

// Two arms side by side. Paired: row r of one belongs to row r of the other.
struct Match {
  const Pairing* pairing;
  std::vector<std::vector<double>> a, b;
  bool fixed = false;  // by the policies, so that there is nothing to be seen in more replicates
};

struct Field {
  std::string metric, units, meaning, arm;
  Basis basis = Basis::level;
  std::vector<double> days;  // empty: one value a replicate
  double last_day = 0;       // of any of the results; days may end before
  std::vector<Arm> arms;
  std::vector<std::vector<Pairing>> pairings;  // [source][source]

  Match match(std::size_t a, std::size_t b) const;
};

// Names are the arms' own, FILE:ARM where two files have arms of one name, and FILE where a file has no arms.
// Failure(Exit::usage) where a file has no such metric, is given twice, or none of the days is in all files.
Field gather(const std::vector<Source>& sources, const std::string& metric, bool per_step);

}  // namespace passalong
