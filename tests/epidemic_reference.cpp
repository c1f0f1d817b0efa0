#include "tests/epidemic_reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "sim/base/math.hpp"

namespace passalong {
namespace {
constexpr double never = std::numeric_limits<double>::infinity();
enum State { S, E, I, R };

// -ln of the 52 upper bits of 64.
double exponential(std::uint32_t low, std::uint32_t high) {
  const auto cell = static_cast<double>((std::uint64_t{high} << 32 | low) / 4096);
  return -passalong::log((cell + 0.5) / 4503599627370496.0);
}

double minus_log_of_rest(double p) {
  double sum = 0, term = 1;
  if (p >= 1.0 / 64) return -passalong::log(1 - p);
  for (int n = 1; n <= 12; ++n) sum += (term *= p) / n;
  return sum;
}

std::uint64_t pick(std::uint64_t count, std::uint32_t high, std::uint32_t low) {
  const std::uint64_t x = std::uint64_t{high} << 32 | low;
  return static_cast<std::uint64_t>(static_cast<__uint128_t>(x) * count >> 64);
}

struct Account {
  State state = S;
  double ends = never;  // its state
  int infections = 0;
  long generation = 0;
  std::uint32_t contacts = 0, in_vain = 0;
  std::uint64_t to_pass = 0;  // steps: cells before the next contact
  bool done = false;          // makes no further contacts
};

class Plain {
 public:
  Plain(const EpidemicPlan& plan, const Network& network, std::uint32_t replicate)
      : plan_(plan),
        network_(network),
        accounts_(network.accounts()),
        contact_(plan.seed, replicate, Purpose::epidemic_contact),
        stay_(plan.seed, replicate, Purpose::epidemic_stay) {
    Seeds(plan.seeds, network, plan.seed).of(replicate, seeds_);
  }

  ProcessRecord steps() {
    double t = 0;
    for (; t <= plan_.most_ticks && (t == 0 || something_comes(t)); ++t) {
      for (AccountId a = 0; t > 0 && a < accounts_.size(); ++a)
        if (accounts_[a].state == I && !new_.contains(a)) try_all(a, t);
      new_.clear();
      for (AccountId a = 0; a < accounts_.size(); ++a)
        if (accounts_[a].ends == t) leave(a, t);
      for (const Seed& seed : seeds_)
        if (std::ceil(seed.at) == t && accounts_[seed.account].state == S) infect(seed.account, 0, t, I);
      new_.clear();
      note_peak(t);
      tell();
    }
    return record(std::min(t - 1, plan_.most_ticks));
  }

  ProcessRecord continuous() {
    for (const Seed& seed : seeds_) due_.insert({seed.at, seed.account, seed_rank});
    double row = 0;
    while (!due_.empty() && std::get<0>(*due_.begin()) <= plan_.most_ticks) {
      const auto [t, a, what] = *due_.begin();
      due_.erase(due_.begin());
      for (; row < t; ++row) tell();
      handle(t, a, what);
      note_peak(t);
    }
    const double last = due_.empty() ? std::ceil(changed_) : plan_.most_ticks;
    for (; row <= last; ++row) tell();
    return record(last);
  }

 private:
  static constexpr std::uint64_t end_rank = 1ULL << 40, seed_rank = 1ULL << 41;

  std::vector<AccountId> followers(AccountId a) const {
    const auto list = network_.followers_of(a);
    return {list.begin(), list.end()};
  }
  bool can_return() const {
    return (plan_.recovers && !plan_.immune) || plan_.immunity.chance > 0 || plan_.immunity.ticks > 0;
  }
  bool something_comes(double t) const {
    for (const Seed& seed : seeds_)
      if (std::ceil(seed.at) >= t) return true;
    for (AccountId a = 0; a < accounts_.size(); ++a) {
      if (accounts_[a].ends < never) return true;
      if (accounts_[a].state == I && plan_.infection > 0 && !accounts_[a].done && !followers(a).empty()) return true;
    }
    return false;
  }

  double draw_stay(AccountId a, std::uint32_t which) const {
    const Stay& s = which == 0 ? plan_.incubation : which == 1 ? plan_.infectious : plan_.immunity;
    if (which == 1 && !plan_.recovers) return never;
    if (s.ticks > 0) return s.ticks;
    if (s.chance <= 0) return never;
    const Words w = stay_(a, static_cast<std::uint32_t>(accounts_[a].infections - 1), which);
    const double x = exponential(w[0], w[1]);
    return plan_.continuous ? x / s.chance : 1 + std::floor(x / minus_log_of_rest(s.chance));
  }

  void infect(AccountId a, long generation, double t, State to) {
    Account& account = accounts_[a];
    ++account.infections, ++fresh_;
    account.generation = generation;
    depth_ = std::max(depth_, generation);
    enter(a, to, t);
  }

