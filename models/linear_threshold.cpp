// The linear threshold model (Granovetter 1978; Kempe, Kleinberg & Tardos 2003). Each follow has a weight, those of an
// account sum to at most 1; it becomes active when the weights of its active followees reach its threshold.
#include "models/models.hpp"
#include "sim/engine/processes/threshold_rule.hpp"

namespace passalong {
namespace {
constexpr const char* kempe = "Kempe, Kleinberg & Tardos 2003";

struct LinearThreshold : ModelParameters {
  std::string weights = "followees";
  Distribution threshold = Distribution::uniform(0, 1);
  SeedParameters seeds;

  void declare(Fields& f) override {
    f.choice("weights", weights, {"followees", "weight", "relative-weight"},
             {.help = "of a follow: 1 / (how many the follower follows), the network's weight, or that divided by the "
                      "sum over all whom the follower follows",
              .source = kempe});
    f.distribution("threshold", threshold,
                   {.unit = "1",
                    .help = "sum of its active followees' weights at which an account becomes active, drawn anew for "
                            "each account and replicate",
                    .source = kempe});
    seeds.declare(f, "who is active at the start, or from a moment on", kempe);
  }

  void check(const Scenario& scenario, Fields& f) override {
    seeds.check(scenario, f);
    if (weights == "followees" || scenario.network.file.ends_with(".h5")) return;
    f.check("weights", !scenario.network.file.empty(), "a generated network has no weights", "choose \"followees\"");
    f.check("weights", scenario.network.file.empty() || scenario.network.weights != "ignore",
            "the weights of the network's file are not read", "set weights = \"strength\" in [network]");
  }

  Measure measure() const {
    if (weights == "followees") return Measure::share;
    return weights == "weight" ? Measure::weight : Measure::relative_weight;
  }
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<LinearThreshold>(); }

std::unique_ptr<Process> process(const ProcessSetting& setting, Team&) {
  const auto& model = *std::static_pointer_cast<LinearThreshold>(setting.scenario->parameters);
  return threshold_process({model.threshold, model.measure()}, model.seeds, setting);
}

ProcessDemand demand(const Scenario& scenario, double accounts, double follows) {
  const auto& model = *std::static_pointer_cast<LinearThreshold>(scenario.parameters);
  ProcessDemand d = contagion_demand(accounts, follows, model.measure() == Measure::share ? 4 : 8);
  if (model.measure() != Measure::share) d.shared = 8 * accounts;
  return d;
}

}  // namespace

const ModelEntry linear_threshold =
    process_entry({.name = "linear-threshold",
                   .summary = "active once the weights of active followees reach a threshold drawn at random",
                   .parameters = parameters},
                  process, demand);

}  // namespace passalong
