// Every model, one line each; models.cpp makes the list.
#pragma once
#include "sim/engine/world.hpp"

namespace passalong {
// The entry of a model whose replicates are plays of a process: no strategies, no duration but where it asks for one.
constexpr ModelEntry process_entry(ModelChoice choice, decltype(ModelEntry::process) process,
                                   decltype(ModelEntry::demand) demand) {
  choice.takes_strategies = false, choice.is_cascade = true;
  return {choice, nullptr, nullptr, process, demand};
}

extern const ModelEntry conversation;
extern const ModelEntry independent_cascade;
extern const ModelEntry linear_threshold;
extern const ModelEntry threshold;
extern const ModelEntry complex_contagion;
extern const ModelEntry fsir;
extern const ModelEntry granovetter;
extern const ModelEntry bass;
extern const ModelEntry si, sis, sir, seir;
extern const ModelEntry hawkes;
extern const ModelEntry attention_memes;
extern const ModelEntry simsom;
}  // namespace passalong
