// netCDF-4's dimensions: a coordinate is a dimension scale, and every axis of every other array names its scale.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/output/arrays.hpp"
#include "sim/output/h5.hpp"

namespace passalong {

class Dimensions {
 public:
  explicit Dimensions(hid_t file) : file_(file) {}

  void add(hid_t dataset, const Array& array);  // coordinates come before what uses them
  void finish();                                // tells every scale who uses it

 private:
  using Use = std::pair<hobj_ref_t, int>;  // a dataset and one of its axes

  void make_scale(hid_t dataset, const std::string& name);
  void attach_scales(hid_t dataset, const Array& array);
  hobj_ref_t reference_to(const std::string& path) const;

  hid_t file_;
  std::map<std::string, std::vector<Use>> uses_;  // by the scale's path
  std::int32_t count_ = 0;
};

}  // namespace passalong
