// Result files: netCDF-4 compatible HDF5, published whole or not at all. The only door to HDF5.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/observe/result.hpp"

namespace passalong {

// SHA-256 over the names, dimensions and values of every variable and coordinate, in a canonical order and byte order;
// never over attributes such as history, host or time. Hex.
std::string digest_of(const Result& result);
std::string sha256_hex(std::string_view bytes);

// Writes PATH.partial-PID, closes, syncs, renames. Sets result.digest. Failure(Exit::resources) for a full disk or a
// quota, Failure(Exit::run) otherwise, naming path and reason; nothing is left behind. Refuses an existing PATH unless
// force.
void write_result(const std::string& path, Result& result, bool force);
void check_writable(const std::string& path, bool force);  // the same refusals, before any work is done

// Reads a whole result. Failure(Exit::input) where it is missing, not HDF5, truncated or damaged.
Result read_result(const std::string& path);

struct Inspection {
  std::string status;  // "complete" | "partial" | "damaged"
  std::string reason;  // for partial and damaged
  std::string text;    // all of this and what is in it, for people
  Result result;       // empty when damaged
};
Inspection inspect(const std::string& path);  // Failure(Exit::input) only where there is no file to read

}  // namespace passalong
