// What a reading of a scenario has found wrong so far, and which keys each table knows, so that a misplaced key can be
// told where it belongs. All of it is reported at once.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/tree.hpp"

namespace passalong {

// How a table is called in a message: "[network]", "[[strategy]]", "the top of the file".
struct TableName {
  std::string path;  // "network", "model.trust"; empty for the top
  bool one_of_many = false;
  std::string spoken() const;
};

class Findings {
 public:
  explicit Findings(const Document& document) : document_(document) {}

  void add(const Place& place, std::string message, std::string help);
  void add(const Failure& failure);
  std::size_t count() const { return faults_.size() + strays_.size(); }
  // A table was read that takes these keys.
  void know(const TableName& table, const std::vector<std::string>& keys);
  // A key that its table, which takes these, does not take. Returns the key it was probably meant to be, if one is
  // near: one that the table does not have yet, where there is a choice.
  std::optional<std::string> stray(const TableName& name, const Node& table, const Node::Entry& entry,
                                   const std::vector<std::string>& keys);
  // Every fault, in the order of the text: the file first, then each --set.
  std::vector<Fault> faults() const;

 private:
  struct Located {
    Place place;
    Fault fault;
  };
  struct Stray {
    TableName table;
    Place place;
    std::string key;
    bool is_table;
    std::vector<std::string> keys;
    std::optional<std::string> near;
  };
  struct Known {
    TableName table;
    std::vector<std::string> keys;
  };
  std::string way_out(const Stray& stray) const;

  const Document& document_;
  std::vector<Located> faults_;
  std::vector<Stray> strays_;
  std::vector<Known> known_;
};

}  // namespace passalong
