// A scenario as plain, validated data: what a TOML file says, with every default filled in. Each section declares
// its own fields (sections.cpp), and that declaration is the only place where a key, its unit, range, default,
// help and source are written.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/types.hpp"
#include "sim/scenario/crowd_section.hpp"
#include "sim/scenario/dynamics_section.hpp"
#include "sim/scenario/fields.hpp"
#include "sim/scenario/network_section.hpp"
#include "sim/scenario/strategy_section.hpp"

namespace passalong {

struct PopulationSection {
  std::int64_t topics = 8;
  double concentration = 0.25;  // Dirichlet parameter of interests
  double homophily = 0.6;       // share of follows made within a topic of the follower's interests
  Distribution attention = Distribution::log_normal(25, 1);  // posts read a day
  Distribution activity = Distribution::log_normal(0.7, 1);  // posts made a day
  double activity_fame = 0.5;                                // correlation of activity and fame (Gaussian copula)
  std::int64_t product_topic = 1;                            // 1-based
  Distribution affinity_interested = Distribution::beta(2.5, 2);
  Distribution affinity_others = Distribution::beta(0.5, 9);
  double sellers = 0.1;
  Distribution expertise = Distribution::beta(1, 3);
  double celebrity_share = 1e-4;  // F_c is the follower count of the top such share
  double posts = 0;               // mean posts a day an account, simulated; 0: background is load only
  // What ordinary accounts post, used when posts > 0.
  double routine = 0.405, conversation = 0.375, news = 0.123, promotion = 0.097, seller_promotion = 0.7;
  Distribution news_value = Distribution::beta(2, 1.5);
  double conversation_value = 0.25;  // factor on news_value
  double conversation_routine = 0.1;
  std::vector<CohortSection> cohorts{};  // in order; who belongs to none is of the unnamed one after the last
  RhythmSection rhythm{};
  std::int64_t places = 0;  // where accounts live; 0: nowhere in particular
  double place_decay = 1;
  double seller_share(std::size_t cohort) const;  // of its accounts; beyond the last cohort: of the rest
  double mean_seller_share() const;               // over all cohorts and the rest
  double mean_activity_factor() const;            // likewise
  double mean_attention_factor() const;
  void declare(Fields& f);
};

struct AudienceSection {  // who follows the studied account at the start
  double affinity_weight = 3;
  double topic_weight = 1.5;
  double followee_cap = 200;
  double reciprocal = 0.1;
  double inflow = 0.02;      // exogenous new followers a month, as a share of the initial audience
  double inflow_near = 0.4;  // share of them that come through a follower's followers
  void declare(Fields& f);
};

struct ContentSection {      // what the studied account's posts are like
  std::int64_t topics = 5;   // breadth of the value posts
  double topic_decay = 0.8;  // weight of topic rank k is decay^k
  Distribution value_quality = Distribution::beta(2, 4);
  Distribution pitch_quality = Distribution::uniform(0, 0.2);
  Distribution problem_quality = Distribution::beta(2, 4);
  Distribution invitation_quality = Distribution::beta(2, 4);
  double lifetime = 168;  // hours a post can be shared
  void declare(Fields& f);
};

struct OutputSection {
  double every = 24;              // hours between rows
  std::int64_t viral_size = 100;  // a cascade this large 'went viral' (Goel et al. 2016)
  bool posts = true;              // write the /posts table
  std::string cascades = "none";  // of which posts /cascades holds the trees: "viral", "all", or of the "largest"
  bool base_rates = false;        // of ordinary posts: write the /base_rates table
  bool trust = false;             // write the /trust table
  void declare(Fields& f);
};

struct Scenario {
  std::string title = "untitled";
  std::int64_t seed = 1;
  double duration = 0;  // hours; required
  double tick = 1;      // hours
  double warm_up = 0;   // hours, simulated before the output starts
  std::int64_t replicates = 16;
  std::string until;                  // how closely the mean size is wanted (read_precision); `replicates` is the cap
  std::string redraw = "population";  // or "behaviour", "network"
  NetworkSection network;
  DynamicsSection dynamics;
  PopulationSection population;
  AudienceSection audience;
  ContentSection content;
  std::string model = "conversation";
  std::shared_ptr<ModelParameters> parameters;
  std::vector<StrategySection> strategies;  // arms: each has worlds of its own
  std::vector<StrategySection> brands;      // or accounts that compete in one world; then there is one arm
  EffortSection effort;
  OutputSection output;

