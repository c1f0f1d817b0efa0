// The list is the registry: adding a model is its file and one line here and in models.hpp.
#include "models/models.hpp"

#include "sim/base/failure.hpp"

namespace passalong {

const std::vector<ModelEntry>& all_models() {
  static const std::vector<ModelEntry> list = {
      conversation,
      independent_cascade,
      linear_threshold,
      threshold,
      complex_contagion,
      fsir,
      granovetter,
      bass,
      si,
      sis,
      sir,
      seir,
      hawkes,
      attention_memes,
      simsom,
  };
  return list;
}

std::vector<ModelChoice> model_choices() {
  std::vector<ModelChoice> choices;
  for (const ModelEntry& m : all_models()) choices.push_back(m.choice);
  return choices;
}

const ModelEntry& find_model(const std::string& name) {
  for (const ModelEntry& m : all_models())
    if (name == m.choice.name) return m;
  throw Failure(Exit::run, "no model is called " + name);
}

}  // namespace passalong
