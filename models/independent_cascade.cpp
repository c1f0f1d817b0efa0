// The independent cascade model (Goldenberg, Libai & Muller 2001; Kempe, Kleinberg & Tardos 2003). In each step whoever
// became active in the last has one chance to activate each of its followers; what is active stays so.
#include <fmt/format.h>

#include <algorithm>

#include "models/models.hpp"
#include "sim/base/failure.hpp"
#include "sim/engine/cascades/exact.hpp"
#include "sim/engine/cascades/levels.hpp"
#include "sim/engine/seed_parameters.hpp"

namespace passalong {
namespace {
constexpr const char* kempe = "Kempe, Kleinberg & Tardos 2003";

struct IndependentCascade : ModelParameters {
  double probability = 0.1;
  std::string rule;  // in place of a probability
  SeedParameters seeds;
  bool times = true, exact = false, trees = false;
  std::string keep = "all";

  void declare(Fields& f) override {
    f.number_or_word(
        "probability", probability, rule, {"weight", "weighted-cascade", "trivalency"},
        {.low = 0,
         .high = 1,
         .help = "chance that an active account activates a follower, once; \"weight\": the network's "
                 "weight of the follow; \"weighted-cascade\": 1 / (how many the follower follows); \"trivalency\": "
                 "0.1, 0.01 or 0.001, drawn for each follow",
         .source = "Goldenberg, Libai & Muller 2001; trivalency: Chen, Wang & Wang 2010"});
    seeds.declare(
        f,
        "who is active at the start: labels such as [\"12\"], { random = 10 }, or { top = 10 } for those with "
        "the most followers",
        kempe);
    f.flag("exact", exact,
           {.help = "the expected size, the chance of each size and of each account, exactly and without replicates: "
                    "where at most 25 follows are uncertain, or everyone follows everyone",
            .source = "Kempe, Kleinberg & Tardos 2003; Abbey 1952"});
    f.flag("times", times,
           {.help = "depth and the course over time are wanted; false: the final size alone, which is faster",
            .source = "assumption"});
    f.flag(
        "trees", trees,
        {.help = "structural virality is wanted: the mean distance of two accounts of the tree of who activated whom",
         .source = "Goel et al. 2016"});
    f.choice("keep", keep, {"all", "viral"},
             {.help = "a value for each replicate; or for those from output.viral_size on, the others being counted by "
                      "size alone: for billions",
              .source = "assumption"});
  }

  // A network from a file in text says what its weights are; one in a network file says it itself.
  void check(const Scenario& scenario, Fields& f) override {
    f.check("times", times || scenario.duration == 0, "`times` = false goes without steps: a `duration` cannot end it",
            "leave `duration` out");
    seeds.check(scenario, f);
    check_trees(f);
    constexpr std::int64_t most_kept = 100'000'000;
    f.check("keep", keep == "viral" || scenario.replicates <= most_kept,
            fmt::format("`replicates` = {} is too many to keep a value for each", scenario.replicates),
            "set keep = \"viral\", or at most 100_000_000 replicates");
    const NetworkSection& network = scenario.network;
    check_exact(scenario, f);
    if (rule != "weight" || network.file.ends_with(".h5")) return;
    f.check("probability", !network.file.empty(), "a generated network has no weights",
            "give a probability, or \"weighted-cascade\"");
    f.check("probability", network.file.empty() || network.weights == "probability",
            fmt::format("the weights of the network's file are not probabilities: weights = \"{}\"", network.weights),
            "set weights = \"probability\" in [network]");
  }

  void check_exact(const Scenario& scenario, Fields& f) const {
    f.check("exact", !exact || scenario.duration == 0, "`exact` goes without steps: a `duration` cannot end it",
            "leave `duration` out");
    f.check("exact", !exact || scenario.redraw != "network",
            "`exact` is about one network, redraw = \"network\" is not", "leave `redraw` out");
    f.check("exact",
            !exact || !rule.empty() || !scenario.network.file.empty() || scenario.network.kind != "complete" ||
                scenario.network.accounts <= most_chained,
            fmt::format("`exact` takes up to {} accounts where everyone follows everyone, the network has {}",
                        most_chained, scenario.network.accounts),
            "leave `exact` out: until = \"±1%\" comes as close as is wanted");
    f.check("exact", !exact || scenario.until.empty(), "`exact` has no error that `until` could bring down",
            "leave one of the two out");
  }

