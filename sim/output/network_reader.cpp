// Seal, headers, arrays: each is believed only after the one before.
#include "sim/output/network_reader.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/output/checksum.hpp"
#include "sim/output/network_arrays.hpp"

namespace passalong {
namespace {

constexpr std::string_view hdf5_signature = "\x89HDF\r\n\x1a\n";
constexpr std::size_t head_bytes = 1 << 16;  // the attributes lie at the beginning

Damage not_sealed(const InputFile& file) {
  const std::string head = file.text_at(0, std::min<std::uint64_t>(head_bytes, file.size()));
  if (head.empty()) return {"the file is empty"};
  if (!head.starts_with(hdf5_signature)) return {"it is not a network file, but a text or something else"};
  if (has_result_seal(file)) return {"it is the result of a run, not a network"};
  if (head.find(network_layout::kind) == head.npos) return {"it is an HDF5 file of another kind"};
  return {"it is cut short, or another program has rewritten it: its last lines, the seal, are missing"};
}

NetworkSeal checked_seal(const InputFile& file) {
  try {
    return read_seal(file);
  } catch (const NoSeal&) {
    throw not_sealed(file);
  }
}

std::uint64_t whole(const h5::Attributes& attributes, const char* name) {
  for (const auto& [key, value] : attributes.integers)
    if (key == name && value >= 0) return static_cast<std::uint64_t>(value);
  throw Damage{fmt::format("it has no attribute \"{}\"", name)};
}

NetworkNote note_in(const h5::Attributes& attributes) {
  NetworkNote note;
  for (const auto& [name, texts] : attributes.texts)
    if (!texts.empty()) note.text.emplace_back(name, texts.front());
  note.integers = attributes.integers;
  return note;
}

NetworkHead head_in(hid_t file) {
  const h5::Attributes attributes = h5::read_attributes(file);
  if (attributes.text("kind") != network_layout::kind) throw Damage{"it is an HDF5 file of another kind"};
  const std::uint64_t schema = whole(attributes, "schema_version");
  if (schema != static_cast<std::uint64_t>(network_layout::schema_version))
    throw Damage{
        fmt::format("it has schema version {}; this program knows {}", schema, network_layout::schema_version)};
  NetworkHead head;
  head.accounts = whole(attributes, "accounts");
  head.follows = whole(attributes, "follows");
  head.self_loops = whole(attributes, "self_loops");
  head.duplicates = whole(attributes, "duplicates");
  head.topics = whole(attributes, "topics");
  head.weights_are_probabilities = attributes.text("weights_are") == "probability";
  head.note = note_in(attributes);
  if (head.accounts > max_accounts) throw Damage{fmt::format("it states {} accounts", head.accounts)};
  if (head.topics > 256) throw Damage{fmt::format("it states {} topics", head.topics)};
  return head;
}

// Other readers go by HDF5's headers: they must lead to the same bytes as the seal.
void check_rooms(hid_t file, const NetworkSeal& seal) {
  if (h5::links(file).size() != seal.arrays.size()) throw Damage{"its datasets are not those of its seal"};
  for (const SealedArray& array : seal.arrays) {
    const h5::Handle dataset{H5Dopen2(file, array.name.c_str(), H5P_DEFAULT), H5Dclose, "open dataset " + array.name};
    if (h5::room_of(dataset) != array.room) throw Damage{"its dataset " + array.name + " is not where its seal says"};
  }
}

[[noreturn]] void damaged(const std::string& name) {
  throw Damage{fmt::format("its dataset {} is damaged: the checksum does not fit", name)};
}

}  // namespace

NetworkReader::NetworkReader(const std::string& path) : file_(path), seal_(checked_seal(file_)) {
  try {
    h5::SparseImage image = read_frame(file_, seal_);
    const h5::Handle file = h5::open_file_in(image);
    head_ = head_in(file);
    check_rooms(file, seal_);
  } catch (const h5::Error& error) {
    throw Damage{error.what()};
  }
  head_.bytes = file_.size();
  head_.has_weights = has("weights"), head_.has_labels = has("labels"), head_.has_places = has("places");
}

std::uint64_t NetworkReader::bytes_of(const std::string& name) const {
  const SealedArray* array = seal_.find(name);
  if (array == nullptr) throw Damage{fmt::format("it has no dataset {}", name)};
  return array->room.bytes;
}

void NetworkReader::check_size(const std::string& name, std::uint64_t count, std::size_t value_bytes) const {
  const std::uint64_t bytes = bytes_of(name);
  if (bytes % value_bytes != 0 || bytes / value_bytes != count)
    throw Damage{fmt::format("its dataset {} has {} bytes, not {} values", name, bytes, count)};
}

// The system hands out memory page by page, which takes as long as reading does: in large pages, and on all workers.
void NetworkReader::make_room(void* memory, std::uint64_t bytes, Team& team) {
  constexpr std::uintptr_t page = std::uintptr_t{2} << 20, piece = 16 * page;
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  const std::uintptr_t end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / page * page;
  if (end <= begin) return;
  // Hints: where the system does not know them, nothing is lost but speed.
  static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
  team.blocks(end - begin, piece, [&](std::size_t first, std::size_t last, unsigned) {
    static_cast<void>(madvise(reinterpret_cast<void*>(begin + first), last - first, MADV_POPULATE_WRITE));
  });
}

void NetworkReader::read_into(const std::string& name, char* to, Team& team) const {
  const SealedArray& array = *seal_.find(name);
  BlockSums sums(array.room.bytes);
  team.each(sums.blocks(), [&](std::size_t b, unsigned) {
    const std::uint64_t at = b * BlockSums::block_bytes;
    if (file_.read_at(array.room.offset + at, to + at, sums.size_of(b)) != sums.size_of(b)) damaged(name);
    sums.take(b, to + at);
  });
  if (sums.text() != array.checksum) damaged(name);
}

std::string NetworkReader::read_bytes(const std::string& name, Team& team) const {
  std::string bytes(bytes_of(name), '\0');
  read_into(name, bytes.data(), team);
  return bytes;
}

void NetworkReader::stream(const std::string& name, const std::function<void(std::string_view)>& take) const {
  const SealedArray& array = *seal_.find(name);
  BlockSums sums(array.room.bytes);
  std::string block(BlockSums::block_bytes, '\0');
  for (std::size_t b = 0; b < sums.blocks(); ++b) {
    const std::uint64_t at = array.room.offset + b * BlockSums::block_bytes;
    if (file_.read_at(at, block.data(), sums.size_of(b)) != sums.size_of(b)) damaged(name);
    sums.take(b, block.data());
    take(std::string_view(block).substr(0, sums.size_of(b)));
  }
  if (sums.text() != array.checksum) damaged(name);
}

bool is_network_file(const std::string& path) {
  try {
    const InputFile file(path);
    const std::string head = file.text_at(0, std::min<std::uint64_t>(head_bytes, file.size()));
    if (has_network_seal(file)) return true;
    return head.starts_with(hdf5_signature) && !has_result_seal(file) && head.find("kind") != head.npos &&
           head.find(network_layout::kind) != head.npos;
  } catch (const Failure&) {
    return false;
  }
}

bool is_meant_as_network_file(const std::string& path) {
  if (path.ends_with(".h5")) return true;
  try {
    return InputFile(path).text_at(0, hdf5_signature.size()) == hdf5_signature;
  } catch (const Failure&) {
    return false;
  }
}

}  // namespace passalong
