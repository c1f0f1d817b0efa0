// An open network file whose seal and headers have been checked. Arrays are read by plain reading, each checked against
// its checksum while its bytes are at hand.
#pragma once
#include <cstring>
#include <functional>
#include <limits>

#include "sim/output/image.hpp"
#include "sim/output/network_file.hpp"
#include "sim/output/network_seal.hpp"

namespace passalong {

class NetworkReader {
 public:
  explicit NetworkReader(const std::string& path);  // throws Damage; Failure(Exit::input) where there is no file

  const NetworkHead& head() const { return head_; }
  const NetworkSeal& seal() const { return seal_; }
  bool has(const std::string& name) const { return seal_.find(name) != nullptr; }
  std::uint64_t bytes_of(const std::string& name) const;  // throws Damage where it is absent

  // Damage where there are not `count` values.
  template <class Value>
  std::vector<Value> read(const std::string& name, std::uint64_t count, Team& team) const;
  std::string read_bytes(const std::string& name, Team& team) const;
  // Block after block, checked at the end.
  void stream(const std::string& name, const std::function<void(std::string_view)>& take) const;

 private:
  void check_size(const std::string& name, std::uint64_t count, std::size_t value_bytes) const;
  void read_into(const std::string& name, char* to, Team& team) const;
  static void make_room(void* memory, std::uint64_t bytes, Team& team);

  InputFile file_;
  NetworkSeal seal_;
  NetworkHead head_;
};

template <class Value>
std::vector<Value> NetworkReader::read(const std::string& name, std::uint64_t count, Team& team) const {
  check_size(name, count, sizeof(Value));
  std::vector<Value> values;
  values.reserve(count);
  make_room(values.data(), count * sizeof(Value), team);
  values.resize(count);
  read_into(name, reinterpret_cast<char*>(values.data()), team);
  return values;
}

// SHA-256 over the names, sizes and values of the arrays, read block by block.
std::string digest_in(const NetworkReader& reader);

}  // namespace passalong
