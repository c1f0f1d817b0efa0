// What a reading of a scenario has found wrong so far, and which keys each table knows, so that a misplaced key can be
// told where it belongs. All of it is reported at once.
#pragma once
#include <map>
#include <set>
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
  // Keys of the text itself, which no --set has named, may stand where they mean nothing.
  void leave_out_what_does_not_apply() { lenient_ = true; }
  bool leaves_out(const Place& place) const { return lenient_ && place.source == 0; }
  std::size_t count() const { return found_.size(); }
  // A table has been read that takes these keys: what else it holds is reported. Returns the keys that were probably
  // meant, which are those the table does not have yet, where there is a choice.
  std::set<std::string> add_strays(const TableName& name, const Node& table, const std::vector<std::string>& keys);
  // The faults in the order of the text: the file first, then each --set. A file that is something else altogether may
  // have any number of them; the end then says how many were left out.
  std::vector<Fault> faults() const;

 private:
  struct Table {
    TableName name;
    std::vector<std::string> keys;
  };
  struct Found {
    Place place;
    std::string message, help;
    std::size_t table = 0;  // of a stray key: 1 + index into tables_
    std::string key;
  };
  std::size_t index_of(const TableName& name, const std::vector<std::string>& keys);
  std::string way_out(const Found& stray) const;

  const Document& document_;
  std::vector<Found> found_;
  std::vector<Table> tables_;
  std::map<std::string, std::size_t> index_;  // of tables_, by path
  bool lenient_ = false;
};

}  // namespace passalong
