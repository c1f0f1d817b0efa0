// A self-exciting cascade (Hawkes 1971; SEISMIC, Zhao et al. 2015): each event, a post or a reshare, brings reshares at
// rate infectiousness x followers of who made it x memory kernel of its age. Nobody is used up: an account may reshare
// again. Without saturation events do not wait for each other, so they need no order of time: each makes its children.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/mechanisms/delay.hpp"
#include "models/models.hpp"
#include "sim/base/math.hpp"
#include "sim/base/uniform_below.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/seed_parameters.hpp"
#include "sim/network/statistics/spectrum.hpp"

namespace passalong {
namespace {
constexpr const char* zhao = "Zhao et al. 2015";
constexpr double no_end = 1e300;  // hours

struct Hawkes : ModelParameters {
  double infectiousness = 0.01, decay = 0;
  Delay delay;
  std::string sharers = "followers";
  std::int64_t most = 0;
  SeedParameters seeds;

  void declare(Fields& f) override {
    f.number("infectiousness", infectiousness,
             {.unit = "per follower",
              .low = 0,
              .high = 1e6,
              .help = "reshares that an event brings in the end, for each follower of who made it",
              .source = zhao});
    f.duration("decay", decay,
               {.low = 0,
                .high = 1e6,
                .help = "infectiousness falls to 1 / e in so long after the post; 0: it does not",
                .source = "assumption"});
    f.choice("sharers", sharers, {"followers", "anyone"},
             {.help = "who makes a reshare: a follower of who made what is reshared, drawn evenly; or anyone of the "
                      "network (mean field)",
              .source = zhao});
    f.number("exponent", delay.exponent,
             {.low = 0.01,
              .high = 10,
              .help = "theta: tail exponent of the delay",
              .source = "Zhao et al. 2015, package code"});
    f.duration("plateau", delay.plateau,
               {.low = 1.0 / 3600, .high = 24, .help = "s_0: until here every moment is as likely", .source = zhao});
    f.integer("most", most,
              {.unit = "events",
               .low = 0,
               .high = 2e8,
               .help = "a cascade of so many is cut; 0: none is",
               .source = "assumption"});
    seeds.declare(f, "who posts, and when: labels such as [\"12\"], { random = 10 }, { top = 10, at = \"2 h\" }", zhao);
  }
  void check(const Scenario& scenario, Fields& f) override { seeds.check(scenario, f); }
};

// Events of a cascade that grows and has no `most`: 0.5 GiB of them.
constexpr std::uint32_t most_without_limit = 1U << 23;

struct Event {
  double time, posted;  // hours; of the event, and of the post it goes back to
  AccountId account;
  std::uint32_t generation;
};

// What all replicates share.
struct HawkesSetting {
  const Hawkes& model;
  const Network& network;
  Seeds seeds;
  std::uint64_t seed;
  double tick, end;  // hours
  double last_tick;
  bool has_series() const { return end < no_end; }
};

class HawkesPlayer final : public Player {
 public:
  explicit HawkesPlayer(const HawkesSetting& setting) : s_(setting), m_(setting.model) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate, record);
    for (std::uint32_t number = 0; !events_.empty() && !is_full(); ++number) {
      if (number % 4096 == 4095 && !go_on()) return false;
      const Event event = next();
      tell(event, record);
      bear(event, number, record);
    }
    finish(record);
    return true;
  }

 private:
  static constexpr std::uint32_t too_many = most_without_limit;

  bool is_full() const { return m_.most > 0 && told_ >= m_.most; }

  void begin(std::uint32_t replicate, ProcessRecord& record) {
    draws_ = Stream(s_.seed, replicate, Purpose::hawkes_child);
    events_.clear(), head_ = 0, told_ = 0, depth_ = 0, last_ = 0;
    s_.seeds.of(replicate, drawn_);
    for (const Seed& seed : drawn_)
      if (const double at = seed.at * s_.tick; seed.at <= s_.last_tick) events_.push_back({at, at, seed.account, 0});
    record.series.clear();
  }

  // First in, first out; what is done with is dropped now and then.
  Event next() {
    const Event event = events_[head_++];
    if (2 * head_ < events_.size()) return event;
    events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
    return event;
  }

  void tell(const Event& event, ProcessRecord& record) {
    ++told_;
    depth_ = std::max(depth_, event.generation), last_ = std::max(last_, event.time);
    if (!s_.has_series()) return;
    const auto row = static_cast<std::size_t>(std::ceil(event.time / s_.tick));
    if (record.series.size() < 2 * row + 2) record.series.resize(2 * row + 2);
    ++record.series[2 * row + 1];
  }

  // As many children as a Poisson process of rate 1 has points in [0, infectiousness x followers).
  void bear(const Event& event, std::uint32_t number, ProcessRecord& record) {
    const auto followers = s_.network.followers_of(event.account);
    double left = m_.infectiousness * static_cast<double>(followers.size());
    for (std::uint32_t child = 0;; ++child) {
      const Words words = draws_(number, child);
      if ((left += passalong::log(uniform(words[0]))) < 0) return;
      ++record.deliveries;
      const double time = event.time + m_.delay.hours(uniform(words[1]), 0.5, no_end);
      if (time > s_.end || !comes(time - event.posted, number, child)) continue;
      const AccountId who = m_.sharers == "anyone"
                                ? static_cast<AccountId>(uniform_below(s_.network.accounts(), words[2], words[3]))
                                : followers[uniform_below(followers.size(), words[2], words[3])];
      add({time, event.posted, who, event.generation + 1});
    }
  }