  void enter(AccountId a, State to, double t) {
    Account& account = accounts_[a];
    changed_ = t;
    account.state = to;
    account.ends = to == S ? never : t + draw_stay(a, to == E ? 0 : to == I ? 1 : 2);
    if (to == I) {
      new_.insert(a);
      account.contacts = account.in_vain = 0, account.done = false;
      if (!plan_.continuous) skip(a);
    }
    if (plan_.continuous && to == I) next(a, t);
    if (plan_.continuous && account.ends < never) due_.insert({account.ends, a, end_rank});
  }

  void leave(AccountId a, double t) {
    const State state = accounts_[a].state;
    enter(a, state == E ? I : state == I && plan_.immune ? R : S, t);
  }

  // Whoever is met is infected if S; whether the account then goes on.
  void meet(AccountId a, AccountId whom, double t) {
    ++contacts_, ++accounts_[a].in_vain;
    if (accounts_[whom].state == S) {
      accounts_[a].in_vain = 0, ++infections_;
      infect(whom, accounts_[a].generation + 1, t, plan_.exposes ? E : I);
    }
    if (can_return() || accounts_[a].in_vain < network_.follower_count(a)) return;
    accounts_[a].in_vain = 0, accounts_[a].done = true;
    for (const AccountId f : followers(a)) accounts_[a].done = accounts_[a].done && accounts_[f].state != S;
  }

  void skip(AccountId a) {
    const Words w = contact_(a, static_cast<std::uint32_t>(accounts_[a].infections - 1), accounts_[a].contacts++);
    const double cells =
        plan_.infection > 0 ? std::floor(exponential(w[2], w[3]) / minus_log_of_rest(plan_.infection)) : never;
    accounts_[a].to_pass = static_cast<std::uint64_t>(std::min(cells, 1e18));
  }
  void try_all(AccountId a, double t) {
    for (const AccountId f : followers(a)) {
      if (accounts_[a].done) return;
      if (accounts_[a].to_pass-- > 0) continue;
      meet(a, f, t);
      skip(a);
    }
  }

  void next(AccountId a, double t) {
    const Account& account = accounts_[a];
    const auto list = followers(a);
    if (list.empty() || plan_.infection <= 0 || account.done) return;
    const auto k = accounts_[a].contacts++;
    const Words w = contact_(a, static_cast<std::uint32_t>(account.infections - 1), k);
    const double when = t + exponential(w[2], w[3]) / plan_.infection / static_cast<double>(list.size());
    if (when < account.ends) due_.insert({when, a, list[pick(list.size(), w[0], w[1])]});
  }
  void handle(double t, AccountId a, std::uint64_t what) {
    if (what == seed_rank) {
      if (accounts_[a].state == S) infect(a, 0, t, I);
    } else if (what == end_rank) {
      leave(a, t);
    } else {
      meet(a, static_cast<AccountId>(what), t);
      next(a, t);
    }
  }

  double in(State state) const {
    return static_cast<double>(std::ranges::count(accounts_, state, [](const Account& a) { return a.state; }));
  }
  void note_peak(double t) {
    if (in(I) > peak_) peak_ = in(I), peak_time_ = t;
  }
  void tell() {
    rows_.push_back(in(S));
    if (plan_.exposes) rows_.push_back(in(E));
    rows_.push_back(in(I));
    if (plan_.immune) rows_.push_back(in(R));
    rows_.push_back(std::exchange(fresh_, 0));
  }
  // A run in steps is told up to its last change, unless it was stopped.
  ProcessRecord record(double last) {
    const auto width = 3U + plan_.exposes + plan_.immune;
    if (!plan_.continuous && last < plan_.most_ticks) rows_.resize(width * static_cast<std::size_t>(changed_ + 1));
    ProcessRecord r;
    const auto size = std::ranges::count_if(accounts_, [](const Account& a) { return a.infections > 0; });
    r.finals = {static_cast<double>(size), static_cast<double>(depth_), peak_, peak_time_ * plan_.days_a_tick,
                changed_ * plan_.days_a_tick};
    r.series = rows_;
    r.deliveries = contacts_, r.impressions = r.shares = infections_;
    return r;
  }

  const EpidemicPlan& plan_;
  const Network& network_;
  std::vector<Account> accounts_;
  Stream contact_, stay_;
  std::vector<Seed> seeds_;
  std::set<AccountId> new_;  // infected within the step
  std::set<std::tuple<double, AccountId, std::uint64_t>> due_;
  std::uint64_t contacts_ = 0, infections_ = 0;
  long depth_ = 0;
  double peak_ = 0, peak_time_ = 0, changed_ = 0, fresh_ = 0;
  std::vector<double> rows_;
};

}  // namespace

ProcessRecord play_plainly(const EpidemicPlan& plan, const Network& network, std::uint32_t replicate) {
  Plain plain(plan, network, replicate);
  return plan.continuous ? plain.continuous() : plain.steps();
}

}  // namespace passalong
