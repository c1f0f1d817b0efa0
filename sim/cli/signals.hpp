// SIGINT and SIGTERM during a run. Before the first tick there is nothing to finish, and one ends the program at once.
// After it the first one asks the run to finish the replicate in hand; the second ends the program at once and leaves
// no unfinished file.
#pragma once
#include <atomic>
#include <string>

namespace passalong {

// Takes over both signals. partial: the unfinished file to remove if the program must end at once.
// Returns where the signal's number will stand (0 until then).
const std::atomic<int>* watch_signals(const std::string& partial);

void leave_signals();           // they end the program again, as all is done
void finish_what_is_in_hand();  // from here on the first signal waits; to be called once a tick is done

}  // namespace passalong
