#include "sim/experiment/process_tables.hpp"

#include <algorithm>

namespace passalong {
namespace {
using Whole = std::vector<const ProcessRecord*>;

Variable variable(const ProcessQuantity& quantity, std::vector<std::string> dimensions, std::vector<double> values) {
  Variable v{quantity.name, quantity.units, quantity.long_name, std::move(dimensions), {}, "f8", {}};
  if (quantity.integer) {
    v.values = std::vector<std::int64_t>(values.begin(), values.end());
    v.dtype = "i8";
  } else {
    v.values = std::move(values);
  }
  return v;
}

std::size_t ticks_of(const ProcessRecord& record, std::size_t width) { return record.series.size() / width; }

// Beyond the end of a replicate a stock stays as it was and nothing flows.
std::vector<double> course(const Whole& whole, std::size_t place, std::size_t width, std::size_t ticks, bool flow) {
  std::vector<double> values;
  values.reserve(whole.size() * ticks);
  for (const ProcessRecord* record : whole) {
    const std::size_t own = ticks_of(*record, width);
    for (std::size_t t = 0; t < ticks; ++t)
      values.push_back(t < own ? record->series[t * width + place]
                       : flow  ? 0
                               : record->series[(own - 1) * width + place]);
  }
  return values;
}

void add_series(Result& result, const ProcessForm& form, const Whole& whole, double days_a_tick, bool kept) {
  const std::size_t width = form.series.size();
  std::size_t ticks = 0;
  for (const ProcessRecord* record : whole) ticks = std::max(ticks, width > 0 ? ticks_of(*record, width) : 0);
  if (kept && ticks == 0) return;
  if (!kept || ticks * whole.size() > most_values_of_courses) {
    result.text.emplace_back("left_out", "the course over time: too many replicates and ticks");
    return;
  }
  for (std::size_t t = 0; t < ticks; ++t) result.time.push_back(static_cast<double>(t) * days_a_tick);
  for (std::size_t q = 0; q < width; ++q)
    result.series.push_back(
        variable(form.series[q], {"replicate", "time"}, course(whole, q, width, ticks, form.series[q].flow)));
}

Group tabulate(const ProcessTable& table, std::size_t place, const Result& result, const Whole& whole) {
  const std::size_t width = table.columns.size();
  Group group{table.group, {}, {}};
  std::vector<double> replicates;
  std::vector<std::vector<double>> columns(width);
  for (std::size_t r = 0; r < whole.size(); ++r) {
    const std::vector<double>& cells = whole[r]->tables[place];
    for (std::size_t i = 0; i < cells.size(); ++i) columns[i % width].push_back(cells[i]);
    replicates.insert(replicates.end(), cells.size() / width, static_cast<double>(result.replicates[r]));
  }
  group.dimensions[table.dimension] = replicates.size();
  group.variables.push_back(variable({"replicate", "1", "replicate"}, {table.dimension}, std::move(replicates)));
  for (std::size_t c = 0; c < width; ++c)
    group.variables.push_back(variable(table.columns[c], {table.dimension}, std::move(columns[c])));
  return group;
}
}  // namespace

Result tabulate_processes(const ProcessForm& form, const ProcessRecords& records, double days_a_tick,
                          bool courses_kept) {
  Result result;
  Whole whole;
  for (std::size_t r = 0; r < records.size(); ++r)
    if (records[r]) whole.push_back(&*records[r]), result.replicates.push_back(static_cast<std::int64_t>(r));
  for (std::size_t q = 0; q < form.finals.size(); ++q) {
    std::vector<double> values;
    for (const ProcessRecord* record : whole) values.push_back(record->finals[q]);
    result.series.push_back(variable(form.finals[q], {"replicate"}, std::move(values)));
  }
  add_series(result, form, whole, days_a_tick, courses_kept);
  for (std::size_t i = 0; i < form.tables.size(); ++i)
    result.groups.push_back(tabulate(form.tables[i], i, result, whole));
  result.complete = whole.size() == records.size();
  return result;
}

}  // namespace passalong
