// From the bytes of an HDF5 file back to a result, which must have the digest the file states.
#include <fmt/format.h>
#include <hdf5_hl.h>

#include <functional>
#include <numeric>
#include <variant>

#include "sim/base/failure.hpp"
#include "sim/output/arrays.hpp"
#include "sim/output/h5.hpp"
#include "sim/output/image.hpp"
#include "sim/output/layout.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

h5::Handle open(hid_t parent, const std::string& name) {
  return {H5Oopen(parent, name.c_str(), H5P_DEFAULT), H5Oclose, "open " + name};
}

template <class Value>
std::vector<Value> read_values(hid_t dataset, hid_t memory_type, std::size_t count) {
  std::vector<Value> values(count);
  if (count > 0) h5::check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read values");
  return values;
}

Column read_column(hid_t dataset, const std::string& dtype, const std::vector<std::size_t>& shape) {
  const std::size_t count = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  if (dtype[0] == 'i') return read_values<std::int64_t>(dataset, H5T_NATIVE_INT64, count);
  return read_values<double>(dataset, H5T_NATIVE_DOUBLE, count);
}

herr_t take_scale_name(hid_t, unsigned, hid_t scale, void* to) {
  char name[256] = "";
  if (H5DSget_scale_name(scale, name, sizeof name) < 0) return -1;
  *static_cast<std::string*>(to) = name;
  return 1;
}

std::vector<std::string> dimensions_of(hid_t dataset, const std::string& name, std::size_t rank) {
  if (H5DSis_scale(dataset) > 0) return {name};
  std::vector<std::string> dimensions(rank);
  for (unsigned axis = 0; axis < rank; ++axis) {
    H5DSiterate_scales(dataset, axis, nullptr, take_scale_name, &dimensions[axis]);
    if (dimensions[axis].empty()) throw Damage{fmt::format("axis {} of {} has no dimension", axis, name)};
  }
  return dimensions;
}

Variable read_variable(hid_t dataset, const std::string& name) {
  const h5::Attributes attributes = h5::read_attributes(dataset);
  const std::vector<std::size_t> shape = h5::shape_of(dataset);
  Variable v;
  v.name = name;
  v.units = attributes.text("units");
  v.long_name = attributes.text("long_name");
  v.dimensions = dimensions_of(dataset, name, shape.size());
  v.dtype = h5::dtype_of(dataset);
  if (v.dtype == "str") throw Damage{name + " holds texts"};
  v.values = read_column(dataset, v.dtype, shape);
  v.meanings = attributes.list(layout::exact_meanings);
  return v;
}

TextVariable read_text_variable(hid_t dataset, const std::string& name) {
  return {name, h5::read_attributes(dataset).text("long_name"),
          dimensions_of(dataset, name, h5::shape_of(dataset).size()), h5::read_texts(dataset)};
}

bool is_plain_index(const Variable& v, std::size_t size) {
  const Variable plain = index_coordinate(v.name, size);
  return v.dtype == plain.dtype && v.units.empty() && v.long_name == plain.long_name && v.values == plain.values;
}

Group read_group(hid_t object, const std::string& name) {
  Group group{name, {}, {}};
  for (const std::string& link : h5::links(object)) {
    const h5::Handle dataset = open(object, link);
    if (H5Iget_type(dataset) != H5I_DATASET) throw Damage{"group " + name + " holds more than variables"};
    if (h5::dtype_of(dataset) == "str") {
      group.texts.push_back(read_text_variable(dataset, link));
      continue;
    }
    Variable v = read_variable(dataset, link);
    if (H5DSis_scale(dataset) > 0) {
      const std::size_t size = h5::shape_of(dataset).at(0);
      group.dimensions[link] = size;
      if (is_plain_index(v, size)) continue;
    }
    group.variables.push_back(std::move(v));
  }
  return group;
}

void read_root_dataset(Result& r, hid_t dataset, const std::string& name) {
  const bool scale = H5DSis_scale(dataset) > 0;
  if (scale && name == "strategy") {
    r.strategies = h5::read_texts(dataset);
  } else if (scale && name == "brand") {
    r.brands = h5::read_texts(dataset);
  } else if (scale && name == "replicate") {
    r.replicates = std::get<std::vector<std::int64_t>>(read_variable(dataset, name).values);
  } else if (scale && name == "time") {
    r.time = std::get<std::vector<double>>(read_variable(dataset, name).values);
  } else {
    r.series.push_back(read_variable(dataset, name));
  }
}

void read_manifest(Result& r, hid_t file) {
  const h5::Attributes attributes = h5::read_attributes(file);
  for (const char* name : {"digest", "schema_version", "complete"})
    if (!attributes.has(name))
      throw Damage{fmt::format("an HDF5 file, but not a passalong result: it has no attribute \"{}\"", name)};
  for (const auto& [name, texts] : attributes.texts)
    if (name != "digest" && !texts.empty()) r.text.emplace_back(name, texts.front());
  for (const auto& [name, value] : attributes.integers) {
    if (name == "complete") r.complete = value == 1;
    if (name == "schema_version" && value > layout::schema_version)
      throw Damage{
          fmt::format("written by a newer version (schema {}; this one knows {})", value, layout::schema_version)};
    if (name != "complete") r.integers.emplace_back(name, value);
  }
  r.digest = attributes.text("digest");
}

Result read_image(std::string_view image) {
  const h5::Handle file = h5::open_file(image.data(), image.size());
  Result r;
  read_manifest(r, file);
  for (const std::string& name : h5::links(file)) {
    const h5::Handle object = open(file, name);
    if (H5Iget_type(object) == H5I_GROUP)
      r.groups.push_back(read_group(object, name));
    else
      read_root_dataset(r, object, name);
  }
  return r;
}

void check_digest(const Result& r) {
  const std::string found = digest_of(r);
  if (found != r.digest) throw Damage{fmt::format("its values have the digest {}, not {} as it says", found, r.digest)};
}

}  // namespace

Result result_in(std::string_view image) {
  try {
    Result r = read_image(image);
    check_digest(r);
    return r;
  } catch (const h5::Error& error) {
    throw Damage{error.what()};
  } catch (const Failure& failure) {  // arrays that contradict each other
    throw Damage{failure.what()};
  } catch (const std::bad_variant_access&) {
    throw Damage{"a coordinate is of the wrong type"};
  }
}

}  // namespace passalong
