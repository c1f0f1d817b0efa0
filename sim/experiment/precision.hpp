// A mean with its error, and replicates in batches until that error is as small as is wanted. Shared by all models
// whose replicates have a size.
#pragma once
#include <cstdint>
#include <limits>
#include <span>

#include "sim/scenario/precision.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// Mean, standard error and half the width of the 95 % interval (Student's t) of whole numbers.
class MeanOfSizes {
 public:
  void add(std::span<const std::uint32_t> sizes);
  void add(std::uint32_t size, std::uint64_t times = 1);
  void add(const MeanOfSizes& other);
  std::uint64_t count() const { return count_; }
  double mean() const;
  double se() const;          // 0 of a single one
  double half_width() const;  // infinite of a single one
  bool varies() const;        // not all are alike

 private:
  __extension__ using Wide = unsigned __int128;
  std::uint64_t count_ = 0, sum_ = 0;
  Wide squares_ = 0;  // exact, so that neither order nor batches matter
};

// How many replicates to play next. Batches follow from what is wanted and the sizes so far alone: the first has
// `first` replicates, each other as many as the variance seen says are lacking, though at most three times what is
// there. Played are as many as a run with just these `replicates` would play, and the same.
class Batches {
 public:
  Batches(const Precision& wanted, std::uint64_t most, std::uint64_t first = 1024);

  std::uint64_t next() const { return next_; }  // 0: enough
  void add(std::span<const std::uint32_t> sizes);
  void add(const MeanOfSizes& sizes);
  const MeanOfSizes& sizes() const { return sizes_; }
  bool is_precise() const { return precise_; }
  // The root attribute `stopped`: "precision" or "replicates".
  const char* stopped() const { return precise_ ? "precision" : "replicates"; }

 private:
  // Sizes that are all alike tell nothing of rare others; of so many, that these are rarer than 3 in 16,384.
  static constexpr std::uint64_t enough_alike = 16'384;

  std::uint64_t lacking() const;

  Precision wanted_;
  std::uint64_t most_, next_;
  MeanOfSizes sizes_;
  bool precise_ = false;
};

// As the scenario's `until`, `replicates` and `redraw` say.
Batches batches_of(const Scenario& scenario);

}  // namespace passalong
