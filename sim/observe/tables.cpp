// Arms before brands, brands before replicates, replicates before rows: the order of the dimensions.
#include "sim/observe/tables.hpp"

#include <functional>
#include <iterator>
#include <string>

namespace passalong {
namespace {

// Columns from `first` on, one a brand.
template <class T>
std::vector<T> joined(const Ensemble& ensemble, std::size_t first, std::size_t brands) {
  std::vector<T> values;
  for (const auto& arm : ensemble.worlds)
    for (std::size_t column = first; column < first + brands; ++column)
      for (const WorldRecord* world : arm)
        for (const double v : world->columns[column]) values.push_back(static_cast<T>(v));
  return values;
}

std::vector<std::string> dimensions_of(const Ensemble& ensemble, bool by_brand) {
  std::vector<std::string> dimensions;
  if (!ensemble.strategies.empty()) dimensions.emplace_back("strategy");
  if (by_brand) dimensions.emplace_back("brand");
  dimensions.insert(dimensions.end(), {"replicate", "time"});
  return dimensions;
}

struct PlacedPost {
  std::size_t arm;
  std::int64_t replicate;
  const PostRow* post;
};

std::vector<PlacedPost> place_posts(const Ensemble& ensemble) {
  std::vector<PlacedPost> all;
  for (std::size_t arm = 0; arm < ensemble.worlds.size(); ++arm)
    for (std::size_t r = 0; r < ensemble.replicates.size(); ++r)
      for (const PostRow& post : ensemble.worlds[arm][r]->posts) all.push_back({arm, ensemble.replicates[r], &post});
  return all;
}

// A column of the post table: whole numbers where what() gives one, else floating.
template <class What>
Variable column(const std::vector<PlacedPost>& posts, const char* name, const char* units, const char* long_name,
                const char* dtype, const What& what) {
  using Given = std::invoke_result_t<What, const PlacedPost&>;
  using Kept = std::conditional_t<std::is_floating_point_v<Given>, double, std::int64_t>;
  std::vector<Kept> values;
  values.reserve(posts.size());
  for (const PlacedPost& p : posts) values.push_back(static_cast<Kept>(what(p)));
  return {name, units, long_name, {"post"}, std::move(values), dtype, {}};
}

}  // namespace

// A file cannot hold a group and a series of one name; /posts is the group.
std::string series_name(const Quantity& quantity) {
  const std::string name = quantity.name;
  return name == "posts" ? "posts_made" : name;
}

std::vector<Variable> tabulate_series(const Ensemble& ensemble) {
  std::vector<Variable> series;
  std::size_t column = 0;
  for (const Quantity& quantity : ensemble.quantities) {
    const bool by_brand = !quantity.everyones && !ensemble.brands.empty();
    const std::size_t brands = by_brand ? ensemble.brands.size() : 1;
    Variable v{series_name(quantity),
               quantity.units,
               quantity.long_name,
               dimensions_of(ensemble, by_brand),
               {},
               quantity.integer ? "i8" : "f8",
               {}};
    if (quantity.integer)
      v.values = joined<std::int64_t>(ensemble, column, brands);
    else
      v.values = joined<double>(ensemble, column, brands);
    column += brands;
    series.push_back(std::move(v));
  }
  return series;
}

Group tabulate_base_rates(const Ensemble& ensemble) {
  std::vector<const BaseRates*> each;
  for (const auto& arm : ensemble.worlds)
    for (const WorldRecord* world : arm) each.push_back(&*world->base_rates);
  std::vector<std::string> dimensions = dimensions_of(ensemble, false);
  dimensions.pop_back();  // not by time
  return tabulate_base_rates(each, dimensions);
}

Group tabulate_posts(const Ensemble& ensemble, std::int64_t viral_size) {
  const std::vector<PlacedPost> posts = place_posts(ensemble);
  const auto cascade = [](const PlacedPost& p) -> const Cascade& { return p.post->cascade; };
  Group group{"posts", {{"post", posts.size()}}, {}};
  const auto add = [&](auto&&... parts) { group.variables.push_back(column(posts, parts...)); };
  add("strategy", "", "strategy of the author", "i4", [](const auto& p) { return p.arm; });
  group.variables.back().meanings = ensemble.strategies;
  if (!ensemble.brands.empty()) {
    add("brand", "", "brand of the author", "i4", [](const auto& p) { return p.post->studied; });
    group.variables.back().meanings = ensemble.brands;
  }
  add("replicate", "", "replicate", "i4", [](const auto& p) { return p.replicate; });
  add("time", "d", "when it appeared, days since start", "f8", [](const auto& p) { return p.post->day; });
  add("kind", "", "kind of post", "i1", [](const auto& p) { return static_cast<int>(p.post->kind); });
  group.variables.back().meanings.assign(std::begin(post_kind_names), std::end(post_kind_names));
  add("quality", "1", "worth to who cares for its topic", "f4", [](const auto& p) { return p.post->quality; });
  add("deliveries", "deliveries", "copies put before followers", "i8",
      [](const auto& p) { return p.post->deliveries; });
  add("impressions", "impressions", "accounts that saw it", "i8", [](const auto& p) { return p.post->impressions; });
  add("shares", "shares", "times it was passed on", "i4", [&](const auto& p) { return cascade(p).size - 1; });
  add("size", "accounts", "accounts in its cascade, the author included", "i4",
      [&](const auto& p) { return cascade(p).size; });
  add("depth", "generations", "generations of shares", "i4", [&](const auto& p) { return cascade(p).depth; });
  add("breadth", "accounts", "most accounts in one generation", "i4",
      [&](const auto& p) { return cascade(p).breadth; });
  add("first_generation", "accounts", "accounts that passed it on from the author itself", "i4",
      [&](const auto& p) { return cascade(p).first; });
  add("second_generation", "accounts", "accounts that passed it on from the first generation", "i4",
      [&](const auto& p) { return cascade(p).second; });
  add("structural_virality", "1", "mean distance of two accounts in the cascade (Goel et al. 2016)", "f4",
      [&](const auto& p) { return cascade(p).structural_virality; });
  add("went_viral", "", "size at least output.viral_size", "i1",
      [&](const auto& p) { return static_cast<int>(cascade(p).size >= viral_size); });
  return group;
}

}  // namespace passalong
