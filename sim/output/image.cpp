// Laying a result out as netCDF-4 does, in an HDF5 file in memory.
#include "sim/output/image.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/output/arrays.hpp"
#include "sim/output/dimensions.hpp"
#include "sim/output/h5.hpp"
#include "sim/output/layout.hpp"

namespace passalong {
namespace {

class Image {
 public:
  explicit Image(const Result& result) : result_(result) {}

  std::string bytes() {
    write_root_attributes();
    for (const Array& array : arrays_of(result_)) write(array);
    dimensions_.finish();
    const std::int32_t complete = result_.complete ? 1 : 0;
    h5::write_attribute(file_, "complete", H5T_STD_I32LE, &complete);
    return file_.close();
  }

 private:
  void write_root_attributes() {
    std::set<std::string> written{"digest", "complete"};
    for (const std::string name : layout::first_attributes) write_root_attribute(name, written);
    for (const auto& [name, text] : result_.text) write_root_attribute(name, written);
    for (const auto& [name, value] : result_.integers) write_root_attribute(name, written);
  }

  void write_root_attribute(const std::string& name, std::set<std::string>& written) {
    if (name == "digest") h5::write_attribute(file_, name, result_.digest);
    if (!written.insert(name).second) return;
    const auto named = [&](const auto& attribute) { return attribute.first == name; };
    const auto text = std::ranges::find_if(result_.text, named);
    const auto integer = std::ranges::find_if(result_.integers, named);
    if (text != result_.text.end())
      write_text(name, text->second);
    else if (integer != result_.integers.end())
      h5::write_attribute(file_, name, H5T_STD_I64LE, &integer->second);
    else if (name == "schema_version")
      h5::write_attribute(file_, name, H5T_STD_I64LE, &layout::schema_version);
  }

  void write_text(const std::string& name, const std::string& text) {
    if (text.find('\0') != std::string::npos)
      throw Failure(Exit::run, "the text \"" + name + "\" holds a zero byte and cannot be stored");
    h5::write_attribute(file_, name, text);
  }

  void write(const Array& array) {
    const h5::Handle parent = open_parent(array.group);
    const Variable& v = *array.variable;
    const h5::Handle text_type = h5::text_type();
    const hid_t type = array.texts ? static_cast<hid_t>(text_type) : h5::type_of(v.dtype);
    const h5::Handle dataset = h5::create_dataset(parent, v.name, type, array.shape);
    write_values(dataset, type, array);
    write_description(dataset, type, array);
    dimensions_.add(dataset, array);
  }

  h5::Handle open_parent(const std::string& group) {
    if (group.empty()) return {H5Gopen2(file_, "/", H5P_DEFAULT), H5Gclose, "open the root"};
    if (groups_.insert(group).second) return h5::create_group(file_, group);
    return {H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose, "open group " + group};
  }

  static void write_values(hid_t dataset, hid_t type, const Array& array) {
    if (std::ranges::count(array.shape, 0u) > 0) return;
    const std::string bytes = bytes_of(array);
    std::vector<const char*> pointers;
    if (array.texts)
      for (const std::string& t : *array.texts) pointers.push_back(t.c_str());
    const void* values = array.texts ? static_cast<const void*>(pointers.data()) : bytes.data();
    h5::check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write " + array.path());
  }

  static void write_description(hid_t dataset, hid_t type, const Array& array) {
    const Variable& v = *array.variable;
    if (!v.units.empty()) h5::write_attribute(dataset, "units", v.units);
    if (!v.long_name.empty()) h5::write_attribute(dataset, "long_name", v.long_name);
    if (!array.coordinate) write_fill_value(dataset, v.dtype);
    if (!v.meanings.empty()) write_flags(dataset, type, v);
  }

  static void write_fill_value(hid_t dataset, const std::string& dtype) {
    const float nan4 = std::numeric_limits<float>::quiet_NaN();
    const double nan8 = std::numeric_limits<double>::quiet_NaN();
    if (dtype == "f4") h5::write_attribute(dataset, "_FillValue", H5T_IEEE_F32LE, &nan4);
    if (dtype == "f8") h5::write_attribute(dataset, "_FillValue", H5T_IEEE_F64LE, &nan8);
  }

  static void write_flags(hid_t dataset, hid_t type, const Variable& v) {
    const Variable codes{v.name, "", "", {v.name}, flag_values(v), v.dtype, {}};
    const Array array{"", std::make_shared<const Variable>(codes), nullptr, {v.meanings.size()}, {}, false};
    h5::write_attribute(dataset, "flag_values", type, bytes_of(array).data(), v.meanings.size());
    h5::write_attribute(dataset, "flag_meanings", flag_meanings(v));
    h5::write_attribute(dataset, layout::exact_meanings, v.meanings);
  }

  static std::vector<std::int64_t> flag_values(const Variable& v) {
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < v.meanings.size(); ++i) values.push_back(static_cast<std::int64_t>(i));
    return values;
  }

  static std::string flag_meanings(const Variable& v) {
    std::string words;
    for (std::string word : v.meanings) {
      std::ranges::replace_if(
          word, [](unsigned char c) { return c <= ' '; }, '_');
      if (!words.empty()) words += ' ';
      words += word.empty() ? "_" : word;
    }
    return words;
  }

  const Result& result_;
  h5::NewFile file_;
  Dimensions dimensions_{file_};
  std::set<std::string> groups_;
};

}  // namespace

std::string image_of(const Result& result) { return Image(result).bytes(); }

}  // namespace passalong
