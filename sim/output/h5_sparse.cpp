// HDF5's virtual file driver over a SparseImage, and the datasets in one piece that go with it.
#include <algorithm>
#include <cstring>
#include <new>

#include "sim/output/h5.hpp"

namespace passalong::h5 {
namespace {

constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr hsize_t large = 1 << 16, page = 4096;  // what is large begins at a page

struct OpenImage {
  H5FD_t base;  // HDF5's own, first as it wants it
  SparseImage* image;
  haddr_t end_of_allocation;
};
OpenImage* opened(H5FD_t* file) { return reinterpret_cast<OpenImage*>(file); }
const OpenImage* opened(const H5FD_t* file) { return reinterpret_cast<const OpenImage*>(file); }

H5FD_t* open_image(const char*, unsigned flags, hid_t access, haddr_t) {
  SparseImage* const* image = static_cast<SparseImage* const*>(H5Pget_driver_info(access));
  auto* file = image == nullptr ? nullptr : new (std::nothrow) OpenImage{};
  if (file == nullptr) return nullptr;
  file->image = *image;
  if ((flags & H5F_ACC_TRUNC) != 0) file->image->clear();
  return &file->base;
}

herr_t close_image(H5FD_t* file) {
  delete opened(file);
  return 0;
}

herr_t write_image(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, const void* bytes) try {
  opened(file)->image->write(at, static_cast<const char*>(bytes), size);
  return 0;
} catch (const std::bad_alloc&) {
  return -1;
}

herr_t read_image(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* bytes) {
  opened(file)->image->read(at, static_cast<char*>(bytes), size);
  return 0;
}

herr_t set_end(H5FD_t* file, H5FD_mem_t, haddr_t at) {
  opened(file)->end_of_allocation = at;
  return 0;
}

herr_t end_at_allocation(H5FD_t* file, hid_t, hbool_t) {
  opened(file)->image->resize(opened(file)->end_of_allocation);
  return 0;
}

herr_t tell_features(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t c{};
  c.name = "sparse image";
  c.maxaddr = ~haddr_t{0} >> 1;
  c.fc_degree = H5F_CLOSE_STRONG;
  c.fapl_size = sizeof(SparseImage*);
  c.open = open_image, c.close = close_image, c.query = tell_features;
  c.get_eoa = [](const H5FD_t* file, H5FD_mem_t) { return opened(file)->end_of_allocation; };
  c.set_eoa = set_end;
  c.get_eof = [](const H5FD_t* file, H5FD_mem_t) -> haddr_t { return opened(file)->image->size(); };
  c.read = read_image, c.write = write_image, c.truncate = end_at_allocation;
  return c;  // fl_map all zero: one kind of space, as elsewhere
}

hid_t driver() {
  static const H5FD_class_t described = driver_class();
  static const hid_t registered = H5FDregister(&described);
  return registered;
}

Handle property_list(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "make a property list"}; }

Handle access_to(SparseImage*& image) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  Handle access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_driver(access, driver(), &image), "keep the file in memory");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set how to close");
  return access;
}

}  // namespace

void SparseImage::write(std::uint64_t offset, const char* bytes, std::size_t size) {
  size_ = std::max(size_, offset + size);
  while (size > 0) {
    const std::uint64_t within = offset % page_bytes;
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, page_bytes - within));
    std::vector<char>& target = pages_[offset / page_bytes];
    target.resize(page_bytes);
    std::memcpy(target.data() + within, bytes, part);
    offset += part, bytes += part, size -= part;
  }
}

void SparseImage::read(std::uint64_t offset, char* bytes, std::size_t size) const {
  while (size > 0) {
    const std::uint64_t within = offset % page_bytes;
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, page_bytes - within));
    const auto source = pages_.find(offset / page_bytes);
    if (source == pages_.end())
      std::memset(bytes, 0, part);
    else
      std::memcpy(bytes, source->second.data() + within, part);
    offset += part, bytes += part, size -= part;
  }
}

Handle create_file_in(SparseImage& image) {
  SparseImage* to = &image;
  const Handle access = access_to(to), creation = property_list(H5P_FILE_CREATE);
  check(H5Pset_link_creation_order(creation, tracked), "track the order of links");
  check(H5Pset_attr_creation_order(creation, tracked), "track the order of attributes");
  check(H5Pset_obj_track_times(creation, false), "leave times out");
  check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110), "set the format");
  check(H5Pset_alignment(access, large, page), "set the alignment");
  return {H5Fcreate("network", H5F_ACC_TRUNC, creation, access), H5Fclose, "make the file"};
}

Handle open_file_in(SparseImage& image) {
  SparseImage* from = &image;
  const Handle access = access_to(from);
  return {H5Fopen("network", H5F_ACC_RDONLY, access), H5Fclose, "open the file"};
}

Handle create_room(hid_t group, const std::string& name, hid_t type, const std::vector<std::size_t>& shape) {
  const Handle plist = property_list(H5P_DATASET_CREATE);
  check(H5Pset_attr_creation_order(plist, tracked), "track the order of attributes");
  check(H5Pset_obj_track_times(plist, false), "leave times out");
  check(H5Pset_layout(plist, H5D_CONTIGUOUS), "keep a dataset in one piece");
  check(H5Pset_alloc_time(plist, H5D_ALLOC_TIME_EARLY), "make room at once");
  check(H5Pset_fill_time(plist, H5D_FILL_TIME_NEVER), "leave the room empty");
  const std::vector<hsize_t> sizes(shape.begin(), shape.end());
  const Handle space{H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose, "make a shape"};
  return {H5Dcreate2(group, name.c_str(), type, space, H5P_DEFAULT, plist, H5P_DEFAULT), H5Dclose,
          "make dataset " + name};
}

Room room_of(hid_t dataset) {
  const haddr_t offset = H5Dget_offset(dataset);
  const hsize_t bytes = H5Dget_storage_size(dataset);
  if (offset == HADDR_UNDEF || bytes == 0) return {};
  return {offset, bytes};
}

}  // namespace passalong::h5
