// The result's group /trust: survival curves of looking, buying and passing on, by the trust readers had.
#include "sim/observe/tables.hpp"

namespace passalong {
namespace {
using Counts = std::vector<std::uint64_t> TrustLedger::*;

struct Told {
  const char *name, *units, *long_name;
  Counts of;
};
constexpr Told told[] = {
    {"seen", "impressions", "posts seen by readers of such trust in their author", &TrustLedger::seen},
    {"checks", "accounts", "... who then looked closer", &TrustLedger::checks},
    {"adoptions", "accounts", "... who then bought", &TrustLedger::adoptions},
    {"shares_by_delay", "shares", "... who passed it on, by how long after seeing it that appears",
     &TrustLedger::delays},
};

std::vector<std::int64_t> values_of(const Ensemble& ensemble, Counts of) {
  std::vector<std::int64_t> values;
  const std::size_t brands = std::max<std::size_t>(1, ensemble.brands.size());
  for (const auto& arm : ensemble.worlds)
    for (std::size_t k = 0; k < brands; ++k)
      for (const WorldRecord* world : arm)
        for (const std::uint64_t v : world->trust.at(k).*of) values.push_back(static_cast<std::int64_t>(v));
  return values;
}

template <class T>
Variable border(const char* name, const char* units, const char* long_name, const char* dimension, std::size_t count,
                const T& of) {
  std::vector<double> values;
  for (std::size_t k = 0; k < count; ++k) values.push_back(of(static_cast<double>(k)));
  return {name, units, long_name, {dimension}, std::move(values), "f8", {}};
}
}  // namespace

Group tabulate_trust(const Ensemble& ensemble, double tick) {
  std::size_t delays = 1;
  for (const auto& arm : ensemble.worlds)
    for (const WorldRecord* world : arm) delays = world->trust.at(0).delays.size() / TrustLedger::bands;
  Group group{"trust", {{"band", TrustLedger::bands}, {"delay", delays}}, {}};
  std::vector<std::string> dimensions;
  if (!ensemble.strategies.empty()) dimensions.emplace_back("strategy");
  if (!ensemble.brands.empty()) dimensions.emplace_back("brand");
  dimensions.insert(dimensions.end(), {"replicate", "band"});
  for (const Told& t : told) {
    if (t.of == &TrustLedger::delays) dimensions.emplace_back("delay");
    group.variables.push_back({t.name, t.units, t.long_name, dimensions, values_of(ensemble, t.of), "i8", {}});
  }
  group.variables.push_back(border("trust_low", "1", "least trust in the band", "band", TrustLedger::bands,
                                   [](double k) { return k / static_cast<double>(TrustLedger::bands); }));
  group.variables.push_back(
      border("hours", "h", "hours after seeing", "delay", delays, [&](double k) { return k * tick; }));
  return group;
}

}  // namespace passalong
