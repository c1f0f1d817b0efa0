// Few accounts have a change on a given day: one cheap draw an account tells the others apart. Candidates then come by
// skips: over the follower list for those who leave, over the expected number for those who come.
#include "sim/engine/rewiring.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"
#include "sim/base/uniform_below.hpp"

namespace passalong {
namespace {
constexpr std::size_t chunk = 256;              // accounts whose first draws are made together
constexpr std::size_t accounts_a_block = 4096;  // of the index of ties

double exponential(std::uint32_t word) { return -log(uniform(word)); }
std::size_t pick(std::uint32_t word, std::size_t size) { return static_cast<std::uint64_t>(word) * size >> 32; }
}  // namespace

// Finds the account that the n-th follow of all goes to, in the order of the followed.
class Rewiring::TieIndex {
 public:
  TieIndex(const Follows& follows, AccountId present, Team& team)
      : all_(follows.ties()), before_(present), blocks_((present + accounts_a_block - 1) / accounts_a_block + 1) {
    team.blocks(present, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
      std::uint64_t sum = 0;
      for (std::size_t a = begin; a < end; ++a) before_[a] = sum, sum += follows.count(static_cast<AccountId>(a));
      blocks_[begin / accounts_a_block + 1] = sum;
    });
    for (std::size_t b = 1; b < blocks_.size(); ++b) blocks_[b] += blocks_[b - 1];
  }
  AccountId present() const { return static_cast<AccountId>(before_.size()); }
  bool empty() const { return all_ == 0; }
  AccountId followed(std::uint32_t high, std::uint32_t low) const {
    const std::uint64_t tie = uniform_below(all_, high, low);
    const auto block =
        static_cast<std::size_t>(std::upper_bound(blocks_.begin(), blocks_.end(), tie) - blocks_.begin()) - 1;
    const auto first = before_.begin() + static_cast<std::ptrdiff_t>(block * accounts_a_block);
    const auto last =
        before_.begin() + static_cast<std::ptrdiff_t>(std::min(before_.size(), (block + 1) * accounts_a_block));
    return static_cast<AccountId>(std::upper_bound(first, last, tie - blocks_[block]) - before_.begin()) - 1;
  }

 private:
  std::uint64_t all_;
  std::vector<std::uint64_t> before_, blocks_;  // follows before an account in its block; before a block
};

Rewiring::Rewiring(const Setting& setting, const Partitions& cut)
    : plan_(setting.scenario->dynamics),
      cut_(&cut),
      population_(setting.population),
      founders_(setting.network().accounts()),
      accounts_(setting.accounts()),
      unfollow_(setting.stream(Purpose::ordinary_unfollow)),
      follow_(setting.stream(Purpose::ordinary_follow)),
      back_(setting.stream(Purpose::follow_back)),
      reshare_(setting.stream(Purpose::reshare_follow)),
      newcomer_(setting.stream(Purpose::newcomer)) {}

AccountId Rewiring::present_after(std::uint32_t day) const {
  const double joined = std::floor((day + 1.0) * plan_.newcomer_rate);
  return founders_ + static_cast<AccountId>(std::min(joined, static_cast<double>(plan_.newcomers)));
}

double Rewiring::hazard(AccountId followed) const {
  const double above = static_cast<double>(population_->activity[followed]) - plan_.chatty_above;
  return plan_.unfollow + plan_.chatty * std::max(0.0, above);
}

bool Rewiring::end_day(Columns& c, Follows& follows, std::uint32_t day, Team& team,
                       std::vector<Happening>* happenings) {
  if (!follows.can_change()) return false;
  const std::size_t rewired = c.rewired.size();
  present_ = c.present;
  parts_.assign(cut_->count(), {});
  const double accounts = present_, ties = static_cast<double>(follows.ties());
  const double each = follows.ties() > 0 ? plan_.follow * accounts / ties : 0;
  expected_ = {plan_.follow * std::max(0.0, 1 - plan_.preferential - plan_.closure), each * plan_.preferential,
               each * plan_.closure};
  if (plan_.on())
    team.each(cut_->count(), [&](std::size_t p, unsigned) {
      decide(parts_[p], cut_->begin(p), std::min(cut_->end(p), present_), follows, day);
    });
  take_won();
  c.present = present_after(day);
  welcome(present_, c.present, follows, team);
  answer(follows, day, team);
  apply(c, follows, team, happenings);
  return c.rewired.size() != rewired || c.present != present_;
}

void Rewiring::decide(Part& part, AccountId begin, AccountId end, const Follows& follows, std::uint32_t day) const {
  const bool ends = plan_.unfollow > 0 || plan_.chatty > 0, begins = plan_.follow > 0;
  AccountId some[chunk];
  std::uint32_t ending[chunk], beginning[chunk];
  for (AccountId first = begin; first < end; first += chunk) {
    const std::size_t count = std::min<std::size_t>(chunk, end - first);
    for (std::size_t k = 0; k < count; ++k) some[k] = first + static_cast<AccountId>(k);
    if (ends) unfollow_.first_words(some, count, day, 0, ending);
    if (begins) follow_.first_words(some, count, day, 0, beginning);
    for (std::size_t k = 0; k < count; ++k) {
      // -ln u is above 1 - u: where even that is too far nothing happens.
      const double followers = follows.count(some[k]);
      const double h = ends ? hazard(some[k]) : 0,
                   mean = expected_.anyone + (expected_.fame + expected_.closure) * followers;
      if (ends && 1 - uniform(ending[k]) < h * followers) leave(part, some[k], follows, day, h);
      if (begins && 1 - uniform(beginning[k]) < mean) arrive(part, some[k], follows, day, mean);
    }
  }
}

