// Of cascades of one size the earliest post's is the largest, so that it does not hang on which closed first.
#include "sim/observe/cascade_trees.hpp"

#include <algorithm>
#include <utility>

namespace passalong {
namespace {

CascadeTree tree_of(PostRecord&& post) {
  return {post.studied, post.id.ordinal, std::move(post.accounts), std::move(post.parents), std::move(post.ticks), {}};
}

std::string name_of(AccountId account, const Setting& setting) {
  const std::vector<std::string>& labels = setting.network().labels;
  if (account < labels.size()) return labels[account];
  if (account < setting.accounts()) return {};
  const StrategySection& policy = *setting.studied[account - setting.accounts()];
  return policy.account.empty() ? policy.name : policy.account;
}

}  // namespace

TreeKeeper::TreeKeeper(std::string_view which, std::int64_t viral_size)
    : which_(which == "viral"     ? Which::viral
             : which == "all"     ? Which::all
             : which == "largest" ? Which::largest
                                  : Which::none),
      viral_size_(static_cast<std::uint64_t>(viral_size)) {}

void TreeKeeper::take(PostRecord&& post) {
  if (which_ == Which::largest) return take_larger(std::move(post));
  if (which_ == Which::all || (which_ == Which::viral && post.accounts.size() >= viral_size_))
    kept_.push_back(tree_of(std::move(post)));
}

void TreeKeeper::take_larger(PostRecord&& post) {
  const auto kept = std::ranges::find(kept_, post.studied, &CascadeTree::studied);
  if (kept == kept_.end()) return kept_.push_back(tree_of(std::move(post)));
  const std::size_t size = post.accounts.size(), largest = kept->accounts.size();
  if (size > largest || (size == largest && post.id.ordinal < kept->ordinal)) *kept = tree_of(std::move(post));
}

std::vector<CascadeTree> TreeKeeper::finish() {
  std::ranges::sort(kept_, {}, [](const CascadeTree& t) { return std::pair(t.studied, t.ordinal); });
  return std::move(kept_);
}

void name_accounts(std::vector<CascadeTree>& trees, const Setting& setting) {
  if (setting.network().labels.empty()) return;
  for (CascadeTree& tree : trees)
    for (const AccountId account : tree.accounts) tree.labels.push_back(name_of(account, setting));
}

}  // namespace passalong
