// passalong inspect and passalong digest: what a file holds, and the number that says two files hold the same.
#include <algorithm>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/observe/network_used.hpp"
#include "sim/output/network_file.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

Json describe(const Variable& variable) {
  return {{"name", variable.name},
          {"units", variable.units},
          {"long_name", variable.long_name},
          {"dimensions", variable.dimensions}};
}

Json describe(const Group& group) {
  Json variables = Json::array();
  for (const Variable& variable : group.variables) variables.push_back(variable.name);
  return {{"name", group.name}, {"dimensions", group.dimensions}, {"variables", variables}};
}

// Long texts, such as the scenario, stay in the file.
void add_attributes(Json& object, const Result& result) {
  for (const auto& [name, number] : result.integers) object[name] = number;
  for (const auto& [name, text] : result.text) {
    if (text.find('\n') == std::string::npos) object[name] = text;
  }
}

Json describe(const Inspection& inspection) {
  Json object{{"schema", 1}, {"status", inspection.status}};
  object["reason"] = inspection.reason.empty() ? Json(nullptr) : Json(inspection.reason);
  if (inspection.status == "damaged") return object;
  const Result& result = inspection.result;
  add_attributes(object, result);
  object.update({{"digest", result.digest},
                 {"strategies", result.strategies},
                 {"brands", result.brands},
                 {"replicates", result.replicate_count()}});
  object.update(
      {{"rows", result.time.size()}, {"days", result.time.empty() ? Json(nullptr) : Json(result.time.back())}});
  if (const auto network = network_used(result))
    object.update({{"accounts", network->accounts}, {"follows", network->follows}});
  for (const Variable& variable : result.series) object["series"].push_back(describe(variable));
  for (const Group& group : result.groups) object["groups"].push_back(describe(group));
  return object;
}

Json describe(const NetworkInspection& inspection) {
  const bool whole = inspection.status == "complete";
  Json object{{"schema", 1}, {"kind", "network"}, {"status", inspection.status}};
  object["reason"] = whole ? Json(nullptr) : Json(inspection.reason);
  if (!whole) return object;
  const NetworkHead& head = inspection.head;
  object.update({{"accounts", head.accounts},
                 {"follows", head.follows},
                 {"self_loops", head.self_loops},
                 {"duplicates", head.duplicates},
                 {"topics", head.topics},
                 {"weights", head.note.find("weights_are")},
                 {"labels", head.has_labels},
                 {"places", head.has_places},
                 {"bytes", head.bytes}});
  for (const auto& [name, text] : head.note.text)
    if (text.find('\n') == text.npos) object.emplace(name, text);
  object["digest"] = inspection.digest;
  return object;
}

// The same for both kinds of file: damaged is an error unless JSON tells it.
Exit tell(const Request& request, const std::string& status, const std::string& reason, const std::string& text,
          const Json& json) {
  const bool damaged = status == "damaged";
  if (request.json) {
    print(to_text(json));
    return damaged ? Exit::input : Exit::ok;
  }
  if (damaged) throw Failure(Exit::input, {Fault{.file = request.file(), .message = "damaged: " + reason}});
  print(text);
  return Exit::ok;
}

}  // namespace

Exit inspect_result(const Request& request) {
  if (is_network_file(request.file())) {
    const NetworkInspection seen = inspect_network(request.file());
    return tell(request, seen.status, seen.reason, seen.text, describe(seen));
  }
  const Inspection seen = inspect(request.file());
  return tell(request, seen.status, seen.reason, seen.text, describe(seen));
}

Exit print_digest(const Request& request) {
  const std::string& file = request.file();
  const std::string digest = is_network_file(file) ? digest_of_network(file) : read_result(file).digest;
  print(request.json ? to_text({{"schema", 1}, {"digest", digest}}) : digest + "\n");
  return Exit::ok;
}

}  // namespace passalong
