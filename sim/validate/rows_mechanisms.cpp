#include "sim/validate/validate.hpp"
namespace passalong {
std::vector<Target> mechanism_targets() { return {}; }
}  // namespace passalong
