// Watches one world: samples its quantities at every output step and turns posts into rows as they close, so that no
// cascade outlives its post. Reads, never writes.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/engine/world.hpp"
#include "sim/observe/base_rates.hpp"
#include "sim/observe/cascade.hpp"
#include "sim/observe/cascade_trees.hpp"

namespace passalong {

// When the output has rows. Row 0 is the end of the warm-up; warm-up itself is left out.
struct OutputSteps {
  Tick first = 0, every = 1;
  std::size_t rows = 1;
  explicit OutputSteps(const Scenario& scenario);
  bool falls_on(Tick now) const { return (now - first) % every == 0; }
};
std::vector<double> output_days(const Scenario& scenario);  // days since the first row

// A post of a studied account that has closed.
struct PostRow {
  std::uint32_t studied = 0;  // whose
  double day = 0;             // since the first row
  std::uint32_t ordinal = 0;
  PostKind kind = PostKind::value;
  float quality = 0;
  std::uint64_t deliveries = 0, impressions = 0;
  Cascade cascade;
};

// How much a world did, warm-up included: everyone's posts where the background is simulated, else the studied ones'.
struct Work {
  std::uint64_t deliveries = 0, impressions = 0, shares = 0;
  Work& operator+=(const Work& o) {
    deliveries += o.deliveries, impressions += o.impressions, shares += o.shares;
    return *this;
  }
};

// What remains of a world when it has ended.
struct WorldRecord {
  std::vector<std::vector<double>>
      columns;                     // by value (see World::measure), by output step; flows per step, 0 in row 0
  std::vector<PostRow> posts;      // born after the warm-up, by author and ordinal
  std::vector<CascadeTree> trees;  // of those whose trees are wanted, likewise
  Work work;
  std::optional<BaseRates> base_rates;  // where they are wanted
  std::vector<TrustLedger> trust;       // likewise, by studied account; warm-up included
};

class Recorder {
 public:
  Recorder(const Scenario& scenario, World& world);
  // Goes on with a world that has inherited the past one's state: the same rows so far, and the same quantities, which
  // it has to have.
  Recorder(Recorder& past, World& heir);

  void begin_anew();                                 // what has been noted so far does not count
  void observe();                                    // before the first step and after each
  const Work& work() const { return record_.work; }  // as at the last output step
  const WorldRecord& so_far() const { return record_; }
  WorldRecord finish();  // closes the posts that are still alive

 private:
  void measure();
  void sample();
  void collect_posts();
  void collect_births();

  const Scenario& scenario_;
  World& world_;
  OutputSteps steps_;
  bool posts_wanted_;
  TreeKeeper trees_;
  WorldRecord record_;
  std::vector<const Quantity*> told_;  // what each value is about
  std::vector<std::size_t> places_;    // of these among the world's own; empty: they are the same
  std::vector<double> now_, before_;   // values as they stand, and as they stood at the row before
};

}  // namespace passalong
