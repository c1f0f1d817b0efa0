// Axes first, then where each column lies among them, then which rows are wanted.
#include "sim/output/export/long_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {

using Whole = std::vector<std::int64_t>;
using Names = std::vector<std::string>;

[[noreturn]] void refuse(const std::string& message, const std::string& help) {
  throw Failure(Exit::usage, message, help);
}

std::string listed(const Names& names) { return fmt::format("{}", fmt::join(names, ", ")); }

std::function<void(TextStream&, std::size_t)> writer_of(const Variable& v) {
  if (const auto* real = std::get_if<std::vector<double>>(&v.values))
    return [real](TextStream& to, std::size_t i) {
      if (!std::isnan((*real)[i])) to << (*real)[i];
    };
  return [whole = &std::get<Whole>(v.values), &words = v.meanings](TextStream& to, std::size_t i) {
    const auto code = static_cast<std::size_t>((*whole)[i]);
    code < words.size() ? put_csv(to, words[code]) : void(to << (*whole)[i]);
  };
}

std::function<void(TextStream&, std::size_t)> writer_of(const Names& texts) {
  return [&texts](TextStream& to, std::size_t i) { put_csv(to, texts[i]); };
}

bool contains(const Names& names, const std::string& name) { return std::ranges::count(names, name) > 0; }

}  // namespace

std::size_t LongTable::Field::at(const Place& place) const {
  std::size_t index = 0;
  for (std::size_t a = 0; a < place.size(); ++a) index += place[a] * strides[a];
  return index;
}

LongTable::LongTable(const Result& result, const TableChoice& choice) {
  if (!choice.table.empty()) group_ = &group_named(result, choice.table);
  take_fields(result);
  choose_fields(choice.columns);
  take_axes(result);
  take_strides();
  select(result, choice.selection);
}

// All but coordinates.
void LongTable::take_fields(const Result& result) {
  const auto coordinate = [&](const std::string& name) {
    return group_ != nullptr && group_->dimensions.contains(name);
  };
  for (const Variable& v : group_ == nullptr ? result.series : group_->variables)
    if (!coordinate(v.name)) fields_.push_back({v.name, &v.dimensions, writer_of(v)});
  if (group_ != nullptr)
    for (const TextVariable& t : group_->texts) fields_.push_back({t.name, &t.dimensions, writer_of(t.values)});
  if (!fields_.empty()) return;
  Names tables;
  for (const Group& g : result.groups) tables.push_back(g.name);
  if (group_ == nullptr) refuse("this result has no series", "it has tables, see --table: " + listed(tables));
}

void LongTable::choose_fields(const Names& names) {
  if (names.empty()) return;
  Names known;
  for (const Field& f : fields_) known.push_back(f.name);
  std::vector<Field> chosen;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(fields_, name, &Field::name);
    if (found == fields_.end()) {
      const auto near = suggest(name, known);
      refuse(fmt::format("--metric: there is no `{}` in {}", harmless(name), heading()),
             near ? "did you mean `" + *near + "`?" : "there are: " + listed(known));
    }
    chosen.push_back(*found);
  }
  fields_ = std::move(chosen);
}

// Those of the column that lies along most.
void LongTable::take_axes(const Result& result) {
  if (fields_.empty()) {
    for (const auto& [name, size] : group_->dimensions) axes_.push_back(axis_of(result, name));
    return;
  }
  const Field& widest = *std::ranges::max_element(fields_, {}, [](const Field& f) { return f.dimensions->size(); });
  for (const Field& f : fields_)
    for (const std::string& d : *f.dimensions)
      if (!contains(*widest.dimensions, d))
        refuse(fmt::format("`{}` lies along {}, `{}` does not: they make no one table", f.name, d, widest.name),
               fmt::format("choose columns that belong together: --metric {} or --metric {}", widest.name, f.name));
  for (const std::string& d : *widest.dimensions) axes_.push_back(axis_of(result, d));
}

LongTable::Axis LongTable::axis_of(const Result& result, const std::string& dimension) const {
  const auto index = [](TextStream& to, std::size_t i) { to << i; };
  if (group_ != nullptr && group_->dimensions.contains(dimension)) {
    const Variable* given = find_variable(*group_, dimension);
    return {dimension, group_->dimensions.at(dimension), given == nullptr ? Put(index) : writer_of(*given)};
  }
  if (dimension == "strategy") return {dimension, result.strategies.size(), writer_of(result.strategies)};
  if (dimension == "brand") return {dimension, result.brands.size(), writer_of(result.brands)};
  if (dimension == "replicate")
    return {dimension, result.replicates.size(),
            [&r = result.replicates](TextStream& to, std::size_t i) { to << r[i]; }};
  return {dimension, result.time.size(), [&t = result.time](TextStream& to, std::size_t i) { to << t[i]; }};
}

