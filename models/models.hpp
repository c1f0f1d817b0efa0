// Every model, one line each; models.cpp makes the list.
#pragma once
#include "sim/engine/world.hpp"

namespace passalong {
extern const ModelEntry conversation;
extern const ModelEntry independent_cascade;
}  // namespace passalong
