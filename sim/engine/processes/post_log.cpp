// The entries are dealt out by what they are about; an account's stamp then tells whether it was there before.
#include "sim/engine/processes/post_log.hpp"

#include "sim/base/math.hpp"

namespace passalong {
namespace {
// c ln c, tabulated where most counts are.
double weighed(std::uint64_t count) {
  static const std::vector<double> table = [] {
    std::vector<double> values(4096);
    for (std::size_t c = 1; c < values.size(); ++c)
      values[c] = static_cast<double>(c) * passalong::log(static_cast<double>(c));
    return values;
  }();
  const auto real = static_cast<double>(count);
  return count < table.size() ? table[count] : real * passalong::log(real);
}
}  // namespace

std::vector<std::uint32_t> PostLog::users(std::uint32_t things, AccountId accounts) const {
  std::vector<std::uint64_t> ends(things + 1ULL, 0);
  for (const Entry& e : entries_) ++ends[e.what + 1ULL];
  for (std::uint32_t i = 0; i < things; ++i) ends[i + 1ULL] += ends[i];
  std::vector<AccountId> dealt(entries_.size());
  for (const Entry& e : entries_) dealt[ends[e.what]++] = e.who;  // from the start of each to its end
  std::vector<std::uint32_t> users(things, 0), stamps(accounts, 0);
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < things; ++i)
    for (; next < ends[i]; ++next) {
      std::uint32_t& stamp = stamps[dealt[next]];
      users[i] += stamp != i + 1;
      stamp = i + 1;
    }
  return users;
}

void Entropy::add(std::uint64_t count) {
  if (count == 0) return;
  sum_ += weighed(count), total_ += count, ++kinds_;
}

double Entropy::value() const {
  if (kinds_ < 2) return 0;
  const auto n = static_cast<double>(total_);
  return passalong::log(n) - sum_ / n;
}

}  // namespace passalong
