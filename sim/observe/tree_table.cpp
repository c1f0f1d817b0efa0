// Trees one after the other, their nodes numbered through, so that a parent is found by its row.
#include <utility>

#include "sim/observe/tables.hpp"

namespace passalong {
namespace {

struct NodeColumns {
  std::vector<std::int64_t> post, account, parent;
  std::vector<double> time;
  std::vector<std::string> labels;
};

class TreeTable {
 public:
  TreeTable(double tick, Tick first) : tick_(tick), first_(first) {}

  // Posts and trees of a world are in the same order.
  void add(const WorldRecord& world) {
    auto tree = world.trees.begin();
    for (const PostRow& post : world.posts) {
      if (tree != world.trees.end() && std::pair(tree->studied, tree->ordinal) == std::pair(post.studied, post.ordinal))
        add(*tree++);
      ++post_;
    }
  }
  Group group() &&;

 private:
  void add(const CascadeTree& tree) {
    const auto root = static_cast<std::int64_t>(columns_.post.size());
    for (std::size_t k = 0; k < tree.accounts.size(); ++k) {
      columns_.post.push_back(post_);
      columns_.account.push_back(tree.accounts[k]);
      columns_.parent.push_back(k == 0 ? -1 : root + tree.parents[k]);
      columns_.time.push_back((tree.ticks[k] - first_) * tick_ / 24);
    }
    columns_.labels.insert(columns_.labels.end(), tree.labels.begin(), tree.labels.end());
  }

  double tick_;
  Tick first_;
  std::int64_t post_ = 0;
  NodeColumns columns_;
};

Group TreeTable::group() && {
  const auto whole = [](const char* name, const char* long_name, std::vector<std::int64_t> values) {
    return Variable{name, "", long_name, {"node"}, std::move(values), "i8", {}};
  };
  Group group{"cascades", {{"node", columns_.post.size()}}, {}, {}};
  const bool labelled = !columns_.labels.empty();
  group.variables.push_back(whole("post", "whose cascade: index of the post in /posts", std::move(columns_.post)));
  group.variables.push_back(whole("account", "who passed it on: number in the network, authors behind all others",
                                  std::move(columns_.account)));
  group.variables.push_back(
      whole("parent", "index of the node it came through; -1 for the author", std::move(columns_.parent)));
  group.variables.push_back(
      {"time", "d", "when it was passed on, days since start", {"node"}, std::move(columns_.time), "f8", {}});
  if (labelled) group.texts.push_back({"label", "what the account is called", {"node"}, std::move(columns_.labels)});
  return group;
}

}  // namespace

Group tabulate_trees(const Ensemble& ensemble, double tick, Tick first) {
  TreeTable table(tick, first);
  for (const auto& arm : ensemble.worlds)
    for (const WorldRecord* world : arm) table.add(*world);
  return std::move(table).group();
}

}  // namespace passalong
