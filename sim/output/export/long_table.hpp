// The series or a group of a result as one long table: a row for each combination of the coordinates its columns lie
// along. What lies along fewer of them is repeated, as xarray's to_dataframe does.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/output/export/result_table.hpp"
#include "sim/output/export/text_stream.hpp"

namespace passalong {

struct TableChoice {
  std::string table;                 // a group; empty: the series
  std::vector<std::string> columns;  // empty: all
  Selection selection;
};

class LongTable {
 public:
  // Borrows from the result. Failure(Exit::usage) where there is no such table, column or coordinate, or where no
  // column lies along all that the others do.
  LongTable(const Result& result, const TableChoice& choice);
  // RFC 4180, coordinates first. Numbers read as exactly what the file holds, codes are written as their words, what is
  // missing is empty. Returns how many rows.
  std::uint64_t write_csv(TextStream& to) const;

 private:
  using Put = std::function<void(TextStream&, std::size_t)>;  // the i-th value
  using Place = std::vector<std::size_t>;                     // by axis
  struct Axis {
    std::string name;
    std::size_t size = 0;
    Put put;
    std::function<bool(std::size_t)> chosen{};  // empty: all of them
  };
  struct Field {
    std::string name;
    const std::vector<std::string>* dimensions;
    Put put;
    Place strides{};  // 0 along the axes it does not lie along
    std::size_t at(const Place& place) const;
  };

  void take_fields(const Result& result);
  void choose_fields(const std::vector<std::string>& names);
  void take_axes(const Result& result);
  Axis axis_of(const Result& result, const std::string& dimension) const;
  void take_strides();
  void select(const Result& result, const Selection& selection);
  void keep(const std::string& name, std::int64_t value, const char* option,
            const std::vector<std::int64_t>* coordinates);
  void write_row(TextStream& to, const Place& place) const;
  bool is_chosen(const Place& place) const;
  std::string heading() const { return group_ == nullptr ? "the series" : "/" + group_->name; }

  const Group* group_ = nullptr;
  std::vector<Field> fields_;
  std::vector<Axis> axes_;
  std::vector<std::function<bool(std::size_t)>> conditions_;  // on a group's row, where it has one axis
};

}  // namespace passalong
