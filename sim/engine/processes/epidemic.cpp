#include "sim/engine/processes/epidemic.hpp"

#include "sim/engine/processes/outbreak.hpp"

namespace passalong {
namespace {

ProcessForm form_of(const EpidemicPlan& plan) {
  ProcessForm form;
  form.finals = {{"size", "accounts", "accounts that were ever infected"},
                 {"depth", "1", "links of the longest chain of who infected whom"},
                 {"peak", "accounts", "most accounts infected at once"},
                 {"peak_time", "d", "when so many were infected first", false},
                 {"end_time", "d", "when the state of any account changed last", false}};
  form.series = {{"susceptible", "accounts", "accounts that can be infected"}};
  if (plan.exposes) form.series.push_back({"exposed", "accounts", "accounts that are infected but do not infect yet"});
  form.series.push_back({"infected", "accounts", "accounts that infect others"});
  if (plan.immune) form.series.push_back({"recovered", "accounts", "accounts that are immune"});
  form.series.push_back({"new_infections", "accounts", "accounts infected within the tick", true, true});
  return form;
}

class Epidemic final : public Process {
 public:
  Epidemic(EpidemicPlan plan, const Network& network)
      : plan_(std::move(plan)), network_(network), seeds_(plan_.seeds, network, plan_.seed), form_(form_of(plan_)) {}
  const ProcessForm& form() const override { return form_; }
  std::unique_ptr<Player> player(Team&) const override {
    if (plan_.continuous) return std::make_unique<Outbreak<RealClock>>(plan_, network_, seeds_);
    return std::make_unique<Outbreak<StepClock>>(plan_, network_, seeds_);
  }

 private:
  EpidemicPlan plan_;
  const Network& network_;
  Seeds seeds_;
  ProcessForm form_;
};

}  // namespace

std::unique_ptr<Process> make_epidemic(EpidemicPlan plan, const Network& network) {
  return std::make_unique<Epidemic>(std::move(plan), network);
}

}  // namespace passalong
