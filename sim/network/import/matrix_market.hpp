// The banner and the sizes of a Matrix Market file (Boisvert, Pozo & Remington 1996, NISTIR 5935): square, coordinates,
// pattern, real or integer, general or symmetric. Entries (row, column) count from 1; every row is an account.
#pragma once
#include <cstdint>
#include <string>

#include "sim/network/import/form.hpp"

namespace passalong {

struct MatrixSizes {
  std::uint64_t accounts = 0, entries = 0;
  bool symmetric = false, has_values = true;
  std::size_t body = 0;    // byte of the text at which the entries begin
  std::uint64_t line = 0;  // of the sizes, from 0
  std::string text;        // of that line
};

// Failure(Exit::input) at the banner or the sizes.
MatrixSizes read_matrix_sizes(const std::string& path, const Head& head);

}  // namespace passalong
