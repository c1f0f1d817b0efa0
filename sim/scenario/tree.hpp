// A TOML text as a tree of values that know where they stand: file, line, column. The rest of the program never sees
// the TOML library.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/failure.hpp"

namespace passalong {

// Where a key or value stands, counted from 1 in code points; line 0: nowhere in particular.
struct Place {
  std::size_t source = 0;  // index into Document::sources
  unsigned line = 0, column = 0, end_column = 0;
};

struct Node {
  enum class Kind { table, array, text, integer, real, flag, date };
  struct Entry;

  Kind kind = Kind::table;
  Place place;
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  bool flag = false;
  std::string raw;             // a --set value as typed; empty in files
  std::vector<Entry> entries;  // of a table, in the order of the text
  std::vector<Node> items;     // of an array

  Entry* find(std::string_view key);
  const Entry* find(std::string_view key) const;
};

struct Node::Entry {
  std::string key;
  Place place;
  Node value;
  bool read = false;  // some field has asked for it
};

// A text that values came from: the file, then one for each --set.
struct Source {
  std::string name;
  std::string text;
  unsigned first_line = 1;
};

struct Document {
  std::vector<Source> sources;
  Node root;
};

// Reads a TOML text. Throws Failure(Exit::scenario) with the place where it is not valid.
Document parse_document(const std::string& text, const std::string& name);
// Puts the value of "key.path=value" into the tree; elements of an array of tables go by their `name`. Throws
// Failure(Exit::scenario).
void apply_override(Document& document, const std::string& assignment);
// Where overrides name some shares of a policy's mix, the others keep their proportions and make up the rest.
void balance_mixes(Document& document);
std::size_t find_equals(std::string_view assignment);  // where the key ends: names may hold that sign too, in quotes

// The fault of a place, with its source line.
Fault fault_at(const Document& document, const Place& place, std::string message, std::string help);

}  // namespace passalong
