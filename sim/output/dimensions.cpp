// The attributes of HDF5's dimension scale specification, written by hand: H5DSattach_scale leaves in the file whatever
// the padding of its records held, so that two runs would differ, and rewrites the whole list for each use.
#include "sim/output/dimensions.hpp"

#include <cstddef>
#include <cstring>

namespace passalong {
namespace {

// One use of a scale, as the specification lays it out.
struct Record {
  hobj_ref_t dataset;
  int axis;
};

// The specification asks for fixed-length ASCII here.
void write_ascii(hid_t dataset, const std::string& name, const std::string& text) {
  const h5::Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "make a text type"};
  h5::check(H5Tset_size(type, text.size() + 1), "make a text type");
  h5::write_attribute(dataset, name, type, text.c_str());
}

h5::Handle record_type() {
  h5::Handle type{H5Tcreate(H5T_COMPOUND, sizeof(Record)), H5Tclose, "make a reference type"};
  h5::check(H5Tinsert(type, "dataset", offsetof(Record, dataset), H5T_STD_REF_OBJ), "make a reference type");
  h5::check(H5Tinsert(type, "dimension", offsetof(Record, axis), H5T_NATIVE_INT), "make a reference type");
  return type;
}

}  // namespace

void Dimensions::add(hid_t dataset, const Array& array) {
  if (array.coordinate)
    make_scale(dataset, array.variable->name);
  else if (!array.scales.empty())
    attach_scales(dataset, array);
}

void Dimensions::make_scale(hid_t dataset, const std::string& name) {
  write_ascii(dataset, "CLASS", "DIMENSION_SCALE");
  write_ascii(dataset, "NAME", name);
  h5::write_attribute(dataset, "_Netcdf4Dimid", H5T_STD_I32LE, &count_);
  ++count_;
}

void Dimensions::attach_scales(hid_t dataset, const Array& array) {
  std::vector<hobj_ref_t> references;
  for (const std::string& scale : array.scales) references.push_back(reference_to(scale));
  std::vector<hvl_t> list;
  for (hobj_ref_t& reference : references) list.push_back({1, &reference});
  const h5::Handle type{H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "make a reference type"};
  h5::write_attribute(dataset, "DIMENSION_LIST", type, list.data(), list.size());
  const hobj_ref_t self = reference_to(array.path());
  for (std::size_t axis = 0; axis < array.scales.size(); ++axis)
    uses_[array.scales[axis]].emplace_back(self, static_cast<int>(axis));
}

hobj_ref_t Dimensions::reference_to(const std::string& path) const {
  hobj_ref_t reference{};
  h5::check(H5Rcreate(&reference, file_, path.c_str(), H5R_OBJECT, -1), "refer to " + path);
  return reference;
}

void Dimensions::finish() {
  const h5::Handle type = record_type();
  for (const auto& [scale, uses] : uses_) {
    std::vector<unsigned char> records(uses.size() * sizeof(Record), 0);  // the padding too
    for (std::size_t i = 0; i < uses.size(); ++i) {
      unsigned char* record = records.data() + i * sizeof(Record);
      std::memcpy(record + offsetof(Record, dataset), &uses[i].first, sizeof(hobj_ref_t));
      std::memcpy(record + offsetof(Record, axis), &uses[i].second, sizeof(int));
    }
    const h5::Handle dataset{H5Dopen2(file_, scale.c_str(), H5P_DEFAULT), H5Dclose, "open " + scale};
    h5::write_attribute(dataset, "REFERENCE_LIST", type, records.data(), uses.size());
  }
}

}  // namespace passalong
