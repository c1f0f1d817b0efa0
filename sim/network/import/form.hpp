// What kind of file it is, told from how it begins:
//   %%MatrixMarket ...                      Matrix Market coordinates
//   {                                       JSON
//   a name that ends in .csv or .tsv (.gz)  a table; its header names the columns, or, where its first two fields read
//                                           as ids and not as names, has none
//   a first line of two names of columns    a table, whatever the file's name
//   anything else                           an edge list: two ids a line
// Names of columns, in any case: follower and followed (or followee), which state the direction; source and target,
// from and to, src and dst (or dest), u and v. Where a table's header has other names and numbers stand below it, its
// first two columns are taken. Lines that begin with # or % before the header are remarks.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/network/import/tokens.hpp"

namespace passalong {

enum class Form { edge_list, table, matrix_market, json };

// How a file begins, with its first line that is no remark and the line below it (JSON: its first bytes).
struct Head {
  std::string text;
  std::size_t data = 0;  // where that line begins
};
// Failure(Exit::input) where nothing but remarks is there.
Head read_head(const std::string& path, const std::string& way_out = "a line names two accounts, such as '12 34'");
// Of the fields of that line: the first of tab, comma and semicolon that it has; else ' ', for blanks.
char separator_of(const Head& head);
std::string lower_case(std::string_view text);  // ASCII letters

struct Columns {
  char separator = ',';  // ' ' stands for blanks
  std::size_t first = 0, second = 1;
  std::optional<std::size_t> weight{};
  std::size_t body = 0;          // byte of the text at which the edges begin
  bool named_direction = false;  // columns called follower (the first) and followed (the second)
};

// Names of columns and of the keys of an edge in JSON; lower case.
enum class NamedEnd { none, first, second };
NamedEnd named_end(std::string_view name);
bool is_weight_name(std::string_view name, Weights weights);

Form form_of(const std::string& path, const Head& head);
// The columns of a table. Failure(Exit::input) at its header where they cannot be told or the weight asked is missing.
Columns columns_of(const std::string& path, const Head& head, Weights weights);

}  // namespace passalong
