// Growth and final order of the table of ids.
#include "sim/network/import/id_numbers.hpp"

#include <algorithm>
#include <numeric>

#include "sim/network/rows.hpp"

namespace passalong {

AccountId IdNumbers::insert_small(std::uint64_t id) {
  if (id >= small_.size()) small_.resize(std::min(most_small, std::max<std::uint64_t>(id + 1, 2 * small_.size())));
  ids_.push_back(id);
  return (small_[id] = static_cast<AccountId>(ids_.size())) - 1;
}

AccountId IdNumbers::number_large(std::uint64_t id) {
  std::size_t at = home(id);
  for (; table_[at].number != 0; at = (at + 1) & (table_.size() - 1))
    if (table_[at].id == id) return table_[at].number - 1;
  return insert(id, at);
}

AccountId IdNumbers::insert(std::uint64_t id, std::size_t at) {
  ids_.push_back(id);
  const auto number = static_cast<AccountId>(ids_.size());
  table_[at] = {id, number};
  if (++in_table_ * 2 <= table_.size()) return number - 1;
  std::vector<Place> old;
  old.swap(table_);
  table_.reserve(old.size() * 2);
  prefer_huge_pages(table_.data(), old.size() * 2 * sizeof(Place));
  table_.resize(old.size() * 2);
  for (const Place& place : old) {
    if (place.number == 0) continue;
    std::size_t to = home(place.id);
    while (table_[to].number != 0) to = (to + 1) & (table_.size() - 1);
    table_[to] = place;
  }
  return number - 1;
}

IdNumbers::Order IdNumbers::order() {
  std::vector<Place>(1).swap(table_);
  std::vector<AccountId>().swap(small_);
  std::vector<AccountId> by_id(ids_.size());
  std::iota(by_id.begin(), by_id.end(), AccountId{0});
  std::sort(by_id.begin(), by_id.end(), [&](AccountId a, AccountId b) { return ids_[a] < ids_[b]; });
  Order out;
  out.place.resize(ids_.size());
  for (std::size_t p = 0; p < by_id.size(); ++p) out.place[by_id[p]] = static_cast<AccountId>(p);
  if (by_id.empty() || ids_[by_id.back()] + 1 == by_id.size()) return out;
  out.labels.reserve(by_id.size());
  for (const AccountId number : by_id) out.labels.push_back(std::to_string(ids_[number]));
  return out;
}

}  // namespace passalong
