// Written from models/ODD.md; math.hpp has the arithmetic that engine and reference share.
#include "tests/reference_content.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace passalong::reference {

std::size_t pick(const std::vector<double>& shares, double left) {
  std::size_t k = 0, last = shares.size() - 1;
  while (last > 0 && shares[last] <= 0) --last;
  while (k < last && (left -= shares[k]) >= 0) ++k;
  return k;
}

Post ordinary_post(const Setting& world, AccountId i, std::uint32_t n, Tick now) {
  const auto u = [&](std::size_t word) { return uniform(world.stream(Purpose::post_content)(i, 0, n)[word]); };
  const Scenario& s = *world.scenario;
  const Population& people = *world.population;
  const PopulationSection& b = s.population;
  const double sellers = b.mean_seller_share();
  const double of_sellers = sellers > 0 ? std::min(b.seller_promotion, b.promotion / sellers) : 0;
  const double of_others = sellers < 1 ? std::max(0.0, b.promotion - sellers * of_sellers) / (1 - sellers) : 0;
  const double pitch = people.seller[i] ? of_sellers : of_others, v = b.news_value.quantile(u(2));
  const double rest = (1 - pitch) / (b.routine + b.conversation + b.news);
  const std::size_t kind = pick({pitch, b.routine * rest, b.conversation * rest, b.news * rest}, u(0));
  const std::uint8_t* own = people.topics->row(i);
  const std::size_t topic = pick({own, own + people.topics->topics()}, u(1) * people.topics->total(i));
  if (kind == 0) return {i, n, now, true, topic, stored(s.content.pitch_quality.quantile(u(2))), 1, 0};
  if (kind == 1) return {i, n, now, false, topic, 0, 0, 1};
  if (kind == 2) return {i, n, now, false, topic, stored(b.conversation_value * v), 0, stored(b.conversation_routine)};
  return {i, n, now, false, topic, stored(v), 0, 0};
}

Post studied_post(const Work& work, AccountId j, std::uint32_t n, Tick now) {
  const auto [kind, topic, quality] = work.content(n);
  Post p{j, n, now, kind == 1, topic, quality, kind == 1 ? 1.0F : 0, kind == 2 ? 1.0F : 0};
  p.kind = mixed_kinds[kind];
  return p;
}

double merit(const Appraisal& w, double age, const Post& p, double sim, double a, const View& view) {
  const double nov = exp(-w.decay * power(age, w.decay_exponent));
  const double dislike = (1 - a) * (w.residual_dislike + (1 - w.residual_dislike) * view.pi);
  const double V = w.value_weight * p.v * sim * nov + w.affinity_weight * p.s * a - w.pitch_weight * p.s * dislike +
                   w.routine_weight * p.d * (2 * view.fame - 1) - w.cost;
  return w.on ? V : 1;
}

double delay(const Delay& d, double lifetime, double u, double trust) {
  const double theta = d.exponent, s0 = d.plateau, f = theta / (1 + theta);
  const double e = exp(-d.trust_speed * (trust - 0.5)), most = lifetime / e;
  const double q = u * (most <= s0 ? f * most / s0 : 1 - (1 - f) * power(most / s0, -theta));
  return e * s0 * (q <= f ? q / f : power((1 - q) / (1 - f), -1 / theta));
}

}  // namespace passalong::reference
