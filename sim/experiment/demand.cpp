// Every figure that was measured rather than derived stands in `measured`, with what it means.
#include "sim/experiment/demand.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/experiment/cascades.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/processes.hpp"
#include "sim/network/network.hpp"
#include "sim/network/statistics/sketch.hpp"
#include "sim/population/population.hpp"
#include "sim/scenario/feed_form.hpp"

namespace passalong {
namespace {

namespace measured {
// Bytes.
constexpr double program = 24 << 20;           // code, libraries, tables of distributions
constexpr double line_of_text = 12;            // of an edge list; a quarter of it compressed
constexpr double an_account_looked_into = 20;  // beside 4 a follow, with the work of for_runs
constexpr double an_account_in_a_world = 4;
constexpr double a_reader_while_drawn = 16;  // load and affinity side by side
constexpr double a_relation = 190;           // a reader's row about a studied account, with index and spare room
// Of ordinary posts.
constexpr double a_planned_post = 5;        // of the day
constexpr double a_live_post = 16;          // its shares, to come and remembered, where they are many
constexpr double a_delivery_in_a_tick = 4;  // impressions
constexpr double a_logged_post = 24;        // its shares in the log for base rates, where they are many
constexpr double a_desk = 3e5, a_chunk = 2100, accounts_of_a_partition = 16'384;
// Where follows change, most are in rows that have: ids with spare room; an account's row, numbers and load.
constexpr double a_changing_follow = 4.5;
constexpr double an_account_that_changes = 56;
// Of feeds.
constexpr double an_account_with_a_feed = 8 + 4 + 4;  // its newest copy, last check, chance of none
constexpr double a_post_on_feeds = 24, a_copy_on_feeds = 20, room_of_a_queue = 2;
constexpr double a_value_in_result = 8 * 4;  // record, result, file image and its copy
constexpr double quantities = 25;            // series of a world
constexpr double a_post_in_result = 400;
constexpr double a_node_in_result = 75, a_label_in_result = 70;  // of a tree of /cascades
constexpr double shares_a_delivery = 0.0085;                     // of posts that give; of pitches a tenth
constexpr double largest_to_mean = 8;                            // cascade, of some hundred posts
// Spread.
// Accounts that ever see a post, per follower at the start: themselves, and others with each post until all are met.
constexpr double reach_of_followers = 30, posts_to_reach = 180;
constexpr double growth = 1.1;             // followers over the run, against the start
constexpr double share_deliveries = 0.25;  // per delivery to own followers
constexpr double background_spread = 2.2;  // the famous post more, and posts are shared: against posts x mean followers
constexpr double follows_an_account = 8;   // of a network file, whose accounts are not known before it is read
// Seconds on one thread.
constexpr double an_account_made = 7e-7;  // network, its topics and its figures
constexpr double a_follow_made = 2e-7;
constexpr double a_follow_joined = 7e-8;  // by the configuration model, with what its audience's topics take
constexpr double a_follow_loaded = 4e-9;  // from a network file
constexpr double an_account_peopled = 2.5e-7;
constexpr double a_follow_peopled = 8e-9;
constexpr double a_delivery = 2e-7;  // of a studied account's post, with what readers do about it
constexpr double a_background_delivery = 9e-9;
constexpr double a_post_shown = 4.5e-7;  // by a feed, with what its reader does about it
constexpr double a_reader_a_tick = 3e-9, a_post_put_up = 1e-7, a_follow_reversed = 3e-8;
constexpr double a_follower_a_day = 1.5e-7;
constexpr double an_account_a_world = 1e-8;
constexpr double an_account_a_changing_day = 4e-8;
constexpr double a_change = 1e-6;  // of a follow
constexpr double a_tick = 3e-6;
}  // namespace measured

// Sums of a few stay within 64 bits, whatever a scenario asks for.
std::uint64_t whole(double x) { return static_cast<std::uint64_t>(std::clamp(x, 0.0, 1e18)); }

void size_network(const Scenario& s, Demand& d) {
  const NetworkSection& n = s.network;
  d.accounts = static_cast<std::uint64_t>(n.accounts);
  if (n.file.empty()) {
    d.follows = whole(static_cast<double>(n.accounts) * expected_mean_followers(n));
    return;
  }
  if (const auto head = network_head(s)) {
    d.accounts = head->accounts, d.follows = head->follows;
    return;
  }
  std::error_code absent;
  const auto size = std::filesystem::file_size(resolve_path(s, n.file), absent);
  const double bytes_a_line = measured::line_of_text / (n.file.ends_with(".gz") ? 4 : 1);
  const double lines = absent ? 0 : static_cast<double>(size) / bytes_a_line;
  d.follows = whole(lines * (n.direction == "undirected" ? 2 : 1));
  d.accounts = whole(lines / measured::follows_an_account);
}

const FeedForm* feed_of(const Scenario& s) {
  return s.parameters && s.population.posts > 0 ? s.parameters->feed() : nullptr;
}

struct Activity {  // of all arms and brands of one replicate; pairs: readers that come to know a studied account
  double pairs = 0, follower_days = 0, posts = 0, deliveries = 0, background_deliveries = 0;
  double shown = 0;  // by feeds
};

Activity expect_activity(const Scenario& s, const Demand& d) {
  const double days = (s.duration + s.warm_up) / 24;
  Activity a;
  for (const StrategySection& strategy : s.policies()) {
    const double accounts = static_cast<double>(d.accounts);
    const double followers = std::min(static_cast<double>(strategy.followers), accounts);
    const double posts = mean_posts_a_day(s, strategy) * days;
    const double met = std::min(1.0, posts / measured::posts_to_reach);
    a.pairs += std::min(accounts, (1 + (measured::reach_of_followers - 1) * met) * followers);
    a.follower_days += followers * measured::growth * days;
    a.posts += posts;
    a.deliveries += posts * followers * measured::growth * (1 + measured::share_deliveries);
  }
  const double planned = s.population.posts * s.population.mean_activity_factor();  // a day, of an account
  a.background_deliveries =
      static_cast<double>(d.arms) * planned * days * static_cast<double>(d.follows) * measured::background_spread;
  if (feed_of(s) != nullptr) {  // nobody sees more than there is, or than it reads
    const double read = s.population.attention.mean() * s.population.mean_attention_factor();
    const double there = planned * measured::background_spread * static_cast<double>(d.follows) /
                         std::max(1.0, static_cast<double>(d.accounts));
    a.shown = static_cast<double>(d.arms) * days * static_cast<double>(d.accounts) * std::min(read, there);
  }
  return a;
}

// With those who join.
double everyone(const Scenario& s, const Demand& d) {
  return static_cast<double>(d.accounts) + static_cast<double>(s.dynamics.newcomers);
}

// Follows among ordinary accounts that begin or end in a world.
double expect_changes(const Scenario& s, const Demand& d) {
  const DynamicsSection& n = s.dynamics;
  const double days = (s.duration + s.warm_up) / 24;
  const double begun =
      (everyone(s, d) * n.follow * days + static_cast<double>(n.newcomers) * static_cast<double>(n.newcomer_follows)) *
      (1 + n.follow_back);
  const double standing = static_cast<double>(d.follows) + begun;
  return begun + std::min(standing, standing * n.unfollow * days);
}

double changing_bytes(const Scenario& s, const Demand& d) {
  if (!s.dynamics.on()) return 0;
  const double changes = expect_changes(s, d);
  return everyone(s, d) * measured::an_account_that_changes +
         (static_cast<double>(d.follows) + changes) * measured::a_changing_follow;
}

double changing_seconds(const Scenario& s, const Demand& d) {
  if (!s.dynamics.on()) return 0;
  const double days = (s.duration + s.warm_up) / 24;
  return everyone(s, d) * days * measured::an_account_a_changing_day + expect_changes(s, d) * measured::a_change;
}

// A world's board, by the account, the post that lives and the copy that can be reached; and checks.
double feed_bytes(const Scenario& s, const FeedForm& feed, double accounts) {
  const double all = s.duration + s.warm_up, posts = accounts * s.population.posts;
  return accounts * measured::an_account_with_a_feed +
         measured::room_of_a_queue * posts *
             (std::min(all, s.content.lifetime) / 24 * measured::a_post_on_feeds * feed.fresh +
              std::min(all, feed.window) / 24 * measured::a_copy_on_feeds);
}

// A world's own state and buffers.
double world_bytes(const Scenario& s, const Activity& a, const Demand& d) {
  const double accounts = everyone(s, d), related = measured::a_relation * a.pairs / static_cast<double>(d.arms);
  const double bytes = measured::an_account_in_a_world * accounts + related + changing_bytes(s, d);
  if (s.population.posts <= 0) return bytes;
  const double posts = accounts * s.population.posts, days = std::min(s.content.lifetime, s.duration + s.warm_up) / 24;
  const double logged = s.output.base_rates ? measured::a_logged_post * days : 0;
  if (const FeedForm* feed = feed_of(s)) {
    const double live = posts * (measured::a_planned_post + measured::a_live_post * days + logged);
    const double changing = s.dynamics.on() ? changing_bytes(s, d) : 0;  // from the reader's side as well
    return bytes - measured::an_account_in_a_world * accounts + changing + live + feed_bytes(s, *feed, accounts);
  }
  const bool raised = s.population.rhythm.on() && s.population.rhythm.level == "mean";  // see beside its highest
  const double classes = (static_cast<double>(d.follows) + accounts) / 2 + accounts +
                         (raised ? measured::an_account_in_a_world * accounts : 0);
  return bytes + classes + posts * (measured::a_planned_post + measured::a_live_post * days + logged) +
         static_cast<double>(d.follows) * s.population.posts * s.tick / 24 * measured::a_delivery_in_a_tick;
}

// Of simulated posts: chunks of the wheel's slots and of the partitions' bins that are only begun.
double worker_bytes(const Scenario& s, const Demand& d) {
  if (s.population.posts <= 0) return 0;
  const double partitions = std::clamp(everyone(s, d) / measured::accounts_of_a_partition, 8.0, 4096.0);
  return measured::a_desk + measured::a_chunk * (s.content.lifetime / s.tick + 2 * partitions);
}

// Nodes of /cascades in all worlds; with "viral" as if all went viral.
double expect_nodes(const Scenario& s, const Activity& a, const Demand& d) {
  const double shares = measured::shares_a_delivery * a.deliveries;
  if (s.output.cascades == "none" || s.is_cascade) return 0;
  if (s.output.cascades != "largest") return static_cast<double>(s.replicates) * (a.posts + shares);
  const double largest = 1 + measured::largest_to_mean * shares / std::max(1.0, a.posts);
  return static_cast<double>(d.worlds) * static_cast<double>(s.brand_count()) * std::min(everyone(s, d), largest);
}

void size_memory(const Scenario& s, const Activity& a, Demand& d) {
  const double accounts = everyone(s, d), follows = static_cast<double>(d.follows),
               topics = static_cast<double>(s.population.topics), worlds = static_cast<double>(d.worlds);
  d.making = forecast_network_bytes(s);
  const double reverse = feed_of(s) != nullptr ? 4 * follows + 8 * accounts : 0;
  d.ground = whole(accounts * (8 + 4 + 2 * topics) + 4 * follows + reverse);
  if (const auto head = network_head(s)) {  // as it lies in the file, texts apart, and interests while they are mixed
    d.ground =
        whole(static_cast<double>(head->bytes) + accounts * ((head->has_labels ? 40 : 0) + 2 * topics) + reverse);
    d.making = whole(static_cast<double>(d.ground) + accounts * (6 * topics + 1));
  }
  d.people = forecast_population_bytes(s, whole(accounts));
  d.peopling = whole(accounts * measured::a_reader_while_drawn);
  d.world = whole(world_bytes(s, a, d)), d.worker = whole(worker_bytes(s, d));
  d.measuring = d.follows > most_follows_linked ? 0 : whole(4 * follows + measured::an_account_looked_into * accounts);
  const double rows = s.duration / s.output.every + 1;
  const bool labelled = !s.network.file.empty();
  const double a_node = measured::a_node_in_result + (labelled ? measured::a_label_in_result : 0);
  d.records =
      whole(worlds * rows * measured::quantities * static_cast<double>(s.brand_count()) * measured::a_value_in_result +
            (s.output.posts ? static_cast<double>(s.replicates) * a.posts * measured::a_post_in_result : 0) +
            expect_nodes(s, a, d) * a_node);
}

// Beside what is shown: who checks, what is put up, and the lists of readers.
double feed_seconds(const Scenario& s, double accounts, double follows) {
  if (feed_of(s) == nullptr) return 0;
  const double posts = accounts * s.population.posts * (s.duration + s.warm_up) / 24;
  return accounts * s.last_tick() * measured::a_reader_a_tick + posts * measured::a_post_put_up +
         follows * measured::a_follow_reversed;
}

void size_time(const Scenario& s, const Activity& a, Demand& d) {
  const double accounts = static_cast<double>(d.accounts), follows = static_cast<double>(d.follows),
               worlds = static_cast<double>(d.worlds), replicates = static_cast<double>(s.replicates);
  const double a_follow = uses_network_file(s)                ? measured::a_follow_loaded
                          : s.network.kind == "configuration" ? measured::a_follow_joined
                                                              : measured::a_follow_made;
  const double network = accounts * measured::an_account_made + follows * a_follow;
  const double people = accounts * measured::an_account_peopled + follows * measured::a_follow_peopled;
  d.seconds_once = (d.own_network ? 0 : network) + (s.redraw == "behaviour" ? people : 0);
  d.seconds_a_replicate = (d.own_network ? network : 0) + (s.redraw == "behaviour" ? 0 : people);
  d.seconds_of_worlds =
      replicates * (a.deliveries * measured::a_delivery + a.follower_days * measured::a_follower_a_day +
                    (feed_of(s) != nullptr ? 0 : a.background_deliveries * measured::a_background_delivery) +
                    a.shown * measured::a_post_shown) +
      worlds * (feed_seconds(s, accounts, follows) + accounts * measured::an_account_a_world +
                s.last_tick() * measured::a_tick + changing_seconds(s, d));
}

}  // namespace

Demand estimate_demand(const Scenario& s, std::optional<NetworkSize> file) {
  Demand d;
  d.arms = s.arms();
  d.worlds = d.arms * static_cast<std::uint64_t>(s.replicates);
  d.own_network = s.redraw == "network";
  size_network(s, d);
  if (file) d.accounts = file->accounts, d.follows = file->follows;
  const Activity a = expect_activity(s, d);
  d.deliveries = whole(static_cast<double>(s.replicates) * (a.deliveries + a.background_deliveries));
  size_memory(s, a, d);
  size_time(s, a, d);
  if (!s.is_cascade) return d;
  const ModelEntry& model = find_model(s.model);
  if (model.process != nullptr) return size_processes(s, model, d), d;
  // One state for all replicates, and nobody about.
  d.worlds = d.own_network ? static_cast<std::uint64_t>(s.replicates) : 1;
  size_cascades(s, model, d);
  return d;
}

// Worlds side by side belong to neighbouring replicates.
std::uint64_t Demand::bytes(unsigned groups, unsigned threads) const {
  const auto replicates = static_cast<double>(std::min(worlds / arms, (groups + arms - 2) / arms + 1));
  const double networks = (own_network ? replicates : 1) * static_cast<double>(ground);
  // One world after the other is begun; the next one's people may be drawn before it.
  const double living = replicates * static_cast<double>(people) + (groups - 1.0) * static_cast<double>(world) +
                        static_cast<double>(std::max(world, peopling)) +
                        std::max(groups, threads) * static_cast<double>(worker);
  // Where worlds are not side by side, the network is measured before the first.
  const double standing = networks + (groups > 1 ? living + static_cast<double>(measuring)
                                                 : std::max(living, static_cast<double>(measuring)));
  const double while_making = static_cast<double>(making) + (own_network ? standing - static_cast<double>(ground) : 0);
  return whole(measured::program + std::max(standing, while_making) + static_cast<double>(records));
}

unsigned Demand::groups_within(std::uint64_t bytes_to_use, unsigned threads) const {
  unsigned groups = static_cast<unsigned>(std::min<std::uint64_t>(worlds, threads));
  while (groups > 1 && bytes(groups, threads) > bytes_to_use) --groups;
  return std::max(1U, groups);
}

Forecast forecast(const Scenario& scenario, unsigned threads, std::optional<NetworkSize> file) {
  const Demand d = estimate_demand(scenario, file), asked = estimate_demand(scenario);
  const unsigned workers = threads == 0 ? hardware_threads() : threads;
  const unsigned groups = asked.groups_within(available_memory(), workers);
  const double replicates = static_cast<double>(d.worlds / d.arms);
  const double seconds = (d.seconds_once + d.seconds_a_replicate * replicates + d.seconds_of_worlds) / workers;
  return {d.accounts, d.follows, asked.bytes(groups, workers), d.deliveries, seconds};
}

}  // namespace passalong
