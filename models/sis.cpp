// SIS, the contact process (Harris 1974): whoever recovers can be infected again, so it may live on for long where
// infection / recovery exceeds 1 / the spectral radius (Chakrabarti et al. 2008; Van Mieghem et al. 2009).
#include "models/models.hpp"
#include "sim/engine/processes/epidemic_parameters.hpp"

namespace passalong {
namespace {

struct Sis : EpidemicParameters {
  Sis() : EpidemicParameters({.recovers = true}) {}
  void declare(Fields& f) override {
    declare_infection(f);
    declare_recovery(f);
    declare_seeds(f);
  }
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Sis>(); }

}  // namespace

const ModelEntry sis =
    process_entry({.name = "sis",
                   .summary = "whoever is infected infects followers until recovered, and can be infected again",
                   .parameters = parameters,
                   .takes_crowds = true},
                  epidemic_process, epidemic_demand);

}  // namespace passalong
