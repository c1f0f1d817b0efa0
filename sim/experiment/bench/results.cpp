// Writing a result file: write.
#include <unistd.h>

#include <filesystem>

#include "sim/base/stopwatch.hpp"
#include "sim/experiment/bench/workload.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

constexpr std::size_t quantities = 24, arms = 4, replicates = 16, full_rows = 2000;  // 3 million values

std::size_t rows_of(double scale) {
  return std::max<std::size_t>(2, static_cast<std::size_t>(static_cast<double>(full_rows) * scale));
}

// Counts that wander, as those of a run do.
Variable series_of(std::size_t q, std::size_t rows) {
  std::uint64_t state = q + 1;
  std::int64_t count = 10'000;
  std::vector<std::int64_t> counts(arms * replicates * rows);
  for (std::int64_t& value : counts) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    value = count += static_cast<std::int64_t>(state >> 59) - 16;
  }
  Variable v{"count" + std::to_string(q), "accounts", "a count", {"strategy", "replicate", "time"}, {}, "i8", {}};
  if (q % 2 == 0) {
    v.values = std::move(counts);
  } else {
    std::vector<double> shares;
    for (const std::int64_t value : counts) shares.push_back(static_cast<double>(value) / 20'000);
    v.values = std::move(shares), v.dtype = "f4";
  }
  return v;
}

class Writing : public Course {
 public:
  explicit Writing(double scale) : folder_(std::filesystem::temp_directory_path()) {
    for (std::size_t a = 0; a < arms; ++a) result_.strategies.push_back("arm " + std::to_string(a));
    for (std::size_t r = 0; r < replicates; ++r) result_.replicates.push_back(static_cast<std::int64_t>(r));
    for (std::size_t t = 0; t < rows_of(scale); ++t) result_.time.push_back(static_cast<double>(t));
    for (std::size_t q = 0; q < quantities; ++q) result_.series.push_back(series_of(q, rows_of(scale)));
  }
  std::vector<Lap> round(Team&) override {
    const std::string path = (folder_ / ("passalong-bench-" + std::to_string(getpid()) + ".h5")).string();
    const Stopwatch watch;
    write_result(path, result_, true);
    const double seconds = watch.seconds();
    const auto bytes = static_cast<double>(std::filesystem::file_size(path));
    std::filesystem::remove(path);
    const double values = static_cast<double>(quantities * arms * replicates * result_.time.size());
    return {{values, seconds, values * 16 + 2 * bytes, result_.digest, {{"file_bytes_per_second", bytes / seconds}}}};
  }

 private:
  std::filesystem::path folder_;
  Result result_;
};

}  // namespace

Family write_family() {
  return {
      .workloads = {{"write", 1, "values", Bound::triad,
                     "a result file is written, with its digest, and synced to the disk: 3 million values at scale 1",
                     "8 bytes a value for the file and 8 for the digest + the file twice"}},
      .usual_scale = 1,
      .one_thread = true,
      .bytes =
          [](double scale) { return std::uint64_t{64} * quantities * arms * replicates * rows_of(scale) + (64 << 20); },
      .make = [](double scale, Team&) -> std::unique_ptr<Course> { return std::make_unique<Writing>(scale); }};
}

}  // namespace passalong
