// What is in a network file, for people; and its digest.
#include <fmt/format.h>

#include <algorithm>

#include "sim/base/count_text.hpp"
#include "sim/output/network_reader.hpp"
#include "sim/output/sha256.hpp"

namespace passalong {
namespace {

std::string line(const char* label, const std::string& value) { return fmt::format("{:<12}{}\n", label, value); }

std::string extras(const NetworkHead& head) {
  std::string text;
  const auto add = [&](bool there, const std::string& what) {
    if (there) text += (text.empty() ? "" : ", ") + what;
  };
  add(head.has_weights, head.weights_are_probabilities ? "probabilities of influence" : "strengths of ties");
  add(head.has_labels, "labels");
  add(head.topics > 0, fmt::format("interests in {} topics", head.topics));
  add(head.has_places, "places");
  return text.empty() ? "nothing" : text;
}

std::string describe(const NetworkHead& head) {
  std::string text = line("version", head.note.find("source"));
  text += line("accounts", count_text(head.accounts)) + line("follows", count_text(head.follows));
  text += line("dropped",
               fmt::format("{} self-loops, {} duplicates", count_text(head.self_loops), count_text(head.duplicates)));
  text += line("besides", extras(head));
  for (const auto& [name, value] : head.note.text) {
    if (name == "kind" || name == "source" || name == "weights_are") continue;
    text += value.find('\n') == value.npos ? line(name.c_str(), value) : fmt::format("\n{}:\n{}", name, value);
  }
  return text;
}

}  // namespace

std::string digest_in(const NetworkReader& reader) {
  std::vector<SealedArray> arrays = reader.seal().arrays;
  std::ranges::sort(arrays, {}, &SealedArray::name);
  Sha256 sum;
  sum.add(fmt::format("passalong network 1\n{}\n", reader.head().weights_are_probabilities ? "probability" : ""));
  for (const SealedArray& array : arrays) {
    sum.add(fmt::format("{}\n{}\n", array.name, array.room.bytes));
    reader.stream(array.name, [&](std::string_view bytes) { sum.add(bytes); });
  }
  return sum.hex();
}

NetworkInspection inspect_network(const std::string& path) {
  NetworkInspection found;
  try {
    const NetworkReader reader(path);
    found.status = "complete";
    found.head = reader.head();
    found.digest = digest_in(reader);
    found.text = describe(found.head) + line("digest", found.digest);
  } catch (const Damage& damage) {
    found.status = "damaged", found.reason = damage.reason;
  }
  found.text = fmt::format("{}: a network file, {}{}{}\n{}", path, found.status, found.reason.empty() ? "" : ": ",
                           found.reason, found.text);
  return found;
}

}  // namespace passalong
