// Making and reading networks: generate, import.
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "sim/base/failure.hpp"
#include "sim/base/stopwatch.hpp"
#include "sim/engine/world.hpp"
#include "sim/experiment/bench/workload.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/network/network.hpp"
#include "sim/output/sha256.hpp"

namespace passalong {
namespace {

constexpr double full_accounts = 10e6, full_imported = 1e6;  // 350 and 35 million follows

Scenario scenario_of(double accounts) {
  const std::vector<std::string> changes{
      "network.kind=\"configuration\"", "network.preset=\"twitter-2009\"",
      "network.accounts=" + std::to_string(std::max<std::int64_t>(1000, static_cast<std::int64_t>(accounts)))};
  return load_network_scenario("", model_choices(), changes);
}

Network generate(const Scenario& scenario, Team& team) {
  return find_kind("configuration")->generate(scenario.network, static_cast<std::uint64_t>(scenario.seed), 0, team);
}

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

std::string digest_of(const Network& network) {
  Sha256 sum;
  sum.add(bytes_of(network.offsets));
  sum.add(bytes_of(network.followers));
  sum.add(bytes_of(network.followees));
  return sum.hex();
}

class Generating : public Course {
 public:
  explicit Generating(double scale) : scenario_(scenario_of(full_accounts * scale)), caches_(read_caches()) {}
  std::vector<Lap> round(Team& team) override {
    const Stopwatch watch;
    const Network network = generate(scenario_, team);
    const double seconds = watch.seconds(), made = static_cast<double>(network.follows()), all = network.accounts();
    accounts = network.accounts(), follows = network.follows();
    bytes_per_edge = bytes_a_follow(network);
    bytes_per_account = 4;
    const double lines = made * (miss_rate(made / 4, caches_.last) + miss_rate(4 * all, caches_.last)) + made / 16;
    return {{made, seconds, lines, digest_of(network)}};
  }

 private:
  Scenario scenario_;
  Caches caches_;
};

// A file without a name, read by way of its descriptor: nothing of it is left, however the program ends.
class TemporaryText {
 public:
  TemporaryText() {
    std::string name = (std::filesystem::temp_directory_path() / "passalong-bench-").string() + std::string(6, 'X');
    file_ = mkstemp(name.data());
    if (file_ < 0) {
      throw Failure(Exit::resources, "cannot write a file for the benchmark: " + name + ": " + std::strerror(errno),
                    "TMPDIR names another folder");
    }
    unlink(name.c_str());
    path = "/proc/self/fd/" + std::to_string(file_);
  }
  ~TemporaryText() { close(file_); }
  TemporaryText(const TemporaryText&) = delete;
  TemporaryText& operator=(const TemporaryText&) = delete;
  std::string path;

 private:
  int file_;
};

class Importing : public Course {
 public:
  Importing(double scale, Team& team) {
    const Network network = generate(scenario_of(full_imported * scale), team);
    accounts = network.accounts(), follows = network.follows();
    bytes_per_edge = bytes_a_follow(network);
    bytes_per_account = 4;
    write(network);
    section_.file = text_.path;
  }
  std::vector<Lap> round(Team& team) override {
    const Stopwatch watch;
    const Network network = read_text_network(section_, team);
    const double seconds = watch.seconds(), read = static_cast<double>(network.follows());
    // The text once; a pair of ids written and read; a follow written into its row and read to sort it.
    return {
        {read, seconds, bytes_ + read * (8 + 8 + 4 + 4), digest_of(network), {{"bytes_per_second", bytes_ / seconds}}}};
  }

 private:
  void write(const Network& network) {
    std::ofstream out(text_.path, std::ios::binary);
    std::string lines;
    for (AccountId a = 0; a < network.accounts(); ++a) {
      for (const AccountId f : network.followers_of(a)) lines += std::to_string(f) + "\t" + std::to_string(a) + "\n";
      if (lines.size() < (1 << 20) && a + 1 < network.accounts()) continue;
      out << lines, bytes_ += static_cast<double>(lines.size()), lines.clear();
    }
    out.close();
    if (!out) throw Failure(Exit::resources, "cannot write the text of the benchmark", "TMPDIR names another folder");
  }

  TemporaryText text_;
  NetworkSection section_;
  double bytes_ = 0;
};

}  // namespace

Family generate_family() {
  return {.workloads = {{"generate", 1, "follows", Bound::random_lines,
                         "a network like Twitter in 2009 is drawn (kind configuration, preset twitter-2009): 10 "
                         "million accounts at scale 1",
                         "follows x (misses of the marked stubs, 1/4 byte a follow, + misses of the account numbers, 4 "
                         "bytes an account) + follows / 16 written"}},
          .usual_scale = 0.1,
          .bytes = [](double scale) { return 2 * forecast_network_bytes(scenario_of(full_accounts * scale)); },
          .make = [](double scale, Team&) -> std::unique_ptr<Course> { return std::make_unique<Generating>(scale); }};
}

Family import_family() {
  return {.workloads = {{"import", 1, "follows", Bound::triad,
                         "an edge list of such a network is read from a file that lies in the page cache: 1 million "
                         "accounts at scale 1",
                         "bytes of text + 24 bytes a follow"}},
          .usual_scale = 0.2,
          .bytes = [](double scale) { return 5 * forecast_network_bytes(scenario_of(full_imported * scale)); },
          .make = [](double scale, Team& team) -> std::unique_ptr<Course> {
            return std::make_unique<Importing>(scale, team);
          }};
}

}  // namespace passalong
