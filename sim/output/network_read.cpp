// From a network file to a Network that no later layer need doubt: ids within range, rows ascending, shares that are
// shares.
#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <new>
#include <stdexcept>

#include "sim/base/failure.hpp"
#include "sim/output/network_reader.hpp"

namespace passalong {
namespace {

constexpr std::size_t block = 1 << 14;

[[noreturn]] void wrong(const char* dataset, const char* what) {
  throw Damage{fmt::format("its dataset {} is wrong: {}", dataset, what)};
}

// Whether every block of [0, count) passes.
template <class Passes>
bool all_blocks(std::size_t count, Team& team, const Passes& passes) {
  std::atomic<bool> ok{true};
  team.blocks(count, block, [&](std::size_t begin, std::size_t end, unsigned) {
    if (!passes(begin, end)) ok.store(false, std::memory_order_relaxed);
  });
  return ok;
}

bool ascends(const std::vector<std::uint64_t>& offsets, std::uint64_t last, Team& team) {
  if (offsets.front() != 0 || offsets.back() != last) return false;
  return all_blocks(offsets.size() - 1, team, [&](std::size_t begin, std::size_t end) {
    bool ok = true;
    for (std::size_t i = begin; i < end; ++i) ok &= offsets[i] <= offsets[i + 1];
    return ok;
  });
}

// Ascending, so that the last one alone can be out of range.
bool is_row(std::span<const AccountId> row, AccountId self, AccountId accounts) {
  if (row.empty()) return true;
  bool ok = row.back() < accounts && row.front() != self;
  for (std::size_t i = 1; i < row.size(); ++i) ok &= (row[i - 1] < row[i]) & (row[i] != self);
  return ok;
}

void check_rows(const Network& n, Team& team) {
  if (!ascends(n.offsets, n.follows(), team)) wrong("offsets", "they do not ascend from 0 to the number of follows");
  const bool rows = all_blocks(n.accounts(), team, [&](std::size_t begin, std::size_t end) {
    bool ok = true;
    for (std::size_t a = begin; a < end && ok; ++a)
      ok = is_row(n.followers_of(static_cast<AccountId>(a)), static_cast<AccountId>(a), n.accounts());
    return ok;
  });
  if (!rows) wrong("followers", "a row does not ascend, names an unknown account or follows itself");
  const auto sum = team.sum(n.followees.size(), block, std::uint64_t{0}, [&](std::size_t begin, std::size_t end) {
    std::uint64_t part = 0;
    for (std::size_t a = begin; a < end; ++a) part += n.followees[a];
    return part;
  });
  if (sum != n.follows()) wrong("followees", "they do not sum to the number of follows");
}

void check_weights(const Network& n, Team& team) {
  const float most = n.weights_are_probabilities ? 1.0F : std::numeric_limits<float>::max();
  const bool ok = all_blocks(n.weights.size(), team, [&](std::size_t begin, std::size_t end) {
    bool fits = true;
    for (std::size_t i = begin; i < end; ++i) fits &= n.weights[i] >= 0 && n.weights[i] <= most;
    return fits;
  });
  if (!ok) wrong("weights", "one is negative, not finite, or no probability");
}

void check_interests(const Network& n, Team& team) {
  const std::size_t topics = n.attributes.topics;
  const bool ok = all_blocks(n.accounts(), team, [&](std::size_t begin, std::size_t end) {
    bool fits = true;
    for (std::size_t a = begin; a < end; ++a) {
      float sum = 0;
      for (std::size_t t = 0; t < topics; ++t) {
        const float share = n.attributes.interests[a * topics + t];
        fits &= share >= 0 && share <= 1.0001F;
        sum += share;
      }
      fits &= sum == 0 || std::fabs(sum - 1) < 1e-3F;
    }
    return fits;
  });
  if (!ok) wrong("interests", "an account's are neither shares that sum to 1 nor all zero");
}

std::vector<std::string> read_texts(const NetworkReader& reader, const char* bytes_name, const char* offsets_name,
                                    std::uint64_t count, Team& team) {
  const auto offsets = reader.read<std::uint64_t>(offsets_name, count + 1, team);
  const std::string bytes = reader.read_bytes(bytes_name, team);
  if (!ascends(offsets, bytes.size(), team)) wrong(offsets_name, "they do not ascend from 0 to the end of the texts");
  std::vector<std::string> texts(count);
  team.blocks(count, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) texts[i].assign(bytes, offsets[i], offsets[i + 1] - offsets[i]);
  });
  return texts;
}

void read_places(const NetworkReader& reader, Network& n, Team& team) {
  Attributes& a = n.attributes;
  const std::uint64_t offsets = reader.bytes_of("place_name_offsets") / sizeof(std::uint64_t);
  if (offsets == 0) wrong("place_name_offsets", "it is empty");
  a.places = read_texts(reader, "place_names", "place_name_offsets", offsets - 1, team);
  a.places_of = reader.read<std::uint32_t>("places", n.accounts(), team);
  for (const std::uint32_t place : a.places_of)
    if (place != no_place && place >= a.places.size()) wrong("places", "an account is in a place that has no name");
}

void read_what_is_optional(const NetworkReader& reader, Network& n, Team& team) {
  const NetworkHead& head = reader.head();
  if (head.has_weights) n.weights = reader.read<float>("weights", head.follows, team);
  n.weights_are_probabilities = head.weights_are_probabilities;
  if (head.has_labels) n.labels = read_texts(reader, "labels", "label_offsets", head.accounts, team);
  n.attributes.topics = head.topics;
  if (head.topics > 0) n.attributes.interests = reader.read<float>("interests", head.accounts * head.topics, team);
  if (head.has_places) read_places(reader, n, team);
}

Network read_whole(const std::string& path, Team& team) {
  const NetworkReader reader(path);
  const NetworkHead& head = reader.head();
  Network n;
  n.offsets = reader.read<std::uint64_t>("offsets", head.accounts + 1, team);
  n.followers = reader.read<AccountId>("followers", head.follows, team);
  n.followees = reader.read<std::uint32_t>("followees", head.accounts, team);
  read_what_is_optional(reader, n, team);
  n.self_loops = head.self_loops, n.duplicates = head.duplicates;
  check_rows(n, team);
  check_weights(n, team);
  check_interests(n, team);
  return n;
}

// What any reading of a network file tells of a file that it cannot use.
template <class Read>
auto read_or_refuse(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const Damage& damage) {
    throw Failure(Exit::input,
                  {Fault{.file = path,
                         .message = fmt::format("{} cannot be used as a network: {}", path, damage.reason),
                         .help = "`passalong network generate` and `passalong network import` make network files"}});
  } catch (const std::bad_alloc&) {
    throw Failure(Exit::resources, {Fault{.file = path,
                                          .message = path + " does not fit into memory",
                                          .help = "read it on a machine with more memory"}});
  }
}

}  // namespace

Network read_network(const std::string& path, Team& team) {
  return read_or_refuse(path, [&] { return read_whole(path, team); });
}

NetworkHead read_network_head(const std::string& path) {
  return read_or_refuse(path, [&] { return NetworkReader(path).head(); });
}

std::string digest_of_network(const std::string& path) {
  return read_or_refuse(path, [&] { return digest_in(NetworkReader(path)); });
}

}  // namespace passalong