void LongTable::take_strides() {
  for (Field& f : fields_) {
    f.strides.assign(axes_.size(), 0);
    std::size_t stride = 1;
    for (std::size_t d = f.dimensions->size(); d-- > 0;) {
      const auto axis = std::ranges::find(axes_, (*f.dimensions)[d], &Axis::name);
      f.strides[static_cast<std::size_t>(axis - axes_.begin())] = stride;
      stride *= axis->size;
    }
  }
}

void LongTable::select(const Result& result, const Selection& selection) {
  if (!selection.arm.empty()) {
    const auto found = std::ranges::find(result.arms(), selection.arm);
    const auto near = suggest(selection.arm, result.arms());
    if (found == result.arms().end())
      refuse(fmt::format("there is no {} `{}` in this result", result.arm(), harmless(selection.arm)),
             near ? "did you mean `" + *near + "`?" : "there are: " + listed(result.arms()));
    keep(result.arm(), found - result.arms().begin(), "--strategy", nullptr);
  }
  if (selection.replicate && std::ranges::count(result.replicates, *selection.replicate) == 0)
    refuse(fmt::format("there is no replicate {} in this result", *selection.replicate),
           "they are numbered from 0; inspect says how many there are");
  if (selection.replicate) keep("replicate", *selection.replicate, "--replicate", &result.replicates);
  if (selection.post) keep("post", *selection.post, "--post", nullptr);
}

// Along an axis of that name, or by a column of a table of single rows. coordinates: of the axis, where they are not
// 0, 1, 2 ...
void LongTable::keep(const std::string& name, std::int64_t value, const char* option, const Whole* coordinates) {
  const auto axis = std::ranges::find(axes_, name, &Axis::name);
  const auto refuse_absent = [&] {
    refuse(fmt::format("{} has no {} {}", heading(), name, value), "inspect says what there is");
  };
  if (axis != axes_.end()) {
    if (coordinates == nullptr && (value < 0 || value >= static_cast<std::int64_t>(axis->size))) refuse_absent();
    axis->chosen = [value, coordinates](std::size_t i) {
      return (coordinates == nullptr ? static_cast<std::int64_t>(i) : (*coordinates)[i]) == value;
    };
    return;
  }
  const Variable* column = group_ == nullptr ? nullptr : find_variable(*group_, name);
  if (column == nullptr || axes_.size() != 1 || column->dimensions != Names{axes_.front().name})
    refuse(fmt::format("{} does not apply to {}: it has no column `{}`", option, heading(), name), "leave it out");
  if (name == "post" && std::ranges::count(std::get<Whole>(column->values), value) == 0) refuse_absent();
  conditions_.emplace_back(
      [values = &std::get<Whole>(column->values), value](std::size_t i) { return (*values)[i] == value; });
}

bool LongTable::is_chosen(const Place& place) const {
  for (std::size_t a = 0; a < axes_.size(); ++a)
    if (axes_[a].chosen && !axes_[a].chosen(place[a])) return false;
  return std::ranges::all_of(conditions_, [&](const auto& holds) { return holds(place.front()); });
}

std::uint64_t LongTable::write_csv(TextStream& to) const {
  const char* comma = "";
  for (const Axis& a : axes_) put_csv(to << std::exchange(comma, ","), a.name);
  for (const Field& f : fields_) put_csv(to << std::exchange(comma, ","), f.name);
  to << "\r\n";
  Place place(axes_.size(), 0);
  std::uint64_t rows = 0;
  for (bool more = std::ranges::all_of(axes_, [](const Axis& a) { return a.size > 0; }); more;) {
    if (is_chosen(place)) write_row(to, place), ++rows;
    std::size_t a = axes_.size();
    while (a > 0 && ++place[a - 1] == axes_[a - 1].size) place[--a] = 0;
    more = a > 0;
  }
  return rows;
}

void LongTable::write_row(TextStream& to, const Place& place) const {
  const char* comma = "";
  for (std::size_t a = 0; a < axes_.size(); ++a) axes_[a].put(to << std::exchange(comma, ","), place[a]);
  for (const Field& f : fields_) f.put(to << std::exchange(comma, ","), f.at(place));
  to << "\r\n";
}

}  // namespace passalong
