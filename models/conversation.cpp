// The flagship: readers with limited attention appraise posts, learn to suspect and to trust their authors, pass on
// what their friends will like too, follow, buy, and leave.
#include "models/conversation.hpp"

#include "models/conversation/world.hpp"
#include "models/models.hpp"

namespace passalong {
namespace {

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Mechanisms>(); }
std::unique_ptr<World> make(const Setting& setting, Team& team) {
  return std::make_unique<ConversationWorld>(setting,
                                             *std::static_pointer_cast<Mechanisms>(setting.scenario->parameters), team);
}

}  // namespace

const ModelEntry conversation = {
    {"conversation",
     "value-add against pitch: attention, appraisal, suspicion, trust, forwarding, follow, unfollow, ladder",
     parameters},
    make};

}  // namespace passalong
