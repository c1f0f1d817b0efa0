// From a result to the arrays that are stored.
#include "sim/output/arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "sim/base/failure.hpp"

namespace passalong {
namespace {

static_assert(std::endian::native == std::endian::little, "bytes_of writes values as they lie in memory");

[[noreturn]] void refuse(const std::string& what) { throw Failure(Exit::run, "this result cannot be stored: " + what); }

std::shared_ptr<const Variable> borrow(const Variable& v) { return {std::shared_ptr<void>(), &v}; }

std::shared_ptr<const Variable> own(Variable v) { return std::make_shared<const Variable>(std::move(v)); }

bool is_coordinate_of(const Variable& v, const std::string& dimension) {
  return v.name == dimension && v.dimensions == std::vector{dimension};
}

std::size_t size_of(const Column& values) {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

void check_name(const std::string& name) {
  const auto bad = [](unsigned char c) { return c < 0x20 || c == '/' || c == 0x7f; };
  if (name.empty() || name == "." || name == ".." || std::ranges::any_of(name, bad))
    refuse(fmt::format("\"{}\" is not a name", name));
}

// Lays out a result group by group, resolving each dimension to the coordinate that gives its size.
class Layout {
 public:
  explicit Layout(const Result& result) : result_(result) {}

  std::vector<Array> arrays() {
    add_root_coordinates();
    for (const Variable& v : result_.series) add("", nullptr, v);
    for (const Group& g : result_.groups) add_group(g);
    return std::move(arrays_);
  }

 private:
  // A root dimension is stored where it has values or something uses it.
  void add_root_coordinates() {
    const Result& r = result_;
    if (!r.strategies.empty() || is_used("strategy")) {
      place({"",
             own({"strategy", "", "strategy", {"strategy"}, {}, "str", {}}),
             &r.strategies,
             {r.strategies.size()},
             {},
             true});
    }
    if (!r.brands.empty())
      place({"", own({"brand", "", "brand", {"brand"}, {}, "str", {}}), &r.brands, {r.brands.size()}, {}, true});
    if (!r.replicates.empty() || is_used("replicate"))
      place({"",
             own({"replicate", "", "replicate", {"replicate"}, r.replicates, "i8", {}}),
             nullptr,
             {r.replicates.size()},
             {},
             true});
    if (!r.time.empty() || is_used("time"))
      place(
          {"", own({"time", "d", "days since start", {"time"}, r.time, "f8", {}}), nullptr, {r.time.size()}, {}, true});
  }

  bool is_used(const std::string& dimension) const {
    const auto uses = [&](const Variable& v) { return std::ranges::count(v.dimensions, dimension) > 0; };
    return std::ranges::any_of(result_.series, uses) || std::ranges::any_of(result_.groups, [&](const Group& g) {
             return !g.dimensions.contains(dimension) && std::ranges::any_of(g.variables, uses);
           });
  }

  void add_group(const Group& g) {
    check_name(g.name);
    if (!paths_.insert("/" + g.name).second) refuse("two things are called /" + g.name);
    for (const auto& [dimension, size] : g.dimensions) {
      const auto given = std::ranges::find_if(g.variables, [&](const Variable& v) { return v.name == dimension; });
      if (given == g.variables.end())
        place({g.name, own(index_coordinate(dimension, size)), nullptr, {size}, {}, true});
      else
        add(g.name, &g, *given);
    }
    for (const Variable& v : g.variables)
      if (!g.dimensions.contains(v.name)) add(g.name, &g, v);
    for (const TextVariable& t : g.texts) add_texts(g, t);
  }

  void add_texts(const Group& g, const TextVariable& t) {
    Array a{g.name, own({t.name, "", t.long_name, t.dimensions, {}, "str", {}}), &t.values, {}, {}, false};
    if (g.dimensions.contains(t.name)) refuse(a.path() + " has the name of a dimension");
    resolve(a, &g);
    place(std::move(a));
  }

  // Shape and scales of an array, by its dimensions.
  void resolve(Array& a, const Group* g) const {
    for (const std::string& d : a.variable->dimensions) {
      const bool own_dimension = g && g->dimensions.contains(d);
      a.shape.push_back(own_dimension ? g->dimensions.at(d) : root_size(d, a));
      if (!a.coordinate) a.scales.push_back(own_dimension ? "/" + g->name + "/" + d : "/" + d);
    }
  }

  void add(const std::string& group, const Group* g, const Variable& v) {
    Array a{group, borrow(v), nullptr, {}, {}, g && g->dimensions.contains(v.name)};
    if (a.coordinate && !is_coordinate_of(v, v.name))
      refuse(a.path() + " has the name of a dimension and is not its coordinate");
    resolve(a, g);
    place(std::move(a));
  }

  std::size_t root_size(const std::string& dimension, const Array& a) const {
    if (dimension == "strategy") return result_.strategies.size();
    if (dimension == "brand" && !result_.brands.empty()) return result_.brands.size();
    if (dimension == "replicate") return result_.replicates.size();
    if (dimension == "time") return result_.time.size();
    refuse(fmt::format("{} has an unknown dimension \"{}\"", a.path(), dimension));
  }

  void place(Array a) {
    check_name(a.variable->name);
    if (!paths_.insert(a.path()).second) refuse("two things are called " + a.path());
    const std::size_t expected = std::accumulate(a.shape.begin(), a.shape.end(), std::size_t{1}, std::multiplies<>());
    const std::size_t got = a.texts ? a.texts->size() : size_of(a.variable->values);
    if (got != expected) refuse(fmt::format("{} has {} values where its dimensions make {}", a.path(), got, expected));
    arrays_.push_back(std::move(a));
  }

  const Result& result_;
  std::vector<Array> arrays_;
  std::set<std::string> paths_;
};

template <class Stored, class Value>
std::optional<Stored> stored_as(Value value) {
  if constexpr (std::is_floating_point_v<Stored>) {
    if (std::isnan(value)) return std::numeric_limits<Stored>::quiet_NaN();
    if (std::isfinite(value) && std::abs(value) > static_cast<Value>(std::numeric_limits<Stored>::max())) return {};
  } else if (!std::in_range<Stored>(value)) {
    return {};
  }
  return static_cast<Stored>(value);
}

template <class Stored, class Value>
std::string packed(const Array& array) {
  const auto* values = std::get_if<std::vector<Value>>(&array.variable->values);
  if (!values)
    refuse(
        fmt::format("{} is to be stored as {} and holds values of another kind", array.path(), array.variable->dtype));
  std::string bytes(values->size() * sizeof(Stored), '\0');
  for (std::size_t i = 0; i < values->size(); ++i) {
    const std::optional<Stored> stored = stored_as<Stored>((*values)[i]);
    if (!stored)
      refuse(fmt::format("value {} of {} does not fit {}: {}", i, array.path(), array.variable->dtype, (*values)[i]));
    std::memcpy(bytes.data() + i * sizeof(Stored), &*stored, sizeof(Stored));
  }
  return bytes;
}

std::string packed_texts(const std::vector<std::string>& texts) {
  std::string bytes;
  for (const std::string& t : texts) {
    if (t.find('\0') != std::string::npos) refuse("a name holds a zero byte");
    bytes.append(t).push_back('\0');
  }
  return bytes;
}

}  // namespace

std::vector<Array> arrays_of(const Result& result) { return Layout(result).arrays(); }

Variable index_coordinate(const std::string& dimension, std::size_t size) {
  std::vector<std::int64_t> index(size);
  std::iota(index.begin(), index.end(), 0);
  return {dimension, "", "index of the " + dimension, {dimension}, std::move(index), "i8", {}};
}

std::string bytes_of(const Array& array) {
  if (array.texts) return packed_texts(*array.texts);
  const std::string& dtype = array.variable->dtype;
  if (dtype == "i1") return packed<std::int8_t, std::int64_t>(array);
  if (dtype == "i4") return packed<std::int32_t, std::int64_t>(array);
  if (dtype == "i8") return packed<std::int64_t, std::int64_t>(array);
  if (dtype == "f4") return packed<float, double>(array);
  if (dtype == "f8") return packed<double, double>(array);
  refuse(fmt::format("{} is to be stored as an unknown type \"{}\"", array.path(), dtype));
}

}  // namespace passalong
