// How much memory there is to use, and how much was used.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace passalong {

inline constexpr std::uint64_t unlimited = ~0ULL;

// As the kernel tells it under root (/proc and /sys/fs/cgroup): MemAvailable, and what the control groups (version 2
// or 1) around this process still allow. Page cache that can be dropped counts as free. unlimited where nothing is
// told.
std::uint64_t memory_left(const std::filesystem::path& root = "/");
std::uint64_t address_space_left();                              // under RLIMIT_AS
std::optional<std::uint64_t> read_bytes(std::string_view text);  // "1000000", "512MiB", "2 GB"
std::string write_bytes(std::uint64_t bytes);                    // "1.5 GiB"
std::uint64_t peak_memory();                                     // most that was ever resident

}  // namespace passalong