void Rewiring::leave(Part& part, AccountId followed, const Follows& follows, std::uint32_t day, double hazard) const {
  const auto row = follows.list(followed);
  double at = 0;
  for (std::uint32_t k = 0;; ++k, ++at) {
    const Words w = unfollow_(followed, day, k);
    at += std::floor(exponential(w[0]) / hazard);
    if (!(at < static_cast<double>(row.size()))) return;
    const AccountId follower = row[static_cast<std::size_t>(at)];
    if (plan_.mutual < 1 && uniform(w[1]) >= plan_.mutual && follows.has(followed, follower)) continue;
    part.lost.push_back({followed, follower});
    part.why.push_back(uniform(w[2]) * hazard < plan_.unfollow ? Parting::churn : Parting::chatty);
  }
}

void Rewiring::arrive(Part& part, AccountId followed, const Follows& follows, std::uint32_t day, double mean) const {
  const auto row = follows.list(followed);
  double at = 0;
  for (std::uint32_t k = 0;; ++k) {
    const Words w = follow_(followed, day, k);
    if ((at += exponential(w[0])) >= mean) return;
    const double which = uniform(w[1]) * mean;
    Way way = which < expected_.anyone ? Way::anyone : Way::fame;
    auto follower = static_cast<AccountId>(pick(w[3], present_));
    if (which >= expected_.anyone + expected_.fame * static_cast<double>(row.size()) && !row.empty()) {
      const auto near = follows.list(row[pick(w[2], row.size())]);
      if (near.empty()) continue;
      way = Way::closure, follower = near[pick(w[3], near.size())];
    }
    part.gained.push_back({{followed, follower}, way});
  }
}

void Rewiring::take_won() {
  for (const FollowPair& pair : won_) add(pair.followed, pair.follower, Way::reshare);
  for (const FollowPair& pair : met_) add(pair.followed, pair.follower, Way::met);
  won_.clear(), met_.clear();
}

void Rewiring::welcome(AccountId begin, AccountId end, const Follows& follows, Team& team) {
  if (begin == end) return;
  const TieIndex ties(follows, present_, team);
  for (AccountId newcomer = begin; newcomer < end; ++newcomer) follow_first(newcomer, follows, ties);
}

void Rewiring::follow_first(AccountId newcomer, const Follows& follows, const TieIndex& ties) {
  AccountId last = newcomer;  // whom it chose before
  for (std::uint32_t slot = 0; slot < plan_.newcomer_follows; ++slot) {
    const Words w = newcomer_(newcomer, 0, slot);
    const double way = uniform(w[0]);
    AccountId chosen = static_cast<AccountId>(pick(w[3], ties.present()));
    if (way < plan_.preferential || (way < plan_.preferential + plan_.closure && last == newcomer)) {
      if (ties.empty()) continue;
      chosen = ties.followed(w[1], w[2]);
    } else if (way < plan_.preferential + plan_.closure) {
      const auto near = follows.list(last);
      if (near.empty()) continue;
      chosen = near[pick(w[3], near.size())];
    }
    add(last = chosen, newcomer, Way::newcomer);
  }
}

// Leaves of the gains what is new, each once, in order; lets the followed return them.
void Rewiring::answer(const Follows& follows, std::uint32_t day, Team& team) {
  const auto settle = [&](std::vector<Gain>& gains) {
    std::sort(gains.begin(), gains.end());
    const auto same = [](const Gain& a, const Gain& b) { return a.pair == b.pair; };
    gains.erase(std::unique(gains.begin(), gains.end(), same), gains.end());
    std::erase_if(gains, [&](const Gain& g) {
      return g.pair.follower == g.pair.followed || follows.has(g.pair.follower, g.pair.followed);
    });
  };
  team.each(parts_.size(), [&](std::size_t p, unsigned) {
    settle(parts_[p].gained);
    if (plan_.follow_back <= 0) return;
    for (const auto& [pair, way] : parts_[p].gained)
      if (uniform(back_(pair.followed, pair.follower, day)[0]) < plan_.follow_back)
        parts_[p].returned.push_back({{pair.follower, pair.followed}, Way::returned});
  });
  if (plan_.follow_back <= 0) return;
  for (const Part& part : parts_)
    for (const Gain& g : part.returned) add(g.pair.followed, g.pair.follower, g.way);
  team.each(parts_.size(), [&](std::size_t p, unsigned) { settle(parts_[p].gained); });
}

void Rewiring::apply(Columns& c, Follows& follows, Team& team, std::vector<Happening>* happenings) {
  std::vector<RowChanges> changes(parts_.size());
  const auto note = [&](What what, const FollowPair& pair, std::uint32_t why) {
    c.rewired.push_back(pair.follower);
    ++(what == What::follow ? c.everyone.follows : c.everyone.unfollows);
    if (happenings != nullptr) happenings->push_back({c.now, what, pair.follower, pair.followed, why});
  };
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    Part& part = parts_[p];
    for (std::size_t k = 0; k < part.lost.size(); ++k)
      note(What::unfollow, part.lost[k], static_cast<std::uint32_t>(part.why[k]));
    for (const Gain& g : part.gained) {
      note(What::follow, g.pair, static_cast<std::uint32_t>(g.way));
      changes[p].gained.push_back(g.pair);
    }
    changes[p].lost = std::move(part.lost);
  }
  follows.apply(changes, team);
  parts_.clear();
}

std::uint64_t Rewiring::bytes() const { return (won_.capacity() + met_.capacity()) * sizeof(FollowPair); }

}  // namespace passalong
