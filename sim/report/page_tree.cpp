// The largest cascade of each arm whose tree the result holds, breadth first and cut where it is large: a reader wants
// its shape, not ten thousand names.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/report/page_parts.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_nodes = 300;  // drawn of one tree

struct Nodes {
  std::vector<double> post, account, parent, time;
  bool whole() const { return !post.empty() && post.size() == account.size() && post.size() == parent.size(); }
};

struct Tree {
  std::size_t root = 0, size = 0;
  std::size_t arm = 0;
  std::size_t post = 0;
};

// The largest tree of each arm. Parents come before their children, and trees one after the other.
std::vector<Tree> largest_trees(const PageSource& source, const Nodes& nodes, const std::vector<double>& arms) {
  std::vector<Tree> best(source.result.arms().size());
  for (std::size_t from = 0, to = 0; from < nodes.post.size(); from = to) {
    while (to < nodes.post.size() && nodes.post[to] == nodes.post[from]) ++to;
    const auto post = static_cast<std::size_t>(nodes.post[from]);
    const std::size_t arm = post < arms.size() ? static_cast<std::size_t>(arms[post]) : 0;
    if (arm < best.size() && to - from > best[arm].size) best[arm] = {from, to - from, arm, post};
  }
  std::erase_if(best, [](const Tree& t) { return t.size < 2; });
  return best;
}

struct Branches {
  std::vector<std::vector<std::size_t>> children;  // by node of the tree
  std::vector<std::size_t> offspring;              // all below it
  std::size_t depth = 0;
};

Branches branches_of(const Nodes& nodes, const Tree& tree) {
  Branches b{std::vector<std::vector<std::size_t>>(tree.size), std::vector<std::size_t>(tree.size, 0)};
  std::vector<std::size_t> depth(tree.size, 0), parents(tree.size, 0);
  for (std::size_t k = 1; k < tree.size; ++k) {
    const double parent = nodes.parent[tree.root + k] - static_cast<double>(tree.root);
    parents[k] = parent >= 0 && parent < static_cast<double>(k) ? static_cast<std::size_t>(parent) : 0;
    b.children[parents[k]].push_back(k);
    depth[k] = depth[parents[k]] + 1;
    b.depth = std::max(b.depth, depth[k]);
  }
  for (std::size_t k = tree.size; k-- > 1;) b.offspring[parents[k]] += b.offspring[k] + 1;
  return b;
}

// A node's row: the place of its parent among those drawn, account, hours since the post, and how many below it are not
// drawn. The children with most below them are drawn first.
void write_nodes(JsonWriter& json, const Nodes& nodes, const Tree& tree, Branches& branches) {
  std::vector<std::pair<std::size_t, long>> queue{{0, -1}};
  std::vector<std::size_t> hidden;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    auto& children = branches.children[queue[at].first];
    std::stable_sort(children.begin(), children.end(),
                     [&](std::size_t a, std::size_t b) { return branches.offspring[a] > branches.offspring[b]; });
    hidden.push_back(0);
    for (const std::size_t child : children) {
      if (queue.size() < most_nodes)
        queue.emplace_back(child, static_cast<long>(at));
      else
        hidden[at] += 1 + branches.offspring[child];
    }
  }
  json.key("nodes").open_array();
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::size_t row = tree.root + queue[at].first;
    const double hours = row < nodes.time.size() ? 24 * (nodes.time[row] - nodes.time[tree.root]) : NAN;
    json.open_array().value(queue[at].second).value(nodes.account[row]).value(hours).value(hidden[at]).close_array();
  }
  json.close_array();
}

void write_one(JsonWriter& json, const PageSource& source, const Nodes& nodes, const Tree& tree) {
  Branches branches = branches_of(nodes, tree);
  json.open_object().field("arm", tree.arm).field("size", tree.size).field("depth", branches.depth);
  json.field("post", tree.post);
  const Group* const posts = find_group(source.result, "posts");
  for (const char* name : {"time", "replicate", "structural_virality"}) {
    const auto values = posts == nullptr ? std::vector<double>() : numbers_of(*posts, name);
    if (tree.post < values.size()) json.field(name, values[tree.post]);
  }
  if (const Variable* kind = posts == nullptr ? nullptr : find_variable(*posts, "kind")) {
    const auto code = static_cast<std::size_t>(numbers_of(*kind).at(tree.post));
    if (code < kind->meanings.size()) json.field("kind", kind->meanings[code]);
  }
  write_nodes(json, nodes, tree, branches);
  json.close_object();
}
}  // namespace

void write_tree(JsonWriter& json, const PageSource& source) {
  const Group* const group = find_group(source.result, "cascades");
  if (group == nullptr || !source.policies) return;
  const Nodes nodes{numbers_of(*group, "post"), numbers_of(*group, "account"), numbers_of(*group, "parent"),
                    numbers_of(*group, "time")};
  if (!nodes.whole()) return;
  const Group* const posts = find_group(source.result, "posts");
  const auto arms = posts == nullptr ? std::vector<double>()
                                     : numbers_of(*posts, source.result.brands.empty() ? "strategy" : "brand");
  const auto trees = largest_trees(source, nodes, arms);
  if (trees.empty()) return;
  json.key("trees").open_array();
  for (const Tree& tree : trees) write_one(json, source, nodes, tree);
  json.close_array();
}

}  // namespace passalong
