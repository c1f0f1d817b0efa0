// Small cascades by size, and a row for each large one: what is kept of billions.
#include "sim/experiment/cascade_tables.hpp"

#include <algorithm>
#include <limits>

#include "sim/engine/tree.hpp"

namespace passalong {
namespace {

// A column of a table from its rows.
template <class Value, class Rows, class Of>
Variable column(const char* dimension, const char* name, const char* units, const char* long_name, const Rows& rows,
                const Of& of) {
  std::vector<Value> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(static_cast<Value>(of(row)));
  const char* const type = std::is_floating_point_v<Value> ? "f8" : "i8";
  return {name, units, long_name, {dimension}, std::move(values), type, {}};
}

struct SizeRow : SizeCount {
  std::uint64_t size = 0;
};

Group tabulate_small(const CascadeResult& played) {
  std::vector<SizeRow> rows;
  for (std::uint64_t size = 0; size < played.outcome.small.size(); ++size)
    if (played.outcome.small[size].count > 0) rows.push_back({played.outcome.small[size], size});
  Group group{"sizes", {{"size", rows.size()}}, {}};
  const auto add = [&]<class Value>(Value, const char* name, const char* units, const char* long_name, const auto& of) {
    group.variables.push_back(column<Value>("size", name, units, long_name, rows, of));
  };
  constexpr std::int64_t whole{};
  add(whole, "size", "accounts", "accounts active in the end", [](const SizeRow& r) { return r.size; });
  add(whole, "count", "1", "cascades of this size", [](const SizeRow& r) { return r.count; });
  if (played.times) add(whole, "depth_sum", "steps", "sum of their depths", [](const SizeRow& r) { return r.depths; });
  if (played.trees)
    add(double{}, "structural_virality_sum", "1", "sum of their structural viralities",
        [](const SizeRow& r) { return structural_virality(static_cast<double>(r.distances), r.size); });
  return group;
}

Group tabulate_large(const CascadeResult& played) {
  Group group{"viral", {{"cascade", played.outcome.large.size()}}, {}};
  const auto add = [&]<class Value>(Value, const char* name, const char* units, const char* long_name, const auto& of) {
    group.variables.push_back(column<Value>("cascade", name, units, long_name, played.outcome.large, of));
  };
  constexpr std::int64_t whole{};
  add(whole, "replicate", "", "replicate", [](const LargeCascade& c) { return c.replicate; });
  add(whole, "size", "accounts", "accounts active in the end", [](const LargeCascade& c) { return c.size; });
  if (played.times)
    add(whole, "depth", "steps", "steps until the last activation", [](const LargeCascade& c) { return c.depth; });
  if (played.trees)
    add(double{}, "structural_virality", "1", "mean distance of two accounts of the cascade's tree",
        [](const LargeCascade& c) { return c.structural_virality; });
  add(whole, "seed", "", "account that was active first", [](const LargeCascade& c) { return c.seed; });
  return group;
}

const std::vector<std::int64_t>* column_of(const Result& result, const char* group, const char* name) {
  for (const Group& g : result.groups)
    if (g.name == group)
      for (const Variable& v : g.variables)
        if (v.name == name) return std::get_if<std::vector<std::int64_t>>(&v.values);
  return nullptr;
}

}  // namespace

void add_counted(Result& result, const CascadeResult& played, bool own_networks) {
  result.groups.push_back(tabulate_small(played));
  result.groups.push_back(tabulate_large(played));
  result.integers.emplace_back("replicates_counted", played.outcome.begun);
  if (own_networks)  // and tables of them by replicate
    for (std::int64_t r = 0; r < played.outcome.begun; ++r) result.replicates.push_back(r);
}

std::optional<Sizes> summarise_counted(const Result& result) {
  const auto *const sizes = column_of(result, "sizes", "size"), *const counts = column_of(result, "sizes", "count"),
                    *const large = column_of(result, "viral", "size");
  if (sizes == nullptr || counts == nullptr || large == nullptr) return {};
  MeanOfSizes mean;
  std::int64_t least = std::numeric_limits<std::int64_t>::max(), most = 0;
  const auto add = [&](std::int64_t size, std::int64_t times) {
    mean.add(static_cast<std::uint32_t>(size), static_cast<std::uint64_t>(times));
    least = std::min(least, size), most = std::max(most, size);
  };
  for (std::size_t i = 0; i < sizes->size(); ++i) add((*sizes)[i], (*counts)[i]);
  for (const std::int64_t size : *large) add(size, 1);
  if (mean.count() == 0) return {};
  return Sizes{mean.count(), mean.mean(), mean.se(), mean.half_width(), least, most, {}};
}

}  // namespace passalong
