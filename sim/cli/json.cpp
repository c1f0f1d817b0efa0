// Faults as editors and scripts read them; a place that is not known is null.
#include "sim/cli/json.hpp"

namespace passalong {
namespace {

Json or_null(unsigned position) { return position ? Json(position) : Json(nullptr); }
Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

std::string to_text(const Json& object) { return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json errors_of(const std::vector<Fault>& faults) {
  Json errors = Json::array();
  for (const Fault& fault : faults) {
    errors.push_back({{"file", or_null(fault.file)},
                      {"line", or_null(fault.line)},
                      {"column", or_null(fault.column)},
                      {"message", fault.message},
                      {"help", or_null(fault.help)}});
  }
  return errors;
}

std::string errors_json(const std::vector<Fault>& faults) {
  return to_text({{"schema", 1}, {"errors", errors_of(faults)}});
}

}  // namespace passalong
