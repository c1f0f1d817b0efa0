// Handles, errors, files in memory, groups and datasets.
#include "sim/output/h5.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace passalong::h5 {
namespace {

constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

herr_t keep_innermost(unsigned, const H5E_error2_t* entry, void* reason) {
  *static_cast<std::string*>(reason) = entry->desc ? entry->desc : "";
  return 0;
}

std::string innermost_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keep_innermost, &reason);
  std::ranges::replace(reason, '\n', ' ');
  return reason.empty() ? "no reason given" : reason;
}

// HDF5 prints its error stack unless told not to, per thread.
void silence() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

Handle property_list(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "make a property list"}; }

bool is_float(hid_t type) { return H5Tget_class(type) == H5T_FLOAT; }

// A missing chunk must not read as zeros.
void fill_with_nan(hid_t plist) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  check(H5Pset_fill_value(plist, H5T_NATIVE_DOUBLE, &nan), "set a fill value");
}

void set_filters(hid_t plist, hid_t type, const std::vector<std::size_t>& shape) {
  std::vector<hsize_t> chunk;
  for (const std::size_t n : chunk_shape(shape, H5Tget_size(type))) chunk.push_back(n);
  check(H5Pset_chunk(plist, static_cast<int>(chunk.size()), chunk.data()), "set the chunks");
  check(H5Pset_shuffle(plist), "set the shuffle filter");
  check(H5Pset_deflate(plist, 4), "set the deflate filter");
  check(H5Pset_fletcher32(plist), "set the checksum filter");
}

// A chunked dataset's empty dimension has to be a growing one: fixed ones hold at least a chunk.
Handle simple_space(const std::vector<std::size_t>& shape, bool chunked) {
  std::vector<hsize_t> now(shape.begin(), shape.end()), most = now;
  if (chunked) std::ranges::replace(most, hsize_t{0}, H5S_UNLIMITED);
  if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar"};
  return {H5Screate_simple(static_cast<int>(now.size()), now.data(), most.data()), H5Sclose, "make a shape"};
}

herr_t collect_name(hid_t, const char* name, const H5L_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

// The memory of a file in memory is a string of ours, still there once HDF5 has closed it. (H5Fget_file_image would
// give the bytes of an open file; in HDF5 1.10.8 their superblock has a wrong checksum.)
void* resize(void* bytes, std::size_t size) {
  try {
    static_cast<std::string*>(bytes)->resize(size);
  } catch (const std::exception&) {
    return nullptr;
  }
  return static_cast<std::string*>(bytes)->data();
}

H5FD_file_image_callbacks_t memory_in(std::string& bytes) {
  using Operation = H5FD_file_image_op_t;
  H5FD_file_image_callbacks_t c{};
  c.image_malloc = [](std::size_t size, Operation, void* to) { return resize(to, size); };
  c.image_realloc = [](void*, std::size_t size, Operation, void* to) { return resize(to, size); };
  c.image_memcpy = [](void* to, const void* from, std::size_t size, Operation, void*) {
    return std::memcpy(to, from, size);
  };
  c.image_free = [](void*, Operation, void*) -> herr_t { return 0; };
  c.udata_copy = [](void* same) { return same; };
  c.udata_free = [](void*) -> herr_t { return 0; };
  c.udata = &bytes;
  return c;
}

Handle create_in(std::string& bytes) {
  silence();
  const Handle creation = property_list(H5P_FILE_CREATE), access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_link_creation_order(creation, tracked), "track the order of links");
  check(H5Pset_attr_creation_order(creation, tracked), "track the order of attributes");
  check(H5Pset_obj_track_times(creation, false), "leave times out");  // two runs are byte-identical
  check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110), "set the format");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set how to close");
  check(H5Pset_fapl_core(access, std::size_t{1} << 22, false), "keep the file in memory");
  H5FD_file_image_callbacks_t memory = memory_in(bytes);
  check(H5Pset_file_image_callbacks(access, &memory), "keep the file in memory");
  return {H5Fcreate("result", H5F_ACC_TRUNC, creation, access), H5Fclose, "make a file in memory"};
}

}  // namespace

Error::Error(const std::string& doing)
    : std::runtime_error(fmt::format("HDF5 could not {}: {}", doing, innermost_reason())) {}

void check(herr_t status, const std::string& doing) {
  if (status < 0) throw Error(doing);
}

Handle::Handle(hid_t id, Close closer, const std::string& doing) : id_(id), close_(closer) {
  if (id < 0) throw Error(doing);
}

void Handle::close(const std::string& doing) { check(close_(std::exchange(id_, -1)), doing); }

