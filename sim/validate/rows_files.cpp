// Networks from text: which way a line points, and what its weight means. Small directed graphs in exact mode.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/theory/small_graphs.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

// A list of follows that is there as long as this is.
class WrittenList {
 public:
  explicit WrittenList(const std::string& lines) : path_(std::filesystem::temp_directory_path() / unique_name()) {
    std::ofstream(path_) << lines;
    if (!std::filesystem::exists(path_))
      throw Failure(Exit::resources, "`" + path_.string() + "` cannot be written",
                    "set TMPDIR to a folder where it can");
  }
  ~WrittenList() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
  }
  WrittenList(const WrittenList&) = delete;
  WrittenList& operator=(const WrittenList&) = delete;

  std::string network(const std::string& direction, const std::string& weights = "ignore") const {
    return fmt::format("[network]\nfile = \"{}\"\ndirection = \"{}\"\nweights = \"{}\"\n", path_.string(), direction,
                       weights);
  }

 private:
  static std::string unique_name() {
    static std::atomic<int> written{0};
    return fmt::format("passalong-{}-{}.txt", ::getpid(), written++);
  }
  std::filesystem::path path_;
};

double spread_of(Sheet& sheet, const std::string& network, const std::string& probability) {
  const std::string model = fmt::format(
      "[model]\nname = \"independent-cascade\"\nprobability = {}\nseeds = [\"7\"]\nexact = true\n", probability);
  return column_of(sheet.run("replicates = 1\n" + network + model).result, "exact", "mean").front();
}

// From 7 over 3 and 11 to 5.
void diamonds(Sheet& sheet) {
  sheet.as_published({{.4375, theory::diamond_reach(.5)}}, 1e-12);
  const WrittenList onward("7 3\n7 11\n3 5\n11 5\n"), backward("3 7\n11 7\n5 3\n5 11\n");
  for (const double p : {.5, .2}) {
    const double expected = 1 + 2 * p + theory::diamond_reach(p);
    const std::string chance = fmt::format("{}", p);
    sheet.exact(fmt::format("source -> target, p = {}", p), expected,
                spread_of(sheet, onward.network("source -> target"), chance));
    sheet.exact(fmt::format("follower -> followed, p = {}", p), expected,
                spread_of(sheet, backward.network("follower -> followed"), chance));
  }
  sheet.exact("undirected: a cycle of four, p = .5", theory::cycle_spread(4, .5),
              spread_of(sheet, onward.network("undirected"), "0.5"));
  sheet.exact("against its follows nothing spreads", 1, spread_of(sheet, backward.network("source -> target"), "0.5"));
}

void weights(Sheet& sheet) {
  const WrittenList list("7 3 0.5\n3 5 0.25\n7 11 0.75\n11 2 0.125\n");
  sheet.exact("chances from the file: 1 + .5 (1 + .25) + .75 (1 + .125)", 1 + .5 * 1.25 + .75 * 1.125,
              spread_of(sheet, list.network("source -> target", "probability"), "\"weight\""));
  const WrittenList shared("7 3\n11 3\n7 5\n5 2\n11 2\n13 2\n");
  sheet.exact("one over the number of followees: 1 + 1/2 + 1 (1 + 1/3)", 1 + .5 + 1 + 1. / 3,
              spread_of(sheet, shared.network("source -> target"), "\"weighted-cascade\""));
}

}  // namespace

std::vector<Target> file_targets() {
  return {
      {"X8", "two-terminal reliability", "a directed diamond, read from text either way round", diamonds},
      {"X8", "Kempe, Kleinberg & Tardos 2003", "chances that a file or the follower's choice gives", weights},
  };
}

}  // namespace passalong
