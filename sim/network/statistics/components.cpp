// Weak and strong components.
#include "sim/network/statistics/components.hpp"

namespace passalong {
namespace {

class Forest {
 public:
  explicit Forest(AccountId accounts) : parent_(accounts) {
    for (AccountId a = 0; a < accounts; ++a) parent_[a] = a;
  }
  AccountId root(AccountId a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void join(AccountId a, AccountId b) {
    a = root(a), b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<AccountId> parent_;
};

// The root that most of about a thousand accounts have.
AccountId frequent_root(Forest& forest, AccountId accounts) {
  std::vector<AccountId> roots;
  for (std::uint64_t a = 0; a < accounts; a += 1 + accounts / 1024)
    roots.push_back(forest.root(static_cast<AccountId>(a)));
  std::sort(roots.begin(), roots.end());
  std::size_t most = 0, run = 0, best = 0;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    run = i > 0 && roots[i] == roots[i - 1] ? run + 1 : 1;
    if (run > most) most = run, best = i;
  }
  return roots[best];
}

void join_all(Forest& forest, AccountId a, std::span<const AccountId> others) {
  for (const AccountId b : others) forest.join(a, b);
}

Components numbered(Forest& forest, AccountId accounts) {
  Components found;
  found.of.resize(accounts);
  for (AccountId a = 0; a < accounts; ++a) {  // a root is the least of its accounts, and so met first
    const AccountId root = forest.root(a);
    if (root == a) found.of[a] = static_cast<AccountId>(found.sizes.size()), found.sizes.push_back(0);
    ++found.sizes[found.of[a] = found.of[root]];
  }
  return found;
}
}  // namespace

Components weak_components(const Links& links) {
  const AccountId accounts = links.accounts();
  if (accounts == 0) return {};
  Forest forest(accounts);
  for (AccountId a = 0; a < accounts; ++a) {
    if (links.ties[a] > 0) forest.join(a, links.tie(a, 0));
    if (links.ties[a] > 1) forest.join(a, links.tie(a, links.ties[a] - 1ULL));
  }
  const AccountId giant = frequent_root(forest, accounts);
  for (AccountId a = 0; a < accounts; ++a) {
    if (forest.root(a) == forest.root(giant)) continue;
    join_all(forest, a, links.followers_of(a));
    join_all(forest, a, links.others_of(a));
  }
  return numbered(forest, accounts);
}

namespace {
enum Reach : std::uint8_t { none, met, from, both };  // from: from the pivot along follows; both: and to it as well

// Who is reached from `pivot` by going from accounts to their followers: most of them while rows are read in order,
// which is fast, the rest in any order.
std::vector<std::uint8_t> reach(const Network& network, AccountId pivot) {
  std::vector<std::uint8_t> reached(network.accounts(), none);
  std::vector<AccountId> open;
  const auto go_on = [&](AccountId a, const auto& meet) {
    reached[a] = from;
    for (const AccountId f : network.followers_of(a))
      if (reached[f] == none) reached[f] = met, meet(f);
  };
  go_on(pivot, [](AccountId) {});
  for (AccountId a = 0; a < network.accounts(); ++a)
    if (reached[a] == met) go_on(a, [](AccountId) {});
  for (AccountId a = 0; a < network.accounts(); ++a) {
    if (reached[a] == met) open.push_back(a);
    while (!open.empty()) {
      const AccountId next = open.back();
      open.pop_back();
      go_on(next, [&](AccountId f) { open.push_back(f); });
    }
  }
  return reached;
}

// Turns `from` into `both` for all who have a follower that is both; whether there were any.
bool sweep(const Network& network, std::vector<std::uint8_t>& reached) {
  bool changed = false;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    if (reached[a] != from) continue;
    const auto row = network.followers_of(a);
    if (std::any_of(row.begin(), row.end(), [&](AccountId f) { return reached[f] == both; }))
      reached[a] = both, changed = true;
  }
  return changed;
}

// The strong component of the account that is followed most, where a few looks at everyone tell it; else nobody. In
// most networks it is nearly all, and what it spares the search is a walk along every follow.
std::vector<AccountId> giant_component(const Network& network) {
  constexpr int most_sweeps = 12;
  std::vector<AccountId> giant;
  if (network.accounts() == 0) return giant;
  AccountId pivot = 0;
  for (AccountId a = 1; a < network.accounts(); ++a)
    if (network.follower_count(a) > network.follower_count(pivot)) pivot = a;
  std::vector<std::uint8_t> reached = reach(network, pivot);
  reached[pivot] = both;
  int sweeps = 0;
  while (sweep(network, reached))
    if (++sweeps == most_sweeps) return giant;
  for (AccountId a = 0; a < network.accounts(); ++a)
    if (reached[a] == both) giant.push_back(a);
  return giant;
}

class StrongSearch {
 public:
  explicit StrongSearch(const Network& network)
      : network_(network), number_(network.accounts()), next_component_(network.accounts()) {}

  Components all() {
    set_giant_aside();
    for (AccountId a = 0; a < network_.accounts(); ++a)
      if (number_[a] == 0) search(a);
    Components found;
    found.sizes.resize(network_.accounts() - next_component_);
    for (AccountId& n : number_) ++found.sizes[n = network_.accounts() - n];
    found.of = std::move(number_);
    return found;
  }

 private:
  struct Step {
    AccountId account;
    bool root;           // nothing visited before it has been reached from it
    std::uint64_t next;  // follower to look at
  };

  void set_giant_aside() {
    const std::vector<AccountId> giant = giant_component(network_);
    for (const AccountId a : giant) number_[a] = next_component_;
    next_component_ -= !giant.empty();
  }

  void enter(AccountId a) {
    number_[a] = visits_++;
    path_.push_back({a, true, network_.offsets[a]});
  }

  void search(AccountId first) {
    enter(first);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next == network_.offsets[step.account + 1ULL])
        leave();
      else if (const AccountId f = network_.followers[step.next]; number_[f] == 0)
        enter(f);  // and look at it again when it has its number
      else
        lower(step, f), ++step.next;
    }
  }

  void lower(Step& step, AccountId f) {
    if (number_[f] < number_[step.account]) number_[step.account] = number_[f], step.root = false;
  }

  // Visits count up from 1, components down from the number of accounts: no visit's number exceeds a component's.
  void leave() {
    const Step step = path_.back();
    path_.pop_back();
    if (!step.root) return open_.push_back(step.account);
    --visits_;
    while (!open_.empty() && number_[open_.back()] >= number_[step.account]) {
      number_[open_.back()] = next_component_;
      open_.pop_back();
      --visits_;
    }
    number_[step.account] = next_component_--;
  }

  const Network& network_;
  std::vector<AccountId> number_, open_;  // open_: left, but in no component yet
  std::vector<Step> path_;
  AccountId visits_ = 1, next_component_;
};
}  // namespace

Components strong_components(const Network& network) { return StrongSearch(network).all(); }

}  // namespace passalong
