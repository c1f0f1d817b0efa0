// passalong models, schema and init: what a scenario may say, and one to start from.
#include <fmt/format.h>

#include <filesystem>

#include "sim/base/suggest.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/engine/world.hpp"
#include "sim/output/publish.hpp"

namespace passalong {
namespace {

std::vector<ModelChoice> one_model(const std::vector<ModelChoice>& all, const std::string& name) {
  std::vector<std::string> names;
  for (const ModelChoice& model : all) {
    if (name == model.name) return {model};
    names.emplace_back(model.name);
  }
  const std::optional<std::string> near = suggest(name, names);
  throw Failure(Exit::usage, "there is no model `" + name + "`",
                near ? "did you mean `" + *near + "`?" : fmt::format("models are {}", fmt::join(names, ", ")));
}

// `init .` and `init folder/` name a place, not a file.
std::string starter_path(const std::string& name) {
  const std::string path = with_extension(name, ".toml", ".toml");
  const std::string stem = file_name(path.substr(0, path.size() - std::string(".toml").size()));
  if (!stem.empty() && stem != "." && stem != "..") return path;
  throw Failure(
      Exit::usage, "`" + name + "` names no file",
      "name one, for example: passalong init " + (std::filesystem::path(name).remove_filename() / "scenario").string());
}

}  // namespace

Exit list_models(const Request& request) {
  std::vector<ModelChoice> models = model_choices();
  if (!request.files.empty()) models = one_model(models, request.file());
  print(request.json ? models_json(models) : models_text(models));
  return Exit::ok;
}

Exit print_schema(const Request& request) {
  const std::vector<ModelChoice> models = model_choices();
  print(request.json ? schema_json(models) : schema_text(models));
  return Exit::ok;
}

Exit write_starter(const Request& request) {
  const std::string path = starter_path(request.files.empty() ? "scenario" : request.file());
  if (!request.force && std::filesystem::exists(path)) {
    throw Failure(Exit::run, path + " already exists", "name another file, or replace it with --force");
  }
  publish(path, {starter_scenario()}, request.force);
  if (request.json) print(to_text({{"schema", 1}, {"output", path}}));
  if (!request.json && !request.quiet) print(fmt::format("Wrote {}; next: passalong check {}\n", path, path));
  return Exit::ok;
}

}  // namespace passalong
