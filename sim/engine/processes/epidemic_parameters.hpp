// The keys that epidemic models share, and what becomes of them. A model says which of them it has.
#pragma once
#include <string>

#include "sim/engine/processes/epidemic.hpp"
#include "sim/engine/seed_parameters.hpp"

namespace passalong {

struct EpidemicParameters : ModelParameters {
  struct Kind {
    bool exposes = false, recovers = false, immune = false;
  };
  explicit EpidemicParameters(Kind has) : kind(has) {}

  Kind kind;
  std::string time = "steps";
  double infection = 0.1, recovery = 0.1, incubation = 0.1, immunity_loss = 0;
  double recovery_time = 0, incubation_time = 0;  // hours
  SeedParameters seeds;

  void declare_infection(Fields& f);
  void declare_incubation(Fields& f);
  void declare_recovery(Fields& f);
  void declare_immunity_loss(Fields& f);
  void declare_seeds(Fields& f);
  void check(const Scenario& scenario, Fields& f) override;
  bool can_return() const { return (kind.recovers && !kind.immune) || immunity_loss > 0; }
};

// For the entries of these models.
std::unique_ptr<Process> epidemic_process(const ProcessSetting& setting, Team& team);
ProcessDemand epidemic_demand(const Scenario& scenario, double accounts, double follows);

}  // namespace passalong
