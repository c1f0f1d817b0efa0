// What can be read while a run goes on, whatever carries it: a page, its data, and how far the run is.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "sim/experiment/live_board.hpp"
#include "sim/report/report.hpp"

namespace passalong {

struct Asked {
  std::string method, path;
  std::string known;    // the edition that whoever asks has already, quoted
  std::string watcher;  // who asks, as far as can be told
};

struct Answer {
  int status = 200;
  std::string type, edition;  // quoted
  std::shared_ptr<const std::string> body;
};

// What is known of a run before it begins.
struct RunWatched {
  std::string title, output;    // output: the file the result will go to
  std::string history;          // how to run it again
  std::int64_t replicates = 0;  // at most
};

class Site {
 public:
  Site(const LiveBoard& board, RunWatched run);

  Answer answer(const Asked& asked);

  // The run is over: from here on this is the result. Those who have read data lately and not this are still to come.
  void end(const Result& result);
  bool is_watched() const;  // somebody has yet to read the newest there will be

 private:
  using Clock = std::chrono::steady_clock;
  struct Edition {
    std::uint64_t changes = 0;
    std::string name;
    std::shared_ptr<const std::string> text;
  };

  Edition edition();
  Edition write_edition() const;
  Answer answer_data(const Asked& asked);
  RunProgress progress_now(const Headway& now) const;
  std::string progress_json() const;
  void note_reader(const std::string& watcher, const std::string& edition);

  // Writing takes a tenth of the time at most, unless one edition takes more than half a second.
  static constexpr std::chrono::seconds least_pause{1}, longest_pause{5}, memory{10};

  const LiveBoard& board_;
  RunWatched run_;
  std::mutex writing_;        // held while an edition is written
  mutable std::mutex mutex_;  // guards what follows
  Edition newest_;
  bool ended_ = false;
  Clock::time_point due_{};
  struct Reader {
    Clock::time_point seen;
    std::string edition;
  };
  std::map<std::string, Reader> readers_;
};

}  // namespace passalong
