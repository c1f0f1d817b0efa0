// SIR (Kermack & McKendrick 1927): whoever recovers is immune; with `immunity_loss` not for ever (SIRS).
#include "models/models.hpp"
#include "sim/engine/processes/epidemic_parameters.hpp"

namespace passalong {
namespace {

struct Sir : EpidemicParameters {
  Sir() : EpidemicParameters({.recovers = true, .immune = true}) {}
  void declare(Fields& f) override {
    declare_infection(f);
    declare_recovery(f);
    declare_immunity_loss(f);
    declare_seeds(f);
  }
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Sir>(); }

}  // namespace

const ModelEntry sir =
    process_entry({.name = "sir",
                   .summary = "whoever is infected infects followers until recovered, and is immune then",
                   .parameters = parameters,
                   .takes_crowds = true},
                  epidemic_process, epidemic_demand);

}  // namespace passalong
