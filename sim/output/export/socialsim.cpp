// Events as the measurements of DARPA's SocialSim read them (Pacific Northwest National Laboratory,
// github.com/pnnl/socialsim_package): JSON lines, a line about the simulation first. Root events have their own id as
// parent and root; nodeTime is in seconds.
#include <fmt/format.h>

#include <cmath>

#include "sim/output/export/cascade_forest.hpp"

namespace passalong {
namespace {

constexpr double seconds_a_day = 86400;

void put_member(TextStream& to, const char* name, std::string_view text) {
  to << ", \"" << name << "\": ";
  put_json(to, text);
}

// Whole where it is to a millionth: ticks are minutes, and days are their quotients.
void put_seconds(TextStream& to, double days) {
  const double seconds = days * seconds_a_day, whole = std::round(seconds);
  if (std::abs(seconds - whole) < 1e-6)
    to << static_cast<std::int64_t>(whole);
  else
    to << seconds;
}

}  // namespace

void CascadeForest::write_event(TextStream& to, std::size_t node) const {
  const auto post = static_cast<std::size_t>(post_[node]);
  const std::int64_t own = static_cast<std::int64_t>(node), parent = parent_[node] < 0 ? own : parent_[node];
  to << "{\"nodeID\": \"" << own << "\", \"nodeUserID\": ";
  put_json(to, label(node));
  to << ", \"parentID\": \"" << parent << "\", \"rootID\": \"" << root_[node]
     << "\", \"actionType\": " << (parent_[node] < 0 ? "\"tweet\"" : "\"retweet\"") << ", \"nodeTime\": ";
  put_seconds(to, time_[node]);
  to << ", \"platform\": \"twitter\"";
  put_member(to, "informationID", word_in(posts_, "kind", post));
  put_member(to, result_.arm(), word_in(posts_, result_.arm(), post));
  to << ", \"replicate\": " << whole_column(posts_, "replicate")[post] << "}\n";
}

std::uint64_t CascadeForest::write_events(TextStream& to) const {
  to << "{\"identifier\": ";
  put_json(to, result_.digest);
  put_member(to, "team", result_.text_of("source"));
  put_member(to, "scenario", result_.text_of("title"));
  to << "}\n";
  std::uint64_t events = 0;
  for (std::size_t k = 0; k < post_.size(); ++k)
    if (chosen(k)) write_event(to, k), ++events;
  return events;
}

}  // namespace passalong
