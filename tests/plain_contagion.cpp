#include "tests/plain_contagion.hpp"

#include <limits>
#include <string>
#include <tuple>

namespace passalong {

std::uint64_t PlainContagion::strike(double step) {
  std::uint64_t fresh = 0;
  for (; seeds_left() && seeds_[struck_].at <= step; ++struck_) {
    const AccountId seed = seeds_[struck_].account;
    fresh += active_[seed] == 0, active_[seed] = 1;
    for (AccountId a = 0; neighbourhood && a < active_.size(); ++a)
      for (const auto& f : network_.followees[a])
        if (f.account == seed && active_[a] == 0) ++fresh, active_[a] = 1;
  }
  return fresh;
}

void PlainContagion::row(PlainCourse& course, std::uint64_t fresh) const {
  course.rows.push_back({static_cast<double>(count()), static_cast<double>(fresh)});
}

bool PlainContagion::is_reached(AccountId account, double threshold, const std::string& of) const {
  const auto& followees = network_.followees[account];
  if (threshold <= 1e-9) return true;
  const auto number = static_cast<double>(network_.active(account, active_));
  if (of == "number") return number >= threshold - 1e-9;
  if (of == "share") return !followees.empty() && number >= threshold * static_cast<double>(followees.size()) - 1e-9;
  double all = 0, sum = 0;  // sum: in units of 2^-40
  for (const auto& f : followees) all += f.weight;
  for (const auto& f : followees)
    if (active_[f.account] != 0 && all > 0)
      sum += std::floor((of == "weight" ? f.weight : f.weight / all) * 0x1p40 + 0.5);
  return sum > 0 && sum >= std::ceil(threshold * 0x1p40 - 1e-9);
}

PlainCourse PlainContagion::thresholds(const Distribution& threshold, const std::string& of, bool one_by_one) {
  PlainCourse course;
  row(course, strike(0));
  for (std::uint32_t step = 1; step <= last; ++step) {
    using Turn = std::tuple<std::uint32_t, std::uint32_t, AccountId>;
    std::vector<Turn> order;
    for (AccountId a = 0; a < active_.size(); ++a) {
      const Words w = stream(Purpose::update_order, replicate_)(a, 0, step);
      order.emplace_back(w[0], w[1], a);
    }
    std::ranges::sort(order);
    std::vector<AccountId> reached;
    for (const auto& [high, low, a] : order) {
      if (active_[a] != 0) continue;
      const double t = threshold.quantile(uniform(stream(Purpose::threshold, traits)(a)[0]));
      if (!is_reached(a, t, of)) continue;
      if (one_by_one) active_[a] = 1;
      reached.push_back(a);
    }
    for (const AccountId a : reached) active_[a] = 1;
    if (reached.empty() && !seeds_left()) break;
    if (!reached.empty()) course.depth = step;
    row(course, reached.size() + strike(step));
  }
  return course;
}

PlainCourse PlainContagion::signals(const std::vector<double>& chances) {
  PlainCourse course;
  std::vector<std::uint32_t> received(active_.size());
  std::vector<double> told(32), convinced(32);
  row(course, strike(0));
  for (std::uint32_t step = 1; step <= last; ++step) {
    std::vector<AccountId> reached;
    for (AccountId a = 0; a < active_.size(); ++a) {
      bool enough = false;
      for (const std::uint64_t now = network_.active(a, active_); active_[a] == 0 && received[a] < now && !enough;) {
        const std::uint32_t k = ++received[a];
        enough = uniform(stream(Purpose::signal, replicate_)(a, 0, k)[0]) <
                 (k <= chances.size() ? chances[k - 1] : chances.back());
        if (k <= 32) ++told[k - 1], convinced[k - 1] += enough;
      }
      if (enough) reached.push_back(a);
    }
    for (const AccountId a : reached) active_[a] = 1;
    if (reached.empty() && !seeds_left()) break;
    if (!reached.empty()) course.depth = step;
    row(course, reached.size() + strike(step));
  }
  for (std::size_t k = 0; k < 32 && told[k] > 0; ++k)
    course.table.push_back({static_cast<double>(k + 1), told[k], convinced[k]});
  return course;
}

PlainCourse PlainContagion::fractions(double share, double overload, std::uint32_t shares_for) {
  PlainCourse course;
  std::vector<std::uint32_t> began(active_.size());  // at which step; active_: ever
  for (std::uint32_t step = 0; step <= last; ++step) {
    std::vector<char> seen(active_.size());  // shared in the last step
    for (AccountId a = 0; a < active_.size(); ++a) seen[a] = active_[a] != 0 && step <= began[a] + shares_for;
    const std::vector<char> before = active_;
    std::uint64_t won = 0;
    for (AccountId a = 0; step > 0 && a < active_.size(); ++a) {
      const auto sharing = static_cast<double>(network_.active(a, seen));
      const auto followees = static_cast<double>(network_.followees[a].size());
      if (before[a] != 0 || sharing == 0) continue;
      const double chance = share * sharing / (overload == 1 ? followees : power(followees, overload));
      if (uniform(stream(Purpose::fractional_share, replicate_)(a, 0, step)[0]) < chance) active_[a] = 1, ++won;
    }
    if (won > 0) course.depth = step;
    strike(step);
    double infected = 0, fresh = 0;
    for (AccountId a = 0; a < active_.size(); ++a) {
      if (active_[a] != 0 && before[a] == 0) began[a] = step, ++fresh;
      infected += active_[a] != 0 && step < began[a] + shares_for;
    }
    const auto all = static_cast<double>(active_.size()), ever = static_cast<double>(count());
    course.rows.push_back({all - ever, infected, ever - infected, fresh});
    if (infected == 0 && !seeds_left()) break;
  }
  return course;
}

double PlainContagion::share_of(AccountId account, bool well_mixed) const {
  if (well_mixed) return static_cast<double>(count()) / static_cast<double>(active_.size());
  const auto followees = static_cast<double>(network_.followees[account].size());
  return followees > 0 ? static_cast<double>(network_.active(account, active_)) / followees : 0;
}

namespace {
double held_out(const Stream& draws, AccountId account) {
  const Words w = draws(account);
  const std::uint64_t bits = std::uint64_t{w[0]} << 20 | w[1] >> 12;
  return (static_cast<double>(bits) + 0.5) / 4503599627370496.0;
}
}  // namespace

PlainCourse PlainContagion::adoption_in_steps(double p, double q, bool well_mixed) {
  PlainCourse course;
  std::vector<double> left(active_.size(), 1);
  row(course, strike(0));
  for (std::uint32_t step = 1; step <= last; ++step) {
    std::vector<AccountId> adopting;
    for (AccountId a = 0; a < active_.size(); ++a) {
      if (active_[a] != 0) continue;
      left[a] *= 1 - (p + q * share_of(a, well_mixed));
      if (left[a] < held_out(stream(Purpose::adoption, traits), a)) adopting.push_back(a);
    }
    for (const AccountId a : adopting) active_[a] = 1;
    row(course, adopting.size() + strike(step));
    if (course.rows.back()[1] > 0) course.depth = step;
  }
  return course;
}

PlainCourse PlainContagion::adoption_in_time(double p, double q, bool well_mixed) {
  PlainCourse course;
  std::vector<double> hazard(active_.size());  // accumulated
  double now = 0;
  std::uint64_t fresh = 0;
  for (std::uint32_t tick = 0; tick <= last;) {
    double next = std::numeric_limits<double>::infinity();
    AccountId who = 0;
    for (AccountId a = 0; a < active_.size(); ++a) {
      const double rate = p + q * share_of(a, well_mixed);
      if (active_[a] != 0 || rate <= 0) continue;
      const double until = -log(held_out(stream(Purpose::adoption, traits), a));
      const double moment = now + (until - hazard[a]) / rate;
      if (moment < next) next = moment, who = a;
    }
    const bool is_seed = seeds_left() && seeds_[struck_].at < next;
    if (is_seed) next = seeds_[struck_].at;
    for (; tick <= last && tick < next; ++tick, fresh = 0) {
      row(course, fresh);
      if (fresh > 0) course.depth = tick;
    }
    if (tick > last) break;
    for (AccountId a = 0; a < active_.size(); ++a) hazard[a] += (p + q * share_of(a, well_mixed)) * (next - now);
    now = next;
    if (is_seed) who = seeds_[struck_++].account;
    fresh += active_[who] == 0, active_[who] = 1;
  }
  return course;
}

std::vector<double> plain_crowd(const std::vector<double>& thresholds, bool share) {
  std::vector<double> course{0};
  const auto all = static_cast<double>(thresholds.size());
  while (true) {
    const double now = course.back();
    const auto joins = [&](double t) { return t * (share ? all : 1) <= now + 1e-9; };
    const auto then = static_cast<double>(std::ranges::count_if(thresholds, joins));
    if (then <= now) return course;
    course.push_back(then);
  }
}

}  // namespace passalong