  // How it was given.
  std::string path;                                      // as the user wrote it
  std::string text;                                      // the file as read
  std::vector<std::string> overrides;                    // --set key=value, in order
  std::vector<const char*> model_names{"conversation"};  // what [model] name may be
  bool takes_strategies = true;                          // the model has [[strategy]] arms or [[brand]] accounts
  bool is_cascade = false;                               // the model is one: see ModelChoice
  bool takes_crowds = true;                              // likewise
  bool is_capped_by_default = false;  // `until` is there, and has raised `replicates` from its default
  bool network_alone = false;         // read for its network: nothing else need be there
  void declare(Fields& f);

  // The policies of all accounts under study, in whichever world.
  const std::vector<StrategySection>& policies() const { return brands.empty() ? strategies : brands; }
  std::size_t arms() const { return strategies.empty() ? 1 : strategies.size(); }
  std::size_t brand_count() const { return brands.empty() ? 1 : brands.size(); }  // accounts under study in a world

  // Follows among ordinary accounts can change during the run.
  bool follows_change() const { return dynamics.on() || (parameters && parameters->changes_follows()); }

  Tick ticks(double hours) const { return static_cast<Tick>(hours / tick + 0.5); }
  Tick last_tick() const { return ticks(warm_up) + ticks(duration); }
  double ticks_per_day() const { return 24 / tick; }
  double days() const { return (warm_up + duration) / 24; }  // of the whole run
};

// A model the scenario may name: `parameters` makes its parameters with their defaults.
struct ModelChoice {
  const char* name;
  const char* summary;
  std::shared_ptr<ModelParameters> (*parameters)();
  bool takes_strategies =
      true;  // accounts are under study, in [[strategy]] or [[brand]] tables: at least one is needed, else none may be
  bool is_cascade = false;    // one thing spreads on a fixed network until it ends: no duration is needed
  bool takes_crowds = false;  // of these: everybody may see everybody, without follows
};

// Reads, checks and completes a scenario. Throws Failure(Exit::scenario) with all faults at once, sorted by line, or
// Failure(Exit::input) where the file cannot be read. Overrides are "key.path=value" with the same checks.
// Files named inside are relative to the scenario's folder.
Scenario load_scenario(const std::string& path, std::span<const ModelChoice> models,
                       const std::vector<std::string>& overrides = {});
Scenario parse_scenario(const std::string& text, const std::string& path, std::span<const ModelChoice> models,
                        const std::vector<std::string>& overrides = {});
// The same for its network alone: [network], [population] and the seed. What a run needs besides may be missing; what
// is there is checked. No path: the defaults and the overrides.
Scenario load_network_scenario(const std::string& path, std::span<const ModelChoice> models,
                               const std::vector<std::string>& overrides = {});

// A file the scenario names: relative to the scenario's folder or, where nothing is there, to the current one.
std::string resolve_path(const Scenario& scenario, const std::string& file);

// The scenario as TOML with every default written out; reading it gives the same scenario.
std::string resolved_toml(const Scenario& scenario);
std::string resolved_toml(const StrategySection& policy);  // of one policy, whatever it is called
// `passalong schema`: every key with unit, range, default, help, source, as text or as JSON.
std::string schema_text(std::span<const ModelChoice> models);
std::string schema_json(std::span<const ModelChoice> models);
// `passalong models`: the models and mechanisms with their parameters.
std::string models_text(std::span<const ModelChoice> models);
std::string models_json(std::span<const ModelChoice> models);
// `passalong init`: a commented scenario to start from.
std::string starter_scenario();

}  // namespace passalong
