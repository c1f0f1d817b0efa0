// Where something is not there, the message says what is.
#include "sim/output/export/result_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {

template <class Value>
const std::vector<Value>& column(const Group& group, std::string_view name) {
  const Variable* v = find_variable(group, name);
  const auto* values = v == nullptr ? nullptr : std::get_if<std::vector<Value>>(&v->values);
  if (values == nullptr)
    throw Failure(Exit::input, fmt::format("/{} of this file has no column `{}` of its kind", group.name, name),
                  "make the result again with this version");
  return *values;
}

}  // namespace

const Group& group_named(const Result& result, std::string_view name) {
  std::vector<std::string> names;
  for (const Group& g : result.groups) {
    if (g.name == name) return g;
    names.push_back(g.name);
  }
  const auto near = suggest(std::string(name), names);
  throw Failure(Exit::usage, fmt::format("this result has no table `{}`", harmless(name)),
                near ? fmt::format("did you mean `{}`?", *near)
                     : fmt::format("it has: {}",
                                   names.empty() ? "none but the series" : fmt::format("{}", fmt::join(names, ", "))));
}

const Variable* find_variable(const Group& group, std::string_view name) {
  const auto found = std::ranges::find(group.variables, name, &Variable::name);
  return found == group.variables.end() ? nullptr : &*found;
}

const std::vector<std::int64_t>& whole_column(const Group& group, std::string_view name) {
  return column<std::int64_t>(group, name);
}

const std::vector<double>& real_column(const Group& group, std::string_view name) {
  return column<double>(group, name);
}

std::string_view word_in(const Group& group, std::string_view name, std::size_t row) {
  const Variable* v = find_variable(group, name);
  if (v == nullptr) return {};
  const auto code = static_cast<std::size_t>(whole_column(group, name)[row]);
  return code < v->meanings.size() ? std::string_view(v->meanings[code]) : std::string_view();
}

}  // namespace passalong
