// SI: whoever is infected stays so and infects on (Bailey 1975). On a complete network the logistic curve; with one
// account after another, the Yule process.
#include "models/models.hpp"
#include "sim/engine/processes/epidemic_parameters.hpp"

namespace passalong {
namespace {

struct Si : EpidemicParameters {
  Si() : EpidemicParameters({}) {}
  void declare(Fields& f) override {
    declare_infection(f);
    declare_seeds(f);
  }
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Si>(); }

}  // namespace

const ModelEntry si = process_entry({.name = "si",
                                     .summary = "whoever is infected infects followers, for ever",
                                     .parameters = parameters,
                                     .takes_crowds = true},
                                    epidemic_process, epidemic_demand);

}  // namespace passalong
