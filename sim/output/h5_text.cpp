// Attributes, and texts in attributes and datasets.
#include <algorithm>

#include "sim/output/h5.hpp"

namespace passalong::h5 {
namespace {

Handle attribute_space(std::size_t count) {
  const hsize_t n = count;
  return {count == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &n, nullptr), H5Sclose, "make a shape"};
}

std::size_t points_in(hid_t space) {
  const hssize_t n = H5Sget_simple_extent_npoints(space);
  if (n < 0) throw Error("measure a shape");
  return static_cast<std::size_t>(n);
}

// Reads texts of either kind; `read` fills a buffer of the memory type.
template <class Read>
std::vector<std::string> take_texts(hid_t file_type, hid_t space, Read read) {
  const std::size_t count = points_in(space);
  std::vector<std::string> texts;
  if (count == 0) return texts;
  const Handle type{H5Tcopy(file_type), H5Tclose, "read a text"};
  if (H5Tis_variable_str(type) > 0) {
    std::vector<char*> pointers(count, nullptr);
    check(read(type, pointers.data()), "read a text");
    for (const char* p : pointers) texts.emplace_back(p ? p : "");
    check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), "free a text");
    return texts;
  }
  const std::size_t width = H5Tget_size(type);
  std::string bytes(count * width, '\0');
  check(read(type, bytes.data()), "read a text");
  for (std::size_t i = 0; i < count; ++i) texts.emplace_back(bytes.substr(i * width, width).c_str());
  return texts;
}

Handle open_attribute(hid_t object, hsize_t i) {
  hid_t id = H5Aopen_by_idx(object, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT);
  if (id < 0) id = H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT);
  return {id, H5Aclose, "open an attribute"};
}

std::string name_of(hid_t attribute) {
  const ssize_t size = H5Aget_name(attribute, 0, nullptr);
  if (size < 0) throw Error("read the name of an attribute");
  std::string name(static_cast<std::size_t>(size), '\0');
  H5Aget_name(attribute, name.size() + 1, name.data());
  return name;
}

void add_attribute(Attributes& all, hid_t attribute) {
  const Handle type{H5Aget_type(attribute), H5Tclose, "read the type of an attribute"};
  const Handle space{H5Aget_space(attribute), H5Sclose, "read the shape of an attribute"};
  if (H5Tget_class(type) == H5T_STRING) {
    const auto read = [&](hid_t memory, void* to) { return H5Aread(attribute, memory, to); };
    all.texts.emplace_back(name_of(attribute), take_texts(type, space, read));
  } else if (H5Tget_class(type) == H5T_INTEGER && points_in(space) == 1) {
    std::int64_t value = 0;
    check(H5Aread(attribute, H5T_NATIVE_INT64, &value), "read an attribute");
    all.integers.emplace_back(name_of(attribute), value);
  }
}

}  // namespace

void write_attribute(hid_t object, const std::string& name, hid_t type, const void* values, std::size_t count) {
  const Handle space = attribute_space(count);
  const Handle attribute{H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "make attribute " + name};
  check(H5Awrite(attribute, type, values), "write attribute " + name);
}

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  const char* pointer = text.c_str();
  write_attribute(object, name, text_type(), &pointer);
}

void write_attribute(hid_t object, const std::string& name, const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& t : texts) pointers.push_back(t.c_str());
  write_attribute(object, name, text_type(), pointers.data(), pointers.size());
}

std::vector<std::string> Attributes::list(const std::string& name) const {
  const auto it = std::ranges::find(texts, name, &std::pair<std::string, std::vector<std::string>>::first);
  return it == texts.end() ? std::vector<std::string>{} : it->second;
}

std::string Attributes::text(const std::string& name) const {
  const std::vector<std::string> all = list(name);
  return all.empty() ? "" : all.front();
}

bool Attributes::has(const std::string& name) const {
  const auto named = [&](const auto& attribute) { return attribute.first == name; };
  return std::ranges::any_of(texts, named) || std::ranges::any_of(integers, named);
}

Attributes read_attributes(hid_t object) {
  H5O_info_t info{};
  check(H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS), "count attributes");
  Attributes all;
  for (hsize_t i = 0; i < info.num_attrs; ++i) add_attribute(all, open_attribute(object, i));
  return all;
}

std::vector<std::string> read_texts(hid_t dataset) {
  const Handle type{H5Dget_type(dataset), H5Tclose, "read a type"};
  const Handle space{H5Dget_space(dataset), H5Sclose, "read a shape"};
  return take_texts(
      type, space, [&](hid_t memory, void* to) { return H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, to); });
}

}  // namespace passalong::h5
