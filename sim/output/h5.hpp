// A thin skin over the HDF5 C library: handles that close themselves, errors in one line, attributes and datasets the
// way netCDF-4 wants them. Files live in memory; publishing and loading bytes is not HDF5's business here, which is why
// no file is ever locked and a full disk is met by plain write(2).
#pragma once
#include <hdf5.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace passalong::h5 {

// What HDF5 could not do, and its innermost reason.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& doing);
};

void check(herr_t status, const std::string& doing);

class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle(hid_t id, Close closer, const std::string& doing);  // Error where id is negative
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  operator hid_t() const { return id_; }
  void close(const std::string& doing);  // the checked way

 private:
  hid_t id_;
  Close close_;
};

// A new file whose bytes are a string.
class NewFile {
 public:
  NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  operator hid_t() const { return file_; }
  std::string close();  // the bytes of the closed file

 private:
  std::string bytes_;
  Handle file_;
};

Handle open_file(const char* bytes, std::size_t size);  // read only; copies the bytes

// A file whose values are written and read by others: HDF5 lays it out here, and sees no byte of a value. Only pages
// that were written take memory. HDF5 itself is never let near a disk: after an error of writing, 1.10 crashes when the
// program ends.
class SparseImage {
 public:
  void write(std::uint64_t offset, const char* bytes, std::size_t size);
  void read(std::uint64_t offset, char* bytes, std::size_t size) const;  // zeros where nothing was written
  std::uint64_t size() const { return size_; }
  void resize(std::uint64_t size) { size_ = size; }
  void clear() { pages_.clear(), size_ = 0; }

 private:
  static constexpr std::uint64_t page_bytes = 4096;
  std::map<std::uint64_t, std::vector<char>> pages_;
  std::uint64_t size_ = 0;
};
// The image outlives the handle.
Handle create_file_in(SparseImage& image);
Handle open_file_in(SparseImage& image);  // read only
struct Room {
  std::uint64_t offset = 0, bytes = 0;  // 0, 0 where there are no values
  bool operator==(const Room&) const = default;
};
// A dataset in one piece; `type` is what a value is.
Handle create_room(hid_t group, const std::string& name, hid_t type, const std::vector<std::size_t>& shape);
Room room_of(hid_t dataset);

// Attributes. Texts are variable-length UTF-8, which every reader shows as text.
void write_attribute(hid_t object, const std::string& name, const std::string& text);
void write_attribute(hid_t object, const std::string& name, const std::vector<std::string>& texts);
void write_attribute(hid_t object, const std::string& name, hid_t type, const void* values,
                     std::size_t count = 0);  // 0: scalar

struct Attributes {  // in order of creation
  std::vector<std::pair<std::string, std::vector<std::string>>> texts;
  std::vector<std::pair<std::string, std::int64_t>> integers;
  std::string text(const std::string& name) const;  // empty where absent
  std::vector<std::string> list(const std::string& name) const;
  bool has(const std::string& name) const;
};
Attributes read_attributes(hid_t object);

// Groups and datasets.
Handle create_group(hid_t parent, const std::string& name);
hid_t type_of(const std::string& dtype);  // "i1" ... "f8" as stored
Handle text_type();
// Chunked, shuffled, deflated and checksummed; scalars and texts are stored plain.
Handle create_dataset(hid_t group, const std::string& name, hid_t type, const std::vector<std::size_t>& shape);
std::vector<std::size_t> chunk_shape(const std::vector<std::size_t>& shape, std::size_t value_bytes);

std::vector<std::string> links(hid_t group);  // names in order of creation
std::vector<std::size_t> shape_of(hid_t dataset);
std::string dtype_of(hid_t dataset);  // "str" for names; Error for what this program does not write
std::vector<std::string> read_texts(hid_t dataset);

}  // namespace passalong::h5
