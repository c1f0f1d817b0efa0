// The seal's lines: a heading, one for each array (name, offset, bytes, checksum), one for the frame, one for itself.
#include "sim/output/network_seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "sim/output/checksum.hpp"
#include "sim/output/image.hpp"
#include "sim/output/seal.hpp"

namespace passalong {
namespace {

constexpr std::string_view any_heading = "\npassalong network seal ", heading = "\npassalong network seal 1\n";
constexpr std::string_view closing = "xxh3 ";
constexpr std::size_t checksum_size = 32, length_digits = 6;
constexpr std::size_t last_line = closing.size() + checksum_size + 1 + length_digits + 1;
constexpr std::uint64_t most_frame_bytes = std::uint64_t{1} << 26;  // attributes and headers are a few pages

std::optional<std::uint64_t> number_in(std::string_view word) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (fault != std::errc() || end != word.data() + word.size()) return {};
  return value;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// The text without its last line, which vouches for it; nothing where there is none.
std::optional<std::string> sealed_text(const InputFile& file) {
  if (file.size() < last_line) return {};
  const std::string end = file.text_at(file.size() - last_line, last_line);
  if (end.size() != last_line || !end.starts_with(closing) || end.back() != '\n') return {};
  if (end[closing.size() + checksum_size] != ' ') return {};
  const auto length = number_in(std::string_view(end).substr(last_line - 1 - length_digits, length_digits));
  if (!length || *length > file.size() - last_line) return {};
  std::string text = file.text_at(file.size() - last_line - *length, *length);
  if (!text.starts_with(any_heading)) return {};
  if (end.compare(closing.size(), checksum_size, checksum_of(text)) != 0) throw Damage{"its seal is damaged"};
  if (!text.starts_with(heading)) throw Damage{"a newer version of the program has written it"};
  return text;
}

NetworkSeal parse(const std::string& text, std::uint64_t file_bytes) {
  NetworkSeal seal;
  seal.image_bytes = file_bytes - last_line - text.size();
  for (const std::string_view line : split(std::string_view(text).substr(heading.size()), '\n')) {
    const std::vector<std::string_view> words = split(line, ' ');
    if (words.size() == 1 && words[0].empty()) continue;
    const auto first = words.size() > 1 ? number_in(words[1]) : std::nullopt;
    const auto second = words.size() == 4 ? number_in(words[2]) : std::nullopt;
    if (words.size() == 3 && words[0] == "frame" && first) {
      seal.frame_bytes = *first, seal.frame_checksum = words[2];
    } else if (words.size() == 4 && first && second) {
      seal.arrays.push_back({std::string(words[0]), {*first, *second}, std::string(words[3])});
    } else {
      throw Damage{"its seal is not understood"};
    }
  }
  return seal;
}

void check_rooms(const NetworkSeal& seal) {
  std::uint64_t free = 0, frame = seal.image_bytes;
  for (const SealedArray& array : seal.arrays) {
    const auto [offset, bytes] = array.room;
    if (bytes == 0) continue;
    if (offset < free || bytes > seal.image_bytes || offset > seal.image_bytes - bytes)
      throw Damage{"its seal contradicts itself"};
    free = offset + bytes, frame -= bytes;
  }
  if (frame != seal.frame_bytes || frame > most_frame_bytes) throw Damage{"its seal contradicts itself"};
}

std::vector<SealedArray> by_place(std::vector<SealedArray> arrays) {
  std::ranges::stable_sort(arrays, {}, [](const SealedArray& a) { return a.room.offset; });
  return arrays;
}

}  // namespace

const SealedArray* NetworkSeal::find(const std::string& name) const {
  const auto found = std::ranges::find(arrays, name, &SealedArray::name);
  return found == arrays.end() ? nullptr : &*found;
}

std::string NetworkSeal::text() const {
  std::string text(heading);
  for (const SealedArray& a : by_place(arrays))
    text += fmt::format("{} {} {} {}\n", a.name, a.room.offset, a.room.bytes, a.checksum);
  text += fmt::format("frame {} {}\n", frame_bytes, frame_checksum);
  return text + fmt::format("{}{} {:0{}}\n", closing, checksum_of(text), text.size(), length_digits);
}

std::vector<h5::Room> gaps_between(const std::vector<SealedArray>& arrays, std::uint64_t image_bytes) {
  std::vector<h5::Room> gaps;
  std::uint64_t at = 0;
  for (const SealedArray& array : by_place(arrays)) {
    if (array.room.bytes == 0) continue;
    if (array.room.offset > at) gaps.push_back({at, array.room.offset - at});
    at = array.room.offset + array.room.bytes;
  }
  if (image_bytes > at) gaps.push_back({at, image_bytes - at});
  return gaps;
}

NetworkSeal read_seal(const InputFile& file) {
  const std::optional<std::string> text = sealed_text(file);
  if (!text) throw NoSeal{};
  const NetworkSeal seal = parse(*text, file.size());
  check_rooms(seal);
  return seal;
}

h5::SparseImage read_frame(const InputFile& file, const NetworkSeal& seal) {
  h5::SparseImage image;
  std::string all;
  for (const h5::Room& gap : gaps_between(seal.arrays, seal.image_bytes)) {
    const std::string bytes = file.text_at(gap.offset, gap.bytes);
    image.write(gap.offset, bytes.data(), bytes.size());
    all += bytes;
  }
  if (checksum_of(all) != seal.frame_checksum) throw Damage{"its headers or attributes are damaged"};
  image.resize(seal.image_bytes);
  return image;
}

bool has_network_seal(const InputFile& file) {
  try {
    return sealed_text(file).has_value();
  } catch (const Damage&) {
    return true;
  }
}

bool has_result_seal(const InputFile& file) {
  constexpr std::size_t enough = 128;
  const std::uint64_t size = std::min<std::uint64_t>(file.size(), enough);
  return file.text_at(file.size() - size, size).find("\npassalong seal sha256 ") != std::string::npos;
}

}  // namespace passalong
