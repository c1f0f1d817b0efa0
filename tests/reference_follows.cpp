// Written from models/ODD.md, section 7.3.
#include "tests/reference_follows.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"

namespace passalong::reference {
namespace {
enum : std::uint32_t { anyone, fame, closure, reshare, newcomer, met, returned };  // ways, in order of precedence

__extension__ using Wide = unsigned __int128;
std::uint64_t one_of(std::uint64_t size, std::uint64_t word) { return word * size >> 32; }
AccountId nth(const std::set<AccountId>& set, std::uint64_t n) {
  return *std::next(set.begin(), static_cast<std::ptrdiff_t>(n));
}
}  // namespace

OrdinaryFollows::OrdinaryFollows(const Setting& setting)
    : followers(setting.accounts()),
      present(setting.network().accounts()),
      world_(setting),
      d_(setting.scenario->dynamics) {
  for (AccountId b = 0; b < present; ++b)
    for (const AccountId i : setting.network().followers_of(b)) followers[b].insert(i);
  add_up_load();
}

void OrdinaryFollows::add_up_load() {  // in whole 1/65536 posts a day
  std::vector<std::uint64_t> sums(followers.size());
  for (AccountId b = 0; b < followers.size(); ++b)
    for (const AccountId i : followers[b])
      sums[i] += static_cast<std::uint64_t>(static_cast<double>(world_.population->activity[b]) * 65536 + 0.5);
  load.clear();
  for (const std::uint64_t sum : sums)
    load.push_back(static_cast<double>(static_cast<float>(static_cast<double>(sum) / 65536)));
}

void OrdinaryFollows::read_of_a_stranger(AccountId reader, AccountId author, std::uint32_t ordinal) {
  if (uniform(draw(Purpose::reshare_follow, reader, author, ordinal)[0]) < d_.on_reshare)
    by_reshare_.emplace(author, reader);
}

// What is no follow yet, and nobody's of oneself; the first way counts.
void OrdinaryFollows::begin(const Pair& pair, std::uint32_t way) {
  if (pair.first == pair.second || exists(pair)) return;
  const auto [at, fresh] = beginning_.emplace(pair, way);
  at->second = std::min(at->second, way);
}

void OrdinaryFollows::lose(AccountId b, std::uint32_t day) {
  const double more = d_.chatty * std::max(0.0, static_cast<double>(world_.population->activity[b]) - d_.chatty_above);
  const double h = d_.unfollow + more;
  if (h <= 0) return;
  double at = -1;
  for (std::uint32_t k = 0;; ++k) {
    const Words w = draw(Purpose::ordinary_unfollow, b, day, k);
    at += 1 + std::floor(-log(uniform(w[0])) / h);
    if (at >= static_cast<double>(followers[b].size())) return;
    const AccountId i = nth(followers[b], static_cast<std::uint64_t>(at));
    if (exists({i, b}) && uniform(w[1]) >= d_.mutual) continue;
    ending_[{b, i}] = uniform(w[2]) * h >= d_.unfollow;
  }
}

void OrdinaryFollows::gain(AccountId b, std::uint32_t day, double follows) {
  const double F = static_cast<double>(followers[b].size());
  const double each = follows > 0 ? d_.follow * present / follows : 0;
  const double to_anyone = d_.follow * std::max(0.0, 1 - d_.preferential - d_.closure);
  const double mean = to_anyone + (each * d_.preferential + each * d_.closure) * F;
  double at = 0;
  for (std::uint32_t k = 0;; ++k) {
    const Words w = draw(Purpose::ordinary_follow, b, day, k);
    at -= log(uniform(w[0]));
    if (at >= mean) return;
    const double which = uniform(w[1]) * mean;
    if (which < to_anyone || which < to_anyone + each * d_.preferential * F) {
      begin({b, static_cast<AccountId>(one_of(present, w[3]))}, which < to_anyone ? anyone : fame);
      continue;
    }
    const AccountId j = nth(followers[b], one_of(followers[b].size(), w[2]));
    if (!followers[j].empty()) begin({b, nth(followers[j], one_of(followers[j].size(), w[3]))}, closure);
  }
}

void OrdinaryFollows::join(AccountId i) {
  std::vector<AccountId> ends;  // of all follows, in the order of the followed
  for (AccountId b = 0; b < present; ++b) ends.insert(ends.end(), followers[b].size(), b);
  std::vector<AccountId> chosen;
  for (std::uint32_t slot = 0; slot < d_.newcomer_follows; ++slot) {
    const Words w = draw(Purpose::newcomer, i, 0, slot);
    const double u = uniform(w[0]);
    const bool friends = u >= d_.preferential && u < d_.preferential + d_.closure && !chosen.empty();
    if (friends) {
      const std::set<AccountId>& near = followers[chosen.back()];
      if (!near.empty()) chosen.push_back(nth(near, one_of(near.size(), w[3])));
    } else if (u < d_.preferential + d_.closure) {
      const std::uint64_t n = (static_cast<std::uint64_t>(w[1]) << 32) + w[2];
      if (!ends.empty()) chosen.push_back(ends[static_cast<std::size_t>(Wide{n} * ends.size() >> 64)]);
    } else {
      chosen.push_back(static_cast<AccountId>(one_of(present, w[3])));
    }
  }
  for (const AccountId b : chosen) begin({b, i}, newcomer);
}

void OrdinaryFollows::end_day(Tick now, std::uint32_t day, std::vector<Happening>& happenings) {
  double follows = 0;
  for (const auto& row : followers) follows += static_cast<double>(row.size());
  for (AccountId b = 0; b < present; ++b) lose(b, day), gain(b, day, follows);
  for (const Pair& pair : by_reshare_) begin(pair, reshare);
  by_reshare_.clear();
  const double joined = std::min(static_cast<double>(d_.newcomers), std::floor(d_.newcomer_rate * (day + 1.0)));
  const AccountId there = world_.network().accounts() + static_cast<AccountId>(joined);
  for (AccountId i = present; i < there; ++i) join(i);
  for (const Pair& pair : met_) begin(pair, met);
  met_.clear();
  const auto direct = beginning_;
  for (const auto& [pair, way] : direct)
    if (uniform(draw(Purpose::follow_back, pair.first, pair.second, day)[0]) < d_.follow_back)
      begin({pair.second, pair.first}, returned);
  for (const auto& [pair, why] : ending_) {
    followers[pair.first].erase(pair.second);
    happenings.push_back({now, What::unfollow, pair.second, pair.first, why});
  }
  for (const auto& [pair, way] : beginning_) {
    followers[pair.first].insert(pair.second);
    happenings.push_back({now, What::follow, pair.second, pair.first, way});
  }
  ending_.clear(), beginning_.clear();
  present = there;
  add_up_load();
}

}  // namespace passalong::reference
