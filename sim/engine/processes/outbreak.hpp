// One epidemic after another, event by event. An infected account does not look at each follow in each step: it draws
// when it next makes contact and with whom, so work goes with contacts. Each account has at most one thing due: the
// next contact, or the end of its state.
#pragma once
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "sim/base/uniform_below.hpp"
#include "sim/engine/processes/chronicle.hpp"
#include "sim/engine/processes/epidemic.hpp"
#include "sim/engine/processes/moment_queue.hpp"
#include "sim/network/generators/spacings.hpp"

namespace passalong {

// Times are ticks. In steps, all contacts of a step come before the ends of states.
struct StepClock {
  static constexpr bool continuous = false;
  static std::uint64_t contact(double time) { return 2 * static_cast<std::uint64_t>(time); }
  static std::uint64_t end(double time) { return contact(time) + 1; }
  static double time(std::uint64_t moment) { return static_cast<double>(moment >> 1); }
  static double pace(double chance) { return hazard(chance); }
};
struct RealClock {
  static constexpr bool continuous = true;
  static std::uint64_t contact(double time) { return std::bit_cast<std::uint64_t>(time); }
  static std::uint64_t end(double time) { return contact(time); }
  static double time(std::uint64_t moment) { return std::bit_cast<double>(moment); }
  static double pace(double rate) { return rate; }
};

template <class Clock>
class Outbreak final : public Player {
 public:
  Outbreak(const EpidemicPlan& plan, const Network& network, const Seeds& seeds)
      : plan_(plan),
        network_(network),
        seeds_(seeds),
        pace_(Clock::pace(plan.infection)),
        returns_(plan.returns()),
        health_(network.accounts()),
        carriers_(network.accounts()),
        chronicle_(plan) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate);
    const auto fetch = [this](const Due& due) {
      __builtin_prefetch(&carriers_[due.account], 1);
      if (due.target < health_.size()) __builtin_prefetch(&health_[due.target]);
    };
    for (std::uint64_t events = 1; !queue_.empty(); ++events) {
      handle(queue_.pop(fetch));
      if (events % 4096 == 0 && !go_on()) return false;
    }
    chronicle_.end(cut_);
    tell(record);
    return true;
  }

 private:
  static constexpr AccountId its_end = 0xffff'fffe, a_seed = 0xffff'ffff;  // in place of a target
  static constexpr double never = std::numeric_limits<double>::infinity();
  static constexpr double too_far = 0x1p31;  // as good as never: no run has so many ticks

  struct alignas(64) Carrier {  // one line of cache
    double until;               // when its state ends
    std::uint64_t row;          // where its followers begin
    std::uint32_t followers, spell, generation, contacts, fruitless;
    std::uint32_t place;  // in steps: the first follower it may try next
  };

  void begin(std::uint32_t replicate) {
    for (const AccountId a : touched_) health_[a] = Health::untouched;
    touched_.clear(), queue_.clear();
    chronicle_.begin(network_.accounts());
    cut_ = false, depth_ = 0, contacts_ = infections_ = 0;
    contact_ = Stream(plan_.seed, replicate, Purpose::epidemic_contact);
    stay_ = Stream(plan_.seed, replicate, Purpose::epidemic_stay);
    seeds_.of(replicate, drawn_);
    for (const Seed& seed : drawn_) {
      const double at = Clock::continuous ? seed.at : std::ceil(seed.at);
      if (at <= plan_.most_ticks) queue_.push({Clock::end(at), seed.account, a_seed});
    }
  }

  void handle(const Due& due) {
    const double now = Clock::time(due.moment);
    chronicle_.come_to(now);
    if (due.target == a_seed) {
      if (is_open(due.account)) infect(due.account, 0, now, false);
    } else if (due.target == its_end) {
      end_state(due.account, now);
    } else {
      try_contact(due.account, due.target, now);
    }
  }

  bool is_open(AccountId a) const { return health_[a] <= Health::susceptible; }

  void try_contact(AccountId from, AccountId to, double now) {
    Carrier& carrier = carriers_[from];
    ++contacts_, ++carrier.fruitless;
    if (is_open(to)) {
      ++infections_;
      carrier.fruitless = 0;
      infect(to, carrier.generation + 1, now, plan_.exposes);
    }
    plan_contact(from, carrier, now);
  }

  void infect(AccountId a, std::uint32_t generation, double now, bool expose) {
    Carrier& carrier = carriers_[a];
    if (health_[a] == Health::untouched) {
      touched_.push_back(a);
      carrier.spell = 0;
      carrier.row = network_.offsets[a];
      carrier.followers = plan_.well_mixed ? network_.accounts() - 1 : network_.follower_count(a);
    } else {
      ++carrier.spell;
    }
    carrier.generation = generation;
    depth_ = std::max(depth_, generation);
    if (!expose) return sicken(a, carrier, now);
    change(a, Health::exposed);
    plan_end(a, now + stay(plan_.incubation, a, carrier.spell, 0));
  }

  void sicken(AccountId a, Carrier& carrier, double now) {
    change(a, Health::infected);
    carrier.until = plan_.recovers ? now + stay(plan_.infectious, a, carrier.spell, 1) : never;
    carrier.contacts = carrier.fruitless = 0, carrier.place = carrier.followers;
    plan_contact(a, carrier, now);
  }

  void end_state(AccountId a, double now) {
    const Health health = health_[a];
    if (health == Health::exposed) return sicken(a, carriers_[a], now);
    if (health == Health::recovered || !plan_.immune) return change(a, Health::susceptible);
    change(a, Health::recovered);
    plan_end(a, now + stay(plan_.immunity, a, carriers_[a].spell, 2));
  }

  void change(AccountId a, Health to) {
    chronicle_.move(health_[a], to);
    health_[a] = to;
  }

  double stay(const Stay& s, AccountId a, std::uint32_t spell, std::uint32_t state) const {
    if (s.ticks > 0) return s.ticks;
    if (s.chance <= 0) return never;
    const Words words = stay_(a, spell, state);
    const double drawn = spacing(words[0], words[1]) / Clock::pace(s.chance);
    return Clock::continuous ? drawn : 1 + std::floor(drawn);
  }

  void plan_end(AccountId a, double when) {
    if (when >= too_far) return;
    if (when > plan_.most_ticks)
      cut_ = true;
    else
      queue_.push({Clock::end(when), a, its_end});
  }

  void plan_contact(AccountId a, Carrier& carrier, double now) {
    if (carrier.followers == 0 || pace_ <= 0 || is_spent(carrier)) return plan_end(a, carrier.until);
    const Words words = contact_(a, carrier.spell, carrier.contacts++);
    const double drawn = spacing(words[2], words[3]) / pace_;
    double when = now + drawn / carrier.followers, cell = 0;
    if constexpr (!Clock::continuous) {
      cell = carrier.place + std::floor(drawn);
      when = now + std::floor(cell / carrier.followers);
    }
    if (Clock::continuous ? when >= carrier.until : when > carrier.until) return plan_end(a, carrier.until);
    if (when > plan_.most_ticks) cut_ = true;
    if (when > plan_.most_ticks || when >= too_far) return;
    std::uint64_t place = uniform_below(carrier.followers, words[0], words[1]);
    if constexpr (!Clock::continuous) {
      place = static_cast<std::uint64_t>(cell) % carrier.followers;
      carrier.place = static_cast<std::uint32_t>(place) + 1;
    }
    queue_.push({Clock::contact(when), a, follower(a, carrier, place)});
  }

  // Where nobody is infected twice, whoever has none left to infect need not go on. Looked into only after so many
  // contacts in a row without effect, that looking costs no more than they did.
  bool is_spent(Carrier& carrier) {
    if (returns_) return false;
    if (plan_.well_mixed) return chronicle_.none_open();
    if (carrier.fruitless < carrier.followers) return false;
    carrier.fruitless = 0;
    const AccountId* list = network_.followers.data() + carrier.row;
    return std::none_of(list, list + carrier.followers, [this](AccountId a) { return is_open(a); });
  }

  AccountId follower(AccountId a, const Carrier& carrier, std::uint64_t place) const {
    if (plan_.well_mixed) return static_cast<AccountId>(place + (place >= a));
    return network_.followers[carrier.row + place];
  }

  void tell(ProcessRecord& record) const {
    record.finals = {static_cast<double>(touched_.size()), static_cast<double>(depth_),
                     static_cast<double>(chronicle_.peak()), chronicle_.peak_time() * plan_.days_a_tick,
                     chronicle_.end_time() * plan_.days_a_tick};
    record.series = chronicle_.series();
    record.deliveries = contacts_, record.impressions = record.shares = infections_;
  }

  const EpidemicPlan& plan_;
  const Network& network_;
  const Seeds& seeds_;
  double pace_;
  bool returns_, cut_ = false;
  std::vector<Health> health_;
  std::vector<Carrier> carriers_;  // of those touched
  std::vector<AccountId> touched_;
  std::vector<Seed> drawn_;
  MomentQueue queue_;
  Chronicle chronicle_;
  Stream contact_, stay_;
  std::uint32_t depth_ = 0;
  std::uint64_t contacts_ = 0, infections_ = 0;
};

}  // namespace passalong
