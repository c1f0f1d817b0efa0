#include "sim/output/network_arrays.hpp"

#include <bit>

namespace passalong {
namespace {
static_assert(std::endian::native == std::endian::little, "network files are little-endian and are read as they are");

template <class Value>
hid_t stored_type();
template <>
hid_t stored_type<std::uint64_t>() {
  return H5T_STD_U64LE;
}
template <>
hid_t stored_type<std::uint32_t>() {
  return H5T_STD_U32LE;
}
template <>
hid_t stored_type<float>() {
  return H5T_IEEE_F32LE;
}
}  // namespace

PackedTexts pack(const std::vector<std::string>& texts) {
  PackedTexts packed;
  packed.offsets.reserve(texts.size() + 1);
  for (const std::string& text : texts) {
    packed.bytes += text;
    packed.offsets.push_back(packed.bytes.size());
  }
  return packed;
}

std::uint64_t NetworkArray::bytes() const {
  std::uint64_t product = value_bytes;
  for (const std::size_t n : shape) product *= n;
  return product;
}

template <class Value>
void NetworkArrays::add(const char* name, const char* help, const std::vector<Value>& values) {
  all_.push_back({name, help, stored_type<Value>(), {values.size()}, sizeof(Value), values.data()});
}

void NetworkArrays::add(const char* bytes_name, const char* offsets_name, const char* help, const PackedTexts& texts) {
  add(offsets_name, "text i begins at byte [i] and ends before [i + 1]", texts.offsets);
  all_.push_back({bytes_name, help, H5T_STD_U8LE, {texts.bytes.size()}, 1, texts.bytes.data()});
}

NetworkArrays::NetworkArrays(const Network& n) : labels_(pack(n.labels)), places_(pack(n.attributes.places)) {
  add("offsets", "the followers of account a are followers[offsets[a]] up to followers[offsets[a + 1]]", n.offsets);
  add("followers", "who follows, ascending for each account", n.followers);
  add("followees", "how many accounts each account follows", n.followees);
  if (!n.weights.empty()) add("weights", "of each follow, beside followers", n.weights);
  if (!n.labels.empty()) add("labels", "label_offsets", "what each account is called, UTF-8, end to end", labels_);
  if (n.attributes.topics > 0) {
    add("interests", "share of each topic in what an account cares for; zeros: not known", n.attributes.interests);
    all_.back().shape = {n.accounts(), n.attributes.topics};
  }
  if (n.attributes.places_of.empty()) return;
  add("places", "of each account, an index into place_names; 4294967295: not known", n.attributes.places_of);
  add("place_names", "place_name_offsets", "what each place is called, UTF-8, end to end", places_);
}

}  // namespace passalong
