// How large cascades get and what shape they have, by arm: a share of posts for each size, and a histogram of
// structural virality among those passed on.
#include <algorithm>
#include <cmath>
#include <map>

#include "sim/report/page_parts.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_steps = 200;  // of a distribution
constexpr double bin = 0.25;             // of structural virality
constexpr double told_from = 10;         // accounts: the shape of smaller cascades is their size

struct Posts {
  std::vector<double> sizes, viralities;  // viralities: of cascades of told_from accounts or more
};

std::vector<Posts> posts_by_arm(const PageSource& source, const Group& group) {
  const bool brands = !source.result.brands.empty();
  const auto arm = numbers_of(group, brands ? "brand" : "strategy"), size = numbers_of(group, "size"),
             virality = numbers_of(group, "structural_virality");
  std::vector<Posts> posts(source.result.arms().size());
  for (std::size_t i = 0; i < size.size(); ++i) {
    const auto place = i < arm.size() ? static_cast<std::size_t>(arm[i]) : 0;
    if (place >= posts.size()) continue;
    posts[place].sizes.push_back(size[i]);
    if (i < virality.size() && size[i] >= told_from && std::isfinite(virality[i]))
      posts[place].viralities.push_back(virality[i]);
  }
  return posts;
}

// Pairs of a size and the share of posts at least so large; each size that occurs, thinned where there are many.
void write_survival(JsonWriter& json, std::vector<double> sizes) {
  std::sort(sizes.begin(), sizes.end());
  std::vector<std::pair<double, double>> steps;
  const double n = static_cast<double>(sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (i == 0 || sizes[i] != sizes[i - 1]) steps.emplace_back(sizes[i], static_cast<double>(sizes.size() - i) / n);
  json.open_array();
  for (const std::size_t i : thinned_rows(steps.size(), most_steps))
    json.value(std::vector<double>{steps[i].first, steps[i].second});
  json.close_array();
}

void write_shapes(JsonWriter& json, const std::vector<double>& viralities) {
  std::map<long, unsigned long> counts;
  for (const double v : viralities) ++counts[static_cast<long>(std::floor(v / bin))];
  json.open_array();
  for (const auto& [place, count] : counts)
    json.open_array().value(bin * static_cast<double>(place)).value(count).close_array();
  json.close_array();
}

void write_arm(JsonWriter& json, const Posts& posts) {
  const auto passed = std::count_if(posts.sizes.begin(), posts.sizes.end(), [](double s) { return s > 1; });
  json.open_object().field("posts", posts.sizes.size()).field("passed", static_cast<long>(passed));
  json.field("largest", posts.sizes.empty() ? 0 : *std::max_element(posts.sizes.begin(), posts.sizes.end()));
  json.field("shaped", posts.viralities.size());
  write_survival(json.key("survival"), posts.sizes);
  write_shapes(json.key("shapes"), posts.viralities);
  json.close_object();
}
}  // namespace

const Group* find_group(const Result& result, const std::string& name) {
  const auto found =
      std::find_if(result.groups.begin(), result.groups.end(), [&](const Group& g) { return g.name == name; });
  return found == result.groups.end() ? nullptr : &*found;
}

const Variable* find_variable(const Group& group, const std::string& name) {
  const auto found =
      std::find_if(group.variables.begin(), group.variables.end(), [&](const Variable& v) { return v.name == name; });
  return found == group.variables.end() ? nullptr : &*found;
}

std::vector<double> numbers_of(const Variable& variable) {
  return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); },
                    variable.values);
}

std::vector<double> numbers_of(const Group& group, const std::string& name) {
  const Variable* const variable = find_variable(group, name);
  return variable == nullptr ? std::vector<double>() : numbers_of(*variable);
}

void write_posts(JsonWriter& json, const PageSource& source) {
  const Group* const group = find_group(source.result, "posts");
  if (group == nullptr || find_variable(*group, "size") == nullptr) return;
  json.key("posts").open_object().field("bin", bin).field("shaped_from", told_from);
  json.key("arms").open_array();
  for (const Posts& posts : posts_by_arm(source, *group)) write_arm(json, posts);
  json.close_array().close_object();
}

// All replicates together; the ledger's bands of trust are the file's.
void write_trust(JsonWriter& json, const PageSource& source) {
  const Group* const group = find_group(source.result, "trust");
  if (group == nullptr) return;
  const auto low = numbers_of(*group, "trust_low"), seen = numbers_of(*group, "seen"),
             shares = numbers_of(*group, "shares_by_delay");
  const std::size_t bands = low.size(), arms = source.result.arms().size(), cells = seen.size();
  if (bands == 0 || cells == 0 || cells % (bands * arms) != 0 || shares.size() % cells != 0) return;
  const std::size_t each = cells / arms, delays = shares.size() / cells;
  json.key("trust").open_object().field("low", low).key("arms").open_array();
  for (std::size_t arm = 0; arm < arms; ++arm) {
    std::vector<double> saw(bands, 0), passed(bands, 0);
    for (std::size_t i = arm * each; i < (arm + 1) * each; ++i) {
      saw[i % bands] += seen[i];
      for (std::size_t d = 0; d < delays; ++d) passed[i % bands] += shares[i * delays + d];
    }
    json.open_object().field("seen", saw).field("shares", passed).close_object();
  }
  json.close_array().close_object();
}

}  // namespace passalong
