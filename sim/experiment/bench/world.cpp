// The tick and its phases, everyone posting once a day: deliver, react, tick, twitter-2009. Timed from publish to
// observe over a day, after a day of warm-up.
#include "sim/engine/world.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/experiment/bench/workload.hpp"
#include "sim/experiment/demand.hpp"
#include "sim/experiment/stage.hpp"
#include "sim/output/sha256.hpp"

namespace passalong {
namespace {

constexpr int ticks_a_day = 24;
constexpr double full_accounts = 10e6, twitter_accounts = 41.7e6;
constexpr double bytes_of_attention = 4;  // a reader's, on the delivery path
constexpr double bytes_of_class = 0.5;    // a follow's in a world: counted with the follows, not with the accounts

// Four accounts under study, each with a thousandth of the accounts as its first audience.
std::string brands_of(std::int64_t accounts) {
  std::string text;
  for (const char* name : {"first", "second", "third", "fourth"})
    text += fmt::format(
        "[[brand]]\nname = \"{}\"\nposts = \"2 per day\"\nfollowers = {}\nmix = {{ value = 0.9, pitch = 0.1 }}\n", name,
        std::max<std::int64_t>(20, accounts / 1000));
  return text;
}

// The workload that figures are quoted for: attention exponential with mean 0.05 a delivery, uncapped below 1, everyone
// posts once a day, and 0.4 shares an event, which takes news that all find worth passing on (at the model's defaults
// it is 0.02).
Scenario pinned_scenario(double accounts, const char* network) {
  const auto count = std::max<std::int64_t>(2000, static_cast<std::int64_t>(accounts));
  const std::string text = fmt::format(R"(
title = "Benchmark"
seed = 1
duration = "2 days"
replicates = 1
[network]
kind = "configuration"
accounts = {}
{}
[population]
posts = "1 per day"
activity = 1
activity_fame = 0
attention = {{ distribution = "exponential", mean = 0.05 }}
routine = 0
conversation = 0
news = 1
promotion = 0
seller_promotion = 0
news_value = 1
[model.attention]
form = "fixed"
[model.forwarding]
rate = 0.85
{})",
                                       count, network, brands_of(count));
  return parse_scenario(text, "benchmark.toml", model_choices());
}

Scenario usual_scenario(double scale) { return pinned_scenario(full_accounts * scale, "mean_followers = 35"); }
Scenario twitter_scenario(double scale) {
  return pinned_scenario(twitter_accounts * scale, "preset = \"twitter-2009\"");
}

// What a world has counted so far.
struct Totals {
  double deliveries = 0, impressions = 0, shares = 0;
};

constexpr std::string_view digested[] = {
    "world_deliveries", "world_impressions", "world_shares", "followers", "follows", "unfollows", "posts",
    "deliveries",       "impressions",       "shares",       "reach"};

class Watched {  // the quantities that the digest covers, so that further ones do not move it
 public:
  explicit Watched(const World& world) : world_(world) {
    std::size_t place = 0;
    for (const Quantity& q : world.quantities())
      for (std::size_t k = 0; k < (q.everyones ? 1 : world.studied()); ++k, ++place)
        if (std::find(std::begin(digested), std::end(digested), std::string_view(q.name)) != std::end(digested))
          places_.push_back({q.name, place});
  }
  void look() { world_.measure(row_); }
  double operator()(const std::string& name) const {
    for (const auto& [known, place] : places_)
      if (known == name) return row_[place];
    return 0;
  }
  Totals totals() const { return {(*this)("world_deliveries"), (*this)("world_impressions"), (*this)("world_shares")}; }
  void add_to(Sha256& sum) const {
    for (const auto& [name, place] : places_) sum.add(fmt::format("{} {:.17g}\n", name, row_[place]));
  }

 private:
  const World& world_;
  std::vector<std::pair<std::string, std::size_t>> places_;
  std::vector<double> row_;
};

struct Day {  // of a world, as timed
  PhaseSeconds seconds;
  Totals done;
  std::string digest;
  std::uint64_t bytes = 0;
};

Day run_day(World& world) {
  Watched watched(world);
  Sha256 sum;
  Day day;
  for (int t = 0; t < ticks_a_day; ++t) world.step(), world.take_closed();
  watched.look();
  const Totals before = watched.totals();
  world.time(&day.seconds);
  for (int t = 0; t < ticks_a_day; ++t) {
    world.step();
    world.take_closed();
    watched.look();
    watched.add_to(sum);
  }
  const Totals after = watched.totals();
  day.done = {after.deliveries - before.deliveries, after.impressions - before.impressions,
              after.shares - before.shares};
  day.digest = sum.hex(), day.bytes = world.bytes();
  return day;
}

class Living : public Course {
 public:
  Living(Scenario scenario, Team& team) : scenario_(std::move(scenario)) {
    Stages stages(scenario_, 1);
    stages.prepare_network(team.workers());
    stage_ = stages.take(0, team);
    const Network& network = stage_.ground->network;
    accounts = network.accounts(), follows = network.follows();
    bytes_per_edge = bytes_a_follow(network) + bytes_of_class;
  }

