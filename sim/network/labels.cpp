// Binary search. Labels ascend as numbers or as bytes, and a look at the one found tells whether the order was right.
#include "sim/network/labels.hpp"

#include <algorithm>
#include <charconv>
#include <span>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {
using Labels = std::vector<std::string>;

bool is_number(std::string_view label) {
  return !label.empty() && std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_zeros(std::string_view number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size() - 1));
}

bool is_shorter_or_less(std::string_view a, std::string_view b) {  // numbers without leading zeros, ascending
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

template <class Less>
std::optional<AccountId> search(const Labels& labels, std::string_view label, const Less& less) {
  const auto at = std::lower_bound(labels.begin(), labels.end(), label, less);
  if (at == labels.end() || *at != label) return std::nullopt;
  return static_cast<AccountId>(at - labels.begin());
}

// Near in the alphabet, or all where they are few enough to be compared with each.
std::optional<std::string> nearest(const Labels& labels, std::string_view label) {
  constexpr std::ptrdiff_t few = 20'000;
  std::span<const std::string> window(labels);
  if (static_cast<std::ptrdiff_t>(labels.size()) > 2 * few) {
    const auto at = std::lower_bound(labels.begin(), labels.end(), label) - labels.begin();
    const std::ptrdiff_t begin =
        std::clamp<std::ptrdiff_t>(at - few, 0, static_cast<std::ptrdiff_t>(labels.size()) - 2 * few);
    window = window.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(2 * few));
  }
  return suggest(label, window);
}
}  // namespace

std::optional<AccountId> find_account(const Network& network, std::string_view label) {
  if (network.labels.empty()) {
    std::uint64_t value = 0;
    if (!is_number(label) || std::from_chars(label.data(), label.data() + label.size(), value).ec != std::errc{} ||
        value >= network.accounts())
      return std::nullopt;
    return static_cast<AccountId>(value);
  }
  if (const auto found = search(network.labels, label, std::less<std::string_view>{})) return found;
  if (!is_number(label)) return std::nullopt;
  if (const auto found = search(network.labels, label, is_shorter_or_less)) return found;
  if (label == without_zeros(label) || !std::all_of(network.labels.begin(), network.labels.end(), is_number))
    return std::nullopt;
  return search(network.labels, without_zeros(label), is_shorter_or_less);
}

AccountId account_labelled(const Network& network, std::string_view label) {
  if (const auto found = find_account(network, label)) return *found;
  const std::string shown = harmless(label, 60);
  if (network.labels.empty())
    throw Failure(Exit::scenario, "there is no account '" + shown + "'",
                  "accounts are numbered from 0 to " + std::to_string(network.accounts() - 1));
  const auto near = nearest(network.labels, label);
  throw Failure(
      Exit::scenario, "there is no account '" + shown + "' in the network",
      near ? "did you mean '" + harmless(*near, 60) + "'?"
           : "labels are the ids of the network's file, such as '" + harmless(network.labels.front(), 60) + "'");
}

std::string label_of(const Network& network, AccountId account) {
  return network.labels.empty() ? std::to_string(account) : network.labels[account];
}

}  // namespace passalong
