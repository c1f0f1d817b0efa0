// Writing a network file: HDF5 lays it out in memory, values left out; then its own bytes, the values and the seal go
// to their places by plain writing, where every failure has its errno.
#include <fmt/format.h>

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/base/version.hpp"
#include "sim/output/checksum.hpp"
#include "sim/output/network_arrays.hpp"
#include "sim/output/network_file.hpp"
#include "sim/output/network_seal.hpp"
#include "sim/output/publish.hpp"

namespace passalong {
namespace {

std::string checksum_by_blocks(const NetworkArray& array, Team& team) {
  BlockSums sums(array.bytes());
  team.each(sums.blocks(), [&](std::size_t b, unsigned) {
    sums.take(b, static_cast<const char*>(array.data) + b * BlockSums::block_bytes);
  });
  return sums.text();
}

void write_text(hid_t object, const std::string& name, const std::string& text) {
  if (text.find('\0') != std::string::npos)
    throw Failure(Exit::run, "the text \"" + name + "\" holds a zero byte and cannot be stored");
  h5::write_attribute(object, name, text);
}

void write_whole(hid_t object, const std::string& name, std::uint64_t value) {
  h5::write_attribute(object, name, H5T_STD_U64LE, &value);
}

void write_attributes(hid_t file, const Network& network, const NetworkNote& note) {
  write_text(file, "kind", network_layout::kind);
  h5::write_attribute(file, "schema_version", H5T_STD_I64LE, &network_layout::schema_version);
  write_text(file, "source", std::string("passalong ") + version());
  write_whole(file, "accounts", network.accounts());
  write_whole(file, "follows", network.follows());
  write_whole(file, "self_loops", network.self_loops);
  write_whole(file, "duplicates", network.duplicates);
  write_whole(file, "topics", network.attributes.topics);
  const char* meaning = network.weights.empty()             ? "none"
                        : network.weights_are_probabilities ? "probability"
                                                            : "strength";
  write_text(file, "weights_are", meaning);
  for (const auto& [name, text] : note.text) write_text(file, name, text);
  for (const auto& [name, value] : note.integers) h5::write_attribute(file, name, H5T_STD_I64LE, &value);
}

struct Layout {
  std::vector<SealedArray> arrays;
  std::vector<h5::Room> gaps;  // between them lies what is HDF5's own
  std::string frame;           // that, end to end
  std::uint64_t image_bytes = 0;
};

std::vector<SealedArray> lay_out_arrays(hid_t file, const NetworkArrays& arrays, Team& team) {
  std::vector<SealedArray> sealed;
  for (const NetworkArray& array : arrays.all()) {
    const h5::Handle dataset = h5::create_room(file, array.name, array.type, array.shape);
    const std::string checksum = checksum_by_blocks(array, team);
    write_text(dataset, "long_name", array.help);
    write_text(dataset, "xxh3_128_by_mib", checksum);
    sealed.push_back({array.name, h5::room_of(dataset), checksum});
  }
  return sealed;
}

Layout lay_out(const Network& network, const NetworkNote& note, const NetworkArrays& arrays, Team& team) {
  h5::SparseImage image;
  h5::Handle file = h5::create_file_in(image);
  write_attributes(file, network, note);
  Layout layout;
  layout.arrays = lay_out_arrays(file, arrays, team);
  file.close("close the file");
  layout.image_bytes = image.size();
  layout.gaps = gaps_between(layout.arrays, layout.image_bytes);
  for (const h5::Room& gap : layout.gaps) {
    layout.frame.resize(layout.frame.size() + gap.bytes);
    image.read(gap.offset, layout.frame.data() + layout.frame.size() - gap.bytes, gap.bytes);
  }
  return layout;
}

void fill(PartialFile& file, const NetworkArrays& arrays, const Layout& layout, Team& team) {
  std::size_t at = 0;
  for (const h5::Room& gap : layout.gaps) {
    file.write_at(gap.offset, layout.frame.data() + at, gap.bytes);
    at += gap.bytes;
  }
  for (std::size_t i = 0; i < layout.arrays.size(); ++i) {
    const h5::Room room = layout.arrays[i].room;
    const char* data = static_cast<const char*>(arrays.all()[i].data);
    team.blocks(room.bytes, BlockSums::block_bytes, [&](std::size_t begin, std::size_t end, unsigned) {
      file.write_at(room.offset + begin, data + begin, end - begin);
    });
  }
}

}  // namespace

std::string NetworkNote::find(const std::string& name) const {
  const auto found = std::ranges::find(text, name, &std::pair<std::string, std::string>::first);
  return found == text.end() ? "" : found->second;
}

void write_network(const Network& network, const NetworkNote& note, const std::string& path, bool force, Team& team) {
  const NetworkArrays arrays(network);
  try {
    publish_by(path, force, [&](PartialFile& file) {
      const Layout layout = lay_out(network, note, arrays, team);
      const std::string seal =
          NetworkSeal{layout.arrays, layout.frame.size(), checksum_of(layout.frame), layout.image_bytes}.text();
      file.reserve(layout.image_bytes + seal.size());
      fill(file, arrays, layout, team);
      file.write_at(layout.image_bytes, seal.data(), seal.size());
    });
  } catch (const h5::Error& error) {
    throw Failure(Exit::run, {Fault{.file = path, .message = "cannot write " + path + ": " + error.what()}});
  }
}

}  // namespace passalong