  // In spite of the decay.
  bool comes(double age, std::uint32_t number, std::uint32_t child) const {
    return m_.decay <= 0 || uniform(draws_(number, child, 0, 1)[0]) < passalong::exp(-age / m_.decay);
  }

  void add(const Event& event) {
    if (told_ + static_cast<std::int64_t>(events_.size() - head_) >= too_many)
      throw Failure(Exit::run, fmt::format("a cascade has come to {} events", too_many),
                    "end it by `most` in [model], or by a shorter `duration`");
    events_.push_back(event);
  }

  void finish(ProcessRecord& record) const {
    const bool cut = is_full() && head_ < events_.size();
    record.finals = {static_cast<double>(told_), static_cast<double>(depth_), last_ / 24, cut ? 1.0 : 0.0};
    double sum = 0;
    for (std::size_t i = 0; i < record.series.size(); i += 2) record.series[i] = sum += record.series[i + 1];
    record.impressions = static_cast<std::uint64_t>(told_);
    record.shares =
        static_cast<std::uint64_t>(told_) - std::min<std::uint64_t>(static_cast<std::uint64_t>(told_), drawn_.size());
  }

  const HawkesSetting& s_;
  const Hawkes& m_;
  Stream draws_;
  std::vector<Seed> drawn_;
  std::vector<Event> events_;
  std::size_t head_ = 0;
  std::int64_t told_ = 0;
  std::uint32_t depth_ = 0;
  double last_ = 0;
};

class HawkesProcess final : public Process {
 public:
  explicit HawkesProcess(HawkesSetting setting) : setting_(std::move(setting)) {
    form_.finals = {{"size", "events", "posts and reshares"},
                    {"depth", "1", "reshares from the post to the last of a chain, at most"},
                    {"end_time", "d", "when the last event happened", false},
                    {"cut", "1", "1 where `most` events ended it"}};
    if (!setting_.has_series()) return;
    form_.series = {{"events_so_far", "events", "posts and reshares so far"},
                    {"events", "events", "posts and reshares within the tick", true, true}};
  }
  const ProcessForm& form() const override { return form_; }
  std::unique_ptr<Player> player(Team&) const override { return std::make_unique<HawkesPlayer>(setting_); }

 private:
  HawkesSetting setting_;
  ProcessForm form_;
};

// Events that an event brings, as generations go by.
double branching_number(const Hawkes& model, const Network& network, Team& team) {
  const double mean = network.accounts() > 0 ? static_cast<double>(network.follows()) / network.accounts() : 0;
  if (model.sharers == "anyone" || model.infectiousness <= 0) return model.infectiousness * mean;
  const std::uint64_t looks = 100 * network.follows();
  return model.infectiousness * spectral_radius(network, strong_components(network), 1e-3, looks, team).value;
}

void refuse_endless(const Scenario& scenario, const Hawkes& model, const Network& network, Team& team,
                    std::vector<Fault>& faults) {
  if (scenario.duration > 0 || model.most > 0 || model.decay > 0) return;
  const double branching = branching_number(model, network, team);
  if (branching < 1) return;
  faults.push_back(
      {.file = scenario.path,
       .message = fmt::format("an event brings {:.4g} events on average: the cascade need not end", branching),
       .help = "a lower `infectiousness`, or a `duration`, or at `most` so many events, such as most = 1_000_000"});
}

std::unique_ptr<Process> process(const ProcessSetting& setting, Team& team) {
  const Scenario& scenario = *setting.scenario;
  const auto& model = *std::static_pointer_cast<Hawkes>(scenario.parameters);
  std::vector<Fault> faults;
  const SeedRule rule = model.seeds.rule(scenario, setting.network, faults);
  refuse_endless(scenario, model, *setting.network, team, faults);
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
  const auto seed = static_cast<std::uint64_t>(scenario.seed);
  return std::make_unique<HawkesProcess>(
      HawkesSetting{model, *setting.network, Seeds(rule, *setting.network, seed), seed, scenario.tick,
                    scenario.duration > 0 ? scenario.duration : no_end,
                    scenario.duration > 0 ? scenario.duration / scenario.tick + 1e-9 : no_end});
}

ProcessDemand demand(const Scenario& scenario, double accounts, double follows) {
  const auto& model = *std::static_pointer_cast<Hawkes>(scenario.parameters);
  const double branching = model.infectiousness * follows / std::max(1.0, accounts);
  const double most = model.most > 0 ? static_cast<double>(model.most) : most_without_limit;
  constexpr double a_child = 100e-9, bytes_an_event = 3 * sizeof(Event);
  ProcessDemand demand;
  demand.deliveries = branching < 1 ? std::min(most, branching / (1 - branching)) : most;
  demand.bytes = bytes_an_event * demand.deliveries;
  demand.seconds = a_child * (1 + demand.deliveries);
  demand.ticks = 0;
  return demand;
}

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Hawkes>(); }

}  // namespace

const ModelEntry hawkes =
    process_entry({.name = "hawkes",
                   .summary = "each post and reshare excites further reshares, which fade as it ages",
                   .parameters = parameters},
                  process, demand);

}  // namespace passalong
