// Thresholds on the share or the number of followees that are active (Granovetter 1978; Watts 2002).
#include "models/models.hpp"
#include "sim/engine/processes/threshold_rule.hpp"
#include "sim/scenario/forms.hpp"

namespace passalong {
namespace {
constexpr const char* watts = "Watts 2002";

struct Threshold : ModelParameters {
  Distribution threshold = Distribution::constant(0.18);
  std::string of = "share", update = "all-at-once";
  SeedParameters seeds;

  void declare(Fields& f) override {
    f.choice("of", of, {"share", "number"},
             {.help = "what is compared with the threshold: the share or the number of an account's followees who are "
                      "active",
              .source = watts});
    f.distribution("threshold", threshold,
                   {.help = "share or number of active followees from which on an account is active; at 0 or below it "
                            "is so without any",
                    .source = watts});
    f.choice("update", update, {"all-at-once", "one-by-one"},
             {.help = "in a step accounts look at what the last step left, or one after the other in random order; "
                      "who is active in the end is the same",
              .source = watts});
    seeds.may_be_none = true;
    seeds.declare(f, "who is active at the start, or from a moment on; [] for nobody", watts);
  }

  void check(const Scenario& scenario, Fields& f) override {
    seeds.check(scenario, f);
    f.check("threshold", of != "share" || least_of(threshold) <= 1,
            "no share of those one follows reaches `threshold`: it is above 1 for all",
            "give a share such as 0.18, or set of = \"number\"");
  }

  ThresholdPlan plan() const {
    return {threshold, of == "share" ? Measure::share : Measure::number, update == "one-by-one"};
  }
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Threshold>(); }

std::unique_ptr<Process> process(const ProcessSetting& setting, Team&) {
  const auto& model = *std::static_pointer_cast<Threshold>(setting.scenario->parameters);
  return threshold_process(model.plan(), model.seeds, setting);
}

ProcessDemand demand(const Scenario&, double accounts, double follows) {
  return contagion_demand(accounts, follows, 4);
}

}  // namespace

const ModelEntry threshold = process_entry(
    {.name = "threshold", .summary = "active once a share or number of the followees are", .parameters = parameters},
    process, demand);

}  // namespace passalong