  void check_trees(Fields& f) const {
    std::int64_t count = 0;
    bool at_once = true;
    for (const AccountChoice& choice : seeds.choices) {
      count += choice.random + choice.top + static_cast<std::int64_t>(choice.labels.size());
      at_once = at_once && choice.at <= 0;
    }
    f.check("trees", !trees || count == 1,
            fmt::format("`trees` needs one seed, `seeds` has {}: there is no distance between two trees", count),
            "seeds = { random = 1 }, { top = 1 } or one label");
    f.check("trees", !trees || at_once, "`trees` begin at once: their seed has no `at`", "leave `at` out");
    f.check("trees", !trees || !exact, "`exact` plays no cascades that could have `trees`", "leave one of the two out");
    f.check("keep", keep == "all" || !exact, "`exact` plays no cascades that could be kept",
            "leave one of the two out");
  }

  Chances chances() const {
    if (rule == "weight") return {Chances::Kind::weights, 0};
    if (rule == "weighted-cascade") return {Chances::Kind::followees, 0};
    if (rule == "trivalency") return {Chances::Kind::levels, 0};
    return {Chances::Kind::uniform, probability};
  }
};

using Faults = std::vector<Fault>;

void fault(const Scenario& scenario, Faults& faults, std::string message, std::string help) {
  faults.push_back({.file = scenario.path, .message = std::move(message), .help = std::move(help)});
}

void check_weights(const Scenario& scenario, const Network& network, Faults& faults) {
  if (network.weights.empty() && network.follows() > 0) {
    fault(scenario, faults, "`probability` = \"weight\", but the network has no weights",
          "give a probability, or import the network with weights = \"probability\"");
  } else if (!network.weights.empty() && !network.weights_are_probabilities) {
    fault(scenario, faults, "`probability` = \"weight\", but the network's weights are strengths of ties",
          "give a probability, or import the network with weights = \"probability\"");
  }
}

void check_exactness(const Scenario& scenario, const CascadePlan& plan) {
  Faults faults;
  if (const auto obstacle = obstacle_to_exactness(plan)) fault(scenario, faults, obstacle->message, obstacle->help);
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
}

CascadePlan cascade(const Scenario& scenario, const Network* network) {
  const auto& model = *std::static_pointer_cast<IndependentCascade>(scenario.parameters);
  CascadePlan plan;
  Faults faults;
  plan.network = network;
  plan.chances = model.chances();
  if (network != nullptr && plan.chances.kind == Chances::Kind::weights) check_weights(scenario, *network, faults);
  plan.seeds = model.seeds.rule(scenario, network, faults);
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
  plan.seed = static_cast<std::uint64_t>(scenario.seed);
  if (network != nullptr && plan.chances.kind == Chances::Kind::levels)
    plan.chances.levels = std::make_shared<const std::vector<std::uint8_t>>(draw_levels(network->follows(), plan.seed));
  plan.replicates = static_cast<std::uint32_t>(scenario.replicates);
  plan.times = model.times, plan.exact = model.exact;
  plan.trees = model.trees;
  if (model.keep == "viral")
    plan.large = static_cast<std::uint32_t>(std::min<std::int64_t>(scenario.output.viral_size, no_limit));
  if (scenario.duration > 0) plan.most_steps = static_cast<std::uint32_t>(scenario.ticks(scenario.duration));
  if (network != nullptr && plan.exact) check_exactness(scenario, plan);
  return plan;
}

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<IndependentCascade>(); }

}  // namespace

const ModelEntry independent_cascade = {{.name = "independent-cascade",
                                         .summary = "whoever becomes active has one chance to activate each follower",
                                         .parameters = parameters,
                                         .takes_strategies = false,
                                         .is_cascade = true},
                                        nullptr,
                                        cascade};

}  // namespace passalong