NewFile::NewFile() : file_(create_in(bytes_)) {}

std::string NewFile::close() {
  file_.close("close the file");
  std::uint64_t size = 0;  // superblock version 2 states it at byte 28; beyond lies room to grow
  std::memcpy(&size, bytes_.data() + 28, sizeof size);
  bytes_.resize(size);
  return std::move(bytes_);
}

// Not H5LTopen_file_image: in HDF5 1.10.8 it frees memory twice.
Handle open_file(const char* bytes, std::size_t size) {
  silence();
  const Handle access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set how to close");
  check(H5Pset_fapl_core(access, std::size_t{1} << 20, false), "keep the file in memory");
  check(H5Pset_file_image(access, const_cast<char*>(bytes), size), "hand over the file");
  return {H5Fopen("result", H5F_ACC_RDONLY, access), H5Fclose, "open the file"};
}

Handle create_group(hid_t parent, const std::string& name) {
  const Handle plist = property_list(H5P_GROUP_CREATE);
  check(H5Pset_link_creation_order(plist, tracked), "track the order of links");
  check(H5Pset_attr_creation_order(plist, tracked), "track the order of attributes");
  check(H5Pset_obj_track_times(plist, false), "leave times out");
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, plist, H5P_DEFAULT), H5Gclose, "make group " + name};
}

hid_t type_of(const std::string& dtype) {
  if (dtype == "i1") return H5T_STD_I8LE;
  if (dtype == "i4") return H5T_STD_I32LE;
  if (dtype == "i8") return H5T_STD_I64LE;
  return dtype == "f4" ? H5T_IEEE_F32LE : H5T_IEEE_F64LE;
}

Handle text_type() {
  Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "make a text type"};
  check(H5Tset_size(type, H5T_VARIABLE), "make a text type");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  return type;
}

std::vector<std::size_t> chunk_shape(const std::vector<std::size_t>& shape, std::size_t value_bytes) {
  std::size_t room = (std::size_t{1} << 20) / value_bytes;  // HDF5's chunk cache holds 1 MiB
  std::vector<std::size_t> chunk(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const std::size_t n = shape[axis] == 0 ? 1024 : shape[axis], most = std::max<std::size_t>(room, 1);
    const std::size_t pieces = (n + most - 1) / most;
    chunk[axis] = (n + pieces - 1) / pieces;  // even pieces: no chunk is mostly padding
    room /= chunk[axis];
  }
  return chunk;
}

Handle create_dataset(hid_t group, const std::string& name, hid_t type, const std::vector<std::size_t>& shape) {
  const bool plain = shape.empty() || H5Tget_class(type) == H5T_STRING;  // HDF5 takes no filters there
  const Handle space = simple_space(shape, !plain), plist = property_list(H5P_DATASET_CREATE);
  check(H5Pset_attr_creation_order(plist, tracked), "track the order of attributes");
  check(H5Pset_obj_track_times(plist, false), "leave times out");
  if (is_float(type)) fill_with_nan(plist);
  if (!plain) set_filters(plist, type, shape);
  return {H5Dcreate2(group, name.c_str(), type, space, H5P_DEFAULT, plist, H5P_DEFAULT), H5Dclose,
          "make dataset " + name};
}

std::vector<std::string> links(hid_t group) {
  std::vector<std::string> names;
  hsize_t at = 0;
  if (H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, &at, collect_name, &names) < 0) {
    names.clear();  // another program's group, without an order of creation
    check(H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &(at = 0), collect_name, &names), "list a group");
  }
  return names;
}

std::vector<std::size_t> shape_of(hid_t dataset) {
  const Handle space{H5Dget_space(dataset), H5Sclose, "read a shape"};
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0) throw Error("read a shape");
  std::vector<hsize_t> dims(static_cast<std::size_t>(rank));
  if (H5Sget_simple_extent_dims(space, dims.data(), nullptr) < 0) throw Error("read a shape");
  return {dims.begin(), dims.end()};
}

std::string dtype_of(hid_t dataset) {
  const Handle type{H5Dget_type(dataset), H5Tclose, "read a type"};
  const std::size_t size = H5Tget_size(type);
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_STRING) return "str";
  if (kind == H5T_FLOAT && (size == 4 || size == 8)) return fmt::format("f{}", size);
  const bool is_signed = kind == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_2;
  if (is_signed && (size == 1 || size == 4 || size == 8)) return fmt::format("i{}", size);
  throw Error("read a dataset of a type that results do not have");
}

}  // namespace passalong::h5
