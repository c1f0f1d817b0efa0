// Which file is meant is settled by the hash over all of them; which world, by its place in the result.
#include "sim/experiment/resimulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/base/failure.hpp"
#include "sim/base/version.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/observe/tables.hpp"
#include "sim/scenario/forms.hpp"
#include "sim/scenario/input_files.hpp"

namespace passalong {
namespace {
namespace fs = std::filesystem;

// Where it is: in the folder that comes first, else in any other; by the path that was stated or by its name alone.
std::string find_input(const InputFile& input, const std::vector<std::string>& folders, std::size_t first) {
  std::error_code ignored;
  for (std::size_t k = 0; k < folders.size(); ++k) {
    const fs::path folder = folders[(first + k) % folders.size()];
    for (const fs::path& path : {folder / input.stated, folder / fs::path(input.stated).filename()})
      if (fs::is_regular_file(path, ignored)) return fs::absolute(path, ignored).lexically_normal().string();
  }
  return {};
}

std::vector<std::string> folders_of(const std::string& file, const std::string& inputs) {
  std::vector<std::string> folders;
  if (!inputs.empty()) folders.push_back(inputs);
  folders.push_back(fs::path(file).parent_path().string());
  if (!folders.back().empty()) folders.emplace_back();
  return folders;
}

[[noreturn]] void refuse_missing(const std::vector<InputFile>& missing, const std::string& file) {
  std::vector<Fault> faults;
  for (const InputFile& input : missing)
    faults.push_back({.file = file,
                      .message = fmt::format("it was made with the file `{}` (`{}`), which is not found",
                                             harmless(input.stated, 200), harmless(input.key, 80)),
                      .help = "put it beside the result, or name its folder with --inputs"});
  throw Failure(Exit::input, std::move(faults));
}

[[noreturn]] void refuse_changed(const std::vector<std::string>& found, const std::string& file) {
  const std::string what = found.empty() ? "its scenario is not the one it was made with: the file has been edited"
                                         : "the files found are not those it was made with: their SHA-256 differs";
  const std::string help = found.empty() ? "take a copy that nobody has changed"
                                         : "name the folder of the originals with --inputs; found were " +
                                               fmt::format("{}", fmt::join(found, ", "));
  throw Failure(Exit::input, {Fault{.file = file, .message = what, .help = help}});
}

std::vector<std::string> overrides_for(const std::vector<InputFile>& inputs, const std::vector<std::string>& paths) {
  std::vector<std::string> overrides;
  for (std::size_t k = 0; k < inputs.size(); ++k) overrides.push_back(inputs[k].key + "=" + write_quoted(paths[k]));
  return overrides;
}

// A file of that name that is no calendar at all is not the one either.
std::string hash_with(const Result& result, const std::string& file, const std::vector<std::string>& overrides,
                      Scenario& scenario) {
  const std::vector<ModelChoice> models = model_choices();
  try {
    scenario = parse_scenario(result.text_of("scenario_resolved"), file, models, overrides);
  } catch (const Failure& failure) {
    if (failure.code() != Exit::input) throw;
    return {};
  }
  scenario.text = result.text_of("scenario");
  return hash_inputs(scenario);
}

// Of one version the same comes out, always.
std::string way_back(const Result& result) {
  const std::string commit = result.text_of("git_commit");
  if (commit == git_commit())
    return "it says that this very version made it: the rows or the scenario in the file have been changed since; take "
           "a copy that "
           "nobody has changed";
  return fmt::format("it was made by {} (commit {}); use that version", result.text_of("source"), commit);
}

[[noreturn]] void refuse_row(const Result& result, const WorldPlace& place, const Variable& series, double day) {
  const std::string arm = place.arm < result.strategies.size() ? " of '" + result.strategies[place.arm] + "'" : "";
  throw Failure(Exit::run,
                fmt::format("simulated again, `{}`{} in replicate {} differs from the result from day {:g} on",
                            series.name, arm, place.replicate, day),
                way_back(result));
}

double value_at(const Column& values, std::size_t at) {
  return std::visit([&](const auto& all) { return static_cast<double>(all.at(at)); }, values);
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

std::optional<std::size_t> row_of(const Result& result, std::int64_t replicate) {
  for (std::size_t r = 0; r < result.replicates.size(); ++r)
    if (result.replicates[r] == replicate) return r;
  return {};
}

const ModelEntry& model_of_worlds(const Scenario& scenario) {
  check_has_worlds(scenario);
  return find_model(scenario.model);
}

}  // namespace

Scenario scenario_of(const Result& result, const std::string& file, const std::string& inputs) {
  const std::string text = result.text_of("scenario_resolved");
  if (text.empty())
    throw Failure(Exit::input, {Fault{.file = file,
                                      .message = "it does not say which scenario made it",
                                      .help = "name a result of `passalong run`"}});
  const std::vector<InputFile> named = input_files(text, file);
  std::error_code ignored;
  if (!inputs.empty() && !fs::is_directory(inputs, ignored))
    throw Failure(Exit::input, {Fault{.file = inputs,
                                      .message = "this is no folder",
                                      .help = "--inputs names the folder of the files that the result was made with"}});
  const std::vector<std::string> folders = folders_of(file, inputs);
  std::vector<std::string> found;
  for (std::size_t first = 0; first < folders.size(); ++first) {
    std::vector<InputFile> missing;
    found.clear();
    for (const InputFile& input : named) {
      found.push_back(find_input(input, folders, first));
      if (found.back().empty()) missing.push_back(input);
    }
    if (!missing.empty()) refuse_missing(missing, file);
    Scenario scenario;
    if (hash_with(result, file, overrides_for(named, found), scenario) == result.text_of("input_sha256"))
      return scenario;
  }
  refuse_changed(found, file);
}

void check_has_worlds(const Scenario& scenario) {
  if (find_model(scenario.model).make != nullptr) return;
  throw Failure(Exit::usage,
                fmt::format("the model `{}` has no accounts that live on from tick to tick to follow", scenario.model),
                "name a result of a model with strategies, such as conversation");
}

ResimulatedWorld::ResimulatedWorld(const Scenario& scenario, std::size_t arm, std::uint32_t replicate, unsigned threads)
    : scenario_(scenario), arm_(arm), replicate_(replicate), team_(std::max(1U, threads)), stages_(scenario, 1) {
  const ModelEntry& model = model_of_worlds(scenario);
  if (arm >= scenario.arms())
    throw Failure(Exit::usage, "this arm of the result is a future that `branch` has made",
                  "name a strategy of the scenario itself");
  stages_.prepare_network(team_.workers());
  stages_.prepare_population(team_.workers());
  stage_ = stages_.take(replicate, team_);
  world_ = model.make(setting_on(stage_, scenario, arm, replicate), team_);
  recorder_ = std::make_unique<Recorder>(scenario_, *world_);
  recorder_->observe();
}

void ResimulatedWorld::step() {
  world_->step();
  recorder_->observe();
}

void ResimulatedWorld::verify(const Result& result) const {
  verify_rows(*world_, record(), result, {arm_, static_cast<std::int64_t>(replicate_)});
}

void verify_rows(const World& world, const WorldRecord& record, const Result& result, const WorldPlace& place) {
  const std::optional<std::size_t> row = row_of(result, place.replicate);
  if (!row) return;
  std::size_t column = 0;
  for (const Quantity& quantity : world.quantities()) {
    const std::size_t brands = quantity.everyones ? 1 : world.studied();
    const Variable* series = result.find(series_name(quantity));
    for (std::size_t b = 0; b < brands; ++b, ++column) {
      const std::size_t begin = ((place.arm * brands + b) * result.replicates.size() + *row) * result.time.size();
      const std::vector<double>& values = record.columns[column];
      for (std::size_t t = 0; series != nullptr && t < values.size() && t < result.time.size(); ++t)
        if (!same(values[t], value_at(series->values, begin + t))) refuse_row(result, place, *series, result.time[t]);
    }
  }
}

}  // namespace passalong