 protected:
  Day live(Team& team) {
    Setting setting{&scenario_, stage_.ground.get(), stage_.population.get(), 0, {}};
    for (const StrategySection& brand : scenario_.brands) setting.studied.push_back(&brand);
    const auto world = find_model("conversation").make(setting, team);
    const Day day = run_day(*world);
    const double state = static_cast<double>(day.bytes + stage_.population->bytes());
    bytes_per_account = state / static_cast<double>(accounts) -
                        bytes_of_class * static_cast<double>(follows) / static_cast<double>(accounts);
    return day;
  }

  // Lines the two halves of the tick must touch, whatever the program does.
  double lines_to_deliver(const Totals& done) const {
    const double all = static_cast<double>(accounts), q = done.impressions / done.deliveries;
    const double events = all + done.shares;
    double none = 1;  // of the 16 followers in a line looks
    for (int k = 0; k < 16; ++k) none *= 1 - q;
    const double list_lines = done.deliveries / 16 * (1 - none);
    return events * 2 + list_lines + done.impressions * miss_rate(bytes_of_attention * all, caches_.last);
  }
  static double lines_to_react(const Totals& done) { return done.impressions * 2; }

  Lap lap_of(double items, double seconds, double lines, const Day& day) const {
    return {items,
            seconds,
            lines,
            day.digest,
            {{"deliveries", day.done.deliveries},
             {"impressions", day.done.impressions},
             {"shares", day.done.shares},
             {"impressions_per_second", day.done.impressions / seconds},
             {"ns_per_impression", 1e9 * seconds / day.done.impressions}}};
  }
  Lap whole_tick(const Day& day) const {
    const PhaseSeconds& s = day.seconds;
    return lap_of(day.done.deliveries, s.publish + s.deliver + s.react + s.settle,
                  lines_to_deliver(day.done) + lines_to_react(day.done), day);
  }

 private:
  Scenario scenario_;
  Stage stage_;
  Caches caches_ = read_caches();
};

class Ticking : public Living {
 public:
  using Living::Living;
  std::vector<Lap> round(Team& team) override {
    const Day day = live(team);
    return {lap_of(day.done.deliveries, day.seconds.deliver, lines_to_deliver(day.done), day),
            lap_of(day.done.impressions, day.seconds.react, lines_to_react(day.done), day), whole_tick(day)};
  }
};

class Twitter : public Living {
 public:
  using Living::Living;
  std::vector<Lap> round(Team& team) override { return {whole_tick(live(team))}; }
};

constexpr const char* delivered_lines =
    "events x 2 + list lines that hold one who looks + sights x misses of the attention column";

}  // namespace

Family tick_family() {
  return {.workloads = {{"deliver", 1, "deliveries", Bound::random_lines,
                         "who of each post's followers looks at it: the second phase of the tick", delivered_lines},
                        {"react", 1, "impressions", Bound::random_lines,
                         "what readers do about what they see: the third phase of the tick", "sights x 2"},
                        {"tick", 1, "deliveries", Bound::random_lines,
                         "whole ticks, publish to observe: everyone posts once a day, 5 % of deliveries are seen; 10 "
                         "million accounts at scale 1",
                         "those of deliver and react"}},
          .usual_scale = 0.1,
          .bytes = [](double scale) { return estimate_demand(usual_scenario(scale)).bytes(1); },
          .make = [](double scale, Team& team) -> std::unique_ptr<Course> {
            return std::make_unique<Ticking>(usual_scenario(scale), team);
          }};
}

Family twitter_family() {
  return {
      .workloads = {{"twitter-2009", 1, "deliveries", Bound::random_lines,
                     "a day of the whole of Twitter in 2009, or of a part of it: scale 1 is 41.7 million accounts with "
                     "1,468 million follows",
                     "those of tick"}},
      .usual_scale = 0.025,
      .bytes = [](double scale) { return estimate_demand(twitter_scenario(scale)).bytes(1); },
      .make = [](double scale, Team& team) -> std::unique_ptr<Course> {
        return std::make_unique<Twitter>(twitter_scenario(scale), team);
      }};
}

}  // namespace passalong
