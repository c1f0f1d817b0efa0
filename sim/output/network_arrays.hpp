// What writer and reader of network files agree on: the arrays, their types and shapes, and the attributes' names.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/output/h5.hpp"

namespace passalong {

namespace network_layout {
inline constexpr std::int64_t schema_version = 1;  // raised when a reader of an older version would misread a file
inline constexpr const char* kind = "passalong network";
}  // namespace network_layout

// Texts end to end: text i is [offsets[i], offsets[i + 1]).
struct PackedTexts {
  std::vector<std::uint64_t> offsets{0};
  std::string bytes;
};
PackedTexts pack(const std::vector<std::string>& texts);

struct NetworkArray {
  std::string name, help;
  hid_t type;
  std::vector<std::size_t> shape;
  std::size_t value_bytes;
  const void* data;
  std::uint64_t bytes() const;
};

// The arrays of a network, in the order of the file. Views of the network, and of the texts packed here.
class NetworkArrays {
 public:
  explicit NetworkArrays(const Network& network);
  NetworkArrays(const NetworkArrays&) = delete;
  NetworkArrays& operator=(const NetworkArrays&) = delete;
  const std::vector<NetworkArray>& all() const { return all_; }

 private:
  template <class Value>
  void add(const char* name, const char* help, const std::vector<Value>& values);
  void add(const char* bytes_name, const char* offsets_name, const char* help, const PackedTexts& texts);

  PackedTexts labels_, places_;
  std::vector<NetworkArray> all_;
};

}  // namespace passalong
