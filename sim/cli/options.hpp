// The options each verb takes: the one place where their names, values and help are written.
#pragma once
#include "sim/cli/request.hpp"

namespace CLI {
class App;
}

namespace passalong {

void declare_run(CLI::App& options, Request& request);
void declare_check(CLI::App& options, Request& request);
void declare_branch(CLI::App& options, Request& request);
void declare_compare(CLI::App& options, Request& request);
void declare_explain(CLI::App& options, Request& request);
void declare_report(CLI::App& options, Request& request);
void declare_reader(CLI::App& options, Request& request);
void declare_export(CLI::App& options, Request& request);
void declare_generate(CLI::App& options, Request& request);
void declare_import(CLI::App& options, Request& request);
void declare_describe(CLI::App& options, Request& request);
void declare_bench(CLI::App& options, Request& request);
void declare_validate(CLI::App& options, Request& request);
void declare_seeds(CLI::App& options, Request& request);
void declare_init(CLI::App& options, Request& request);

}  // namespace passalong
