// SIGINT and SIGTERM while a run is under way. The first one asks the run to finish the replicate in hand; the second
// ends the program at once and leaves no unfinished file.
#pragma once
#include <atomic>
#include <string>

namespace passalong {

// Takes over both signals. partial: the unfinished file to remove if the program must end at once.
// Returns where the signal's number will stand (0 until then).
const std::atomic<int>* watch_signals(const std::string& partial);

}  // namespace passalong
