// SEIR (Anderson & May 1991): whoever is infected is exposed first, infects later, recovers and is immune; with
// `immunity_loss` not for ever.
#include "models/models.hpp"
#include "sim/engine/processes/epidemic_parameters.hpp"

namespace passalong {
namespace {

struct Seir : EpidemicParameters {
  Seir() : EpidemicParameters({.exposes = true, .recovers = true, .immune = true}) {}
  void declare(Fields& f) override {
    declare_infection(f);
    declare_incubation(f);
    declare_recovery(f);
    declare_immunity_loss(f);
    declare_seeds(f);
  }
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Seir>(); }

}  // namespace

const ModelEntry seir =
    process_entry({.name = "seir",
                   .summary = "whoever is infected infects followers after a while, until recovered and immune",
                   .parameters = parameters,
                   .takes_crowds = true},
                  epidemic_process, epidemic_demand);

}  // namespace passalong
