// Atomic publication: readers see the old file or the whole new one, never a torn one.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/output/partial_file.hpp"

namespace passalong {

// Writes the parts, one after the other, to PATH.partial-PID, syncs it, renames it to PATH and syncs the folder.
// Failures as for write_result.
void publish(const std::string& path, const std::vector<std::string>& parts, bool force);
// The same for what is too large to be put together in memory: `fill` writes the unfinished file.
void publish_by(const std::string& path, bool force, const std::function<void(PartialFile&)>& fill);

std::string partial_name(const std::string& target);
// Where a file stands while it is written to `path`, which may be a link: for a signal to remove.
std::string partial_of(const std::string& path);

}  // namespace passalong
