// The seal of a network file: a few lines of text behind the HDF5 file proper, where HDF5 readers do not look. They say
// where each dataset's values lie and what their checksums are, and hold the checksum of all other bytes. So every byte
// of a file is vouched for before HDF5 sees one, and the values can be read by any number of threads.
#pragma once
#include <string>
#include <vector>

#include "sim/output/h5.hpp"
#include "sim/output/input_file.hpp"

namespace passalong {

struct SealedArray {
  std::string name;
  h5::Room room;
  std::string checksum;
};

struct NetworkSeal {
  std::vector<SealedArray> arrays;  // by place, once read
  std::uint64_t frame_bytes = 0;    // all that is HDF5's own
  std::string frame_checksum;
  std::uint64_t image_bytes = 0;  // of the HDF5 file; not part of the text

  const SealedArray* find(const std::string& name) const;
  std::string text() const;
};

// The bytes of the HDF5 file that belong to no array: the gaps between the rooms.
std::vector<h5::Room> gaps_between(const std::vector<SealedArray>& arrays, std::uint64_t image_bytes);

struct NoSeal {};
// Checks the seal's own checksum. Throws Damage, NoSeal where the file does not end with one.
NetworkSeal read_seal(const InputFile& file);
// The file as HDF5 may see it, without values, once its checksum fits. Throws Damage.
h5::SparseImage read_frame(const InputFile& file, const NetworkSeal& seal);
bool has_network_seal(const InputFile& file);
bool has_result_seal(const InputFile& file);

}  // namespace passalong
