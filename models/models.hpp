// Every model, one line each; models.cpp makes the list.
#pragma once
#include "sim/engine/world.hpp"

namespace passalong {
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
