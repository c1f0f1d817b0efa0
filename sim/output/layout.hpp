// What writer and reader agree on beside the arrays: the names of attributes and their order.
#pragma once
#include <array>
#include <cstdint>

namespace passalong::layout {

// Raised when a reader of an older version would misread a file.
inline constexpr std::int64_t schema_version = 1;

// Root attributes in this order; others follow in the order given, then `complete`, written last.
inline constexpr std::array first_attributes = {"title",   "source",   "git_commit",        "schema_version",
                                                "seed",    "scenario", "scenario_resolved", "input_sha256",
                                                "history", "digest"};

// Codes carry CF's flag_values and flag_meanings, where blanks become underscores, and the exact names in `meanings`.
inline constexpr const char* exact_meanings = "meanings";

}  // namespace passalong::layout
