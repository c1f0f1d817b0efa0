// Line by line: banner, remarks, sizes.
#include "sim/network/import/matrix_market.hpp"

#include <algorithm>
#include <sstream>

namespace passalong {
namespace {
struct Line {
  std::uint64_t number;
  std::string text;
};

[[noreturn]] void refuse(const std::string& path, const Line& line, const std::string& message,
                         const std::string& help) {
  throw located(path, line.number, {.text = line.text, .message = message, .help = help});
}

void read_banner(const std::string& path, const Line& line, MatrixSizes& sizes) {
  std::istringstream words(lower_case(line.text));
  std::string banner, object, format, field, symmetry;
  words >> banner >> object >> format >> field >> symmetry;
  if (object != "matrix" || format != "coordinate")
    refuse(path, line, "only `matrix coordinate` files hold follows",
           "the first line is '%%MatrixMarket matrix coordinate pattern general', or real or integer, or symmetric");
  if (field != "pattern" && field != "real" && field != "integer")
    refuse(path, line, "a matrix of the field '" + field + "'", "it may be pattern, real or integer");
  if (symmetry != "general" && symmetry != "symmetric")
    refuse(path, line, "a matrix that is '" + symmetry + "'", "it may be general or symmetric");
  sizes.symmetric = symmetry == "symmetric";
  sizes.has_values = field != "pattern";
}

void read_sizes(const std::string& path, const Line& line, MatrixSizes& sizes) {
  std::istringstream words(line.text);
  std::string rows, columns, entries, more;
  words >> rows >> columns >> entries >> more;
  std::uint64_t width = 0;
  const auto number = [](const std::string& word, std::uint64_t& value) {
    return read_number(word.data(), word.data() + word.size(), value);
  };
  if (!number(rows, sizes.accounts) || !number(columns, width) || !number(entries, sizes.entries) || !more.empty())
    refuse(path, line, "the sizes of the matrix are expected here", "three numbers: rows, columns, entries");
  if (sizes.accounts != width)
    refuse(path, line, "a matrix of " + rows + " rows and " + columns + " columns",
           "a network's matrix is square: row and column are accounts");
}
}  // namespace

MatrixSizes read_matrix_sizes(const std::string& path, const Head& head) {
  MatrixSizes sizes;
  std::istringstream lines(head.text);
  Line line{0, {}};
  for (; std::getline(lines, line.text); ++line.number) {
    sizes.body += line.text.size() + 1;
    if (line.number == 0) {
      read_banner(path, line, sizes);
    } else if (!line.text.starts_with('%') && line.text.find_first_not_of(" \t\r") != std::string::npos) {
      read_sizes(path, line, sizes);
      sizes.line = line.number;
      sizes.text = line.text;
      return sizes;
    }
  }
  throw input_failure(path, "a Matrix Market file without sizes", "rows, columns and entries follow the remarks");
}

}  // namespace passalong
