// What became of ordinary posts, beside the bands that have been observed: the table of docs/base_rates.md.
#include <cmath>
#include <limits>

#include "sim/experiment/moments.hpp"
#include "sim/report/page_parts.hpp"

namespace passalong {
namespace {
struct Observed {
  const char *variable, *label;
  double low, high;
  const char* source;
};
constexpr Observed observed[] = {
    {"posts_reshared", "a post gets a reshare", 0.04, 0.08, "Sysomos 2010: .06"},
    {"share_single_node", "nobody passes a post on", 0.7, 0.95, "Goel, Watts & Goldstein 2012"},
    {"share_deeper_than_1", "cascades beyond one degree", 0.01, 0.04, "Goel, Watts & Goldstein 2012"},
    {"adoptions_beyond_1", "adoptions beyond one degree", 0.01, 0.06, "Goel, Watts & Goldstein 2012"},
    {"depth1_share", "reshares directly from the author", 0.75, 0.97, "Kwak et al. 2010: .96"},
    {"p_size_100", "cascades of 100 accounts or more", 0.0001, 0.001, "Goel et al. 2016: .00025"},
    {"p_within_1h", "reshares within an hour", 0.36, 0.92, "Kwak et al. 2010, Sysomos 2010"},
};

// The mean over the worlds; of reshared posts, their share of all.
double measured(const Group& group, const std::string& name) {
  std::vector<double> values = numbers_of(group, name);
  if (name == "posts_reshared") {
    const auto posts = numbers_of(group, "posts");
    for (std::size_t i = 0; i < values.size() && i < posts.size(); ++i) values[i] /= posts[i];
  }
  values = finite_only(std::move(values));
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : mean_of(values);
}
}  // namespace

void write_base_rates(JsonWriter& json, const PageSource& source) {
  const Group* const group = find_group(source.result, "base_rates");
  if (group == nullptr) return;
  json.key("base_rates").open_array();
  for (const Observed& o : observed) {
    const double value = measured(*group, o.variable);
    if (!std::isfinite(value)) continue;
    json.open_object().field("label", o.label).field("value", value).field("low", o.low).field("high", o.high);
    json.field("source", o.source).close_object();
  }
  json.close_array();
}

}  // namespace passalong
