// Atomic publication: readers see the old file or the whole new one, never a torn one.
#pragma once
#include <string>
#include <vector>

namespace passalong {

// Writes the parts, one after the other, to PATH.partial-PID, syncs it, renames it to PATH and syncs the folder.
// Failures as for write_result.
void publish(const std::string& path, const std::vector<std::string>& parts, bool force);

}  // namespace passalong
