// Parents come before children, so depths and roots are known in one pass.
#include "sim/output/export/cascade_forest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {

[[noreturn]] void refuse(const std::string& message, const std::string& help) {
  throw Failure(Exit::usage, message, help);
}

const Group& trees_in(const Result& result) {
  for (const Group& g : result.groups)
    if (g.name == "cascades") return g;
  if (std::ranges::find(result.groups, "posts", &Group::name) == result.groups.end())
    refuse("this result holds no posts, so no cascades of posts", "--as csv writes what it holds");
  refuse("this result holds no cascades",
         "run it again with [output] cascades = \"all\", \"viral\" or \"largest\": passalong run SCENARIO.toml --set "
         "output.cascades=all");
}

const std::vector<std::string>* texts_in(const Group& group, std::string_view name) {
  const auto found = std::ranges::find(group.texts, name, &TextVariable::name);
  return found == group.texts.end() ? nullptr : &found->values;
}

// Where the arm stands in the table's codes.
std::int64_t code_of(const Result& result, const std::string& arm) {
  const auto found = std::ranges::find(result.arms(), arm);
  if (found != result.arms().end()) return found - result.arms().begin();
  const auto near = suggest(arm, result.arms());
  refuse(fmt::format("there is no {} `{}` in this result", result.arm(), harmless(arm)),
         near ? "did you mean `" + *near + "`?" : fmt::format("there are: {}", fmt::join(result.arms(), ", ")));
}

}  // namespace

CascadeForest::CascadeForest(const Result& result, const Selection& selection)
    : result_(result),
      posts_((trees_in(result), group_named(result, "posts"))),
      nodes_(trees_in(result)),
      post_(whole_column(nodes_, "post")),
      account_(whole_column(nodes_, "account")),
      parent_(whole_column(nodes_, "parent")),
      time_(real_column(nodes_, "time")),
      labels_(texts_in(nodes_, "label")) {
  check();
  choose(result, selection);
  measure_depths();
}

// Files are made by anyone.
void CascadeForest::check() const {
  const auto posts = static_cast<std::int64_t>(posts_.dimensions.at("post"));
  for (std::size_t k = 0; k < post_.size(); ++k)
    if (post_[k] < 0 || post_[k] >= posts || parent_[k] >= static_cast<std::int64_t>(k))
      throw Failure(Exit::input, fmt::format("/cascades of this file is no forest: see node {}", k),
                    "make the result again with this version");
}

void CascadeForest::choose(const Result& result, const Selection& selection) {
  const std::size_t posts = posts_.dimensions.at("post");
  if (selection.post && *selection.post >= static_cast<std::int64_t>(posts))
    refuse(fmt::format("there is no post {} in this result", *selection.post),
           fmt::format("posts are numbered from 0 to {}, as the index of /posts", posts - 1));
  const std::int64_t arm = selection.arm.empty() ? -1 : code_of(result, selection.arm);
  chosen_.assign(posts, false);
  for (const std::int64_t post : post_) chosen_[static_cast<std::size_t>(post)] = true;
  if (selection.post && !chosen_[static_cast<std::size_t>(*selection.post)])
    refuse(
        fmt::format("the tree of post {} was not kept", *selection.post),
        "[output] cascades says whose are: \"all\" keeps every one; --as csv --table cascades lists those there are");
  for (std::size_t p = 0; p < posts; ++p) {
    if (arm >= 0 && whole_column(posts_, result.arm())[p] != arm) chosen_[p] = false;
    if (selection.replicate && whole_column(posts_, "replicate")[p] != *selection.replicate) chosen_[p] = false;
    if (selection.post && static_cast<std::int64_t>(p) != *selection.post) chosen_[p] = false;
  }
  if (std::ranges::count(chosen_, true) == 0)
    refuse("no tree was kept of what is asked for", "leave out --strategy, --replicate or --post, one by one");
}

void CascadeForest::measure_depths() {
  depth_.resize(parent_.size()), root_.resize(parent_.size());
  for (std::size_t k = 0; k < parent_.size(); ++k) {
    const auto parent = static_cast<std::size_t>(parent_[k]);
    depth_[k] = parent_[k] < 0 ? 0 : depth_[parent] + 1;
    root_[k] = parent_[k] < 0 ? static_cast<std::int64_t>(k) : root_[parent];
  }
}

std::string CascadeForest::label(std::size_t node) const {
  if (labels_ != nullptr && !(*labels_)[node].empty()) return (*labels_)[node];
  if (parent_[node] < 0) return std::string(word_in(posts_, result_.arm(), static_cast<std::size_t>(post_[node])));
  return std::to_string(account_[node]);
}

void CascadeForest::write_node(GraphWriter& to, std::size_t node) const {
  const auto post = static_cast<std::size_t>(post_[node]);
  const std::array<GraphValue, 7> values{post_[node],
                                         word_in(posts_, result_.arm(), post),
                                         whole_column(posts_, "replicate")[post],
                                         word_in(posts_, "kind", post),
                                         account_[node],
                                         depth_[node],
                                         time_[node]};
  to.node(node, label(node), values, time_[node]);
}

CascadeForest::Counts CascadeForest::write_graph(GraphWriter& to) const {
  using enum GraphAttribute::Type;
  to.begin(
      {.description = fmt::format("Cascades of {}: who passed a post on, from whom; an edge leads to who did so next. "
                                  "time in days since start, depth in generations below the author.",
                                  result_.text_of("title")),
       .of_nodes = {{"post", whole},
                    {result_.arm(), text},
                    {"replicate", whole},
                    {"kind", text},
                    {"account", whole},
                    {"depth", whole},
                    {"time", real}},
       .of_edges = {},
       .dynamic = true});
  Counts counts;
  for (std::size_t k = 0; k < post_.size(); ++k)
    if (chosen(k)) write_node(to, k), ++counts.nodes;
  to.begin_edges();
  for (std::size_t k = 0; k < post_.size(); ++k)
    if (chosen(k) && parent_[k] >= 0) to.edge(static_cast<std::uint64_t>(parent_[k]), k, {}, time_[k]), ++counts.edges;
  to.end();
  return counts;
}

}  // namespace passalong
