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
    join_all(forest, a, links.followers_of(a).first(std::min<std::size_t>(1, links.followers_of(a).size())));
    join_all(forest, a, links.followees_of(a).first(std::min<std::size_t>(1, links.followees_of(a).size())));
  }
  const AccountId giant = frequent_root(forest, accounts);
  for (AccountId a = 0; a < accounts; ++a) {
    if (forest.root(a) == forest.root(giant)) continue;
    join_all(forest, a, links.followers_of(a));
    join_all(forest, a, links.followees_of(a));
  }
  return numbered(forest, accounts);
}

namespace {
class StrongSearch {
 public:
  explicit StrongSearch(const Network& network)
      : network_(network), number_(network.accounts()), next_component_(network.accounts()) {}

  Components all() {
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
