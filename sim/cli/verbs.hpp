// The verbs. The list is the registry: a verb is one file with what it does, and one entry here with what it says.
#pragma once
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/cli/request.hpp"

namespace CLI {
class App;
}

namespace passalong {

struct Verb {
  const char* name;
  const char* summary;
  const char* operands;  // as the usage line says them, and how many
  std::size_t fewest, most;
  void (*declare)(CLI::App& options, Request& request);
  Exit (*perform)(const Request& request);
  std::vector<const char*> examples;
  const char* details = "";  // what else the long help says
};

const std::vector<Verb>& all_verbs();
Exit perform(const Request& request);

Exit run_scenario(const Request& request);
Exit check_scenarios(const Request& request);
Exit branch_result(const Request& request);
Exit compare_strategies(const Request& request);
Exit explain_result(const Request& request);
Exit write_report(const Request& request);
Exit inspect_result(const Request& request);
Exit print_digest(const Request& request);
Exit export_file(const Request& request);
Exit generate_network_file(const Request& request);
Exit import_network_file(const Request& request);
Exit describe_network(const Request& request);
Exit list_models(const Request& request);
Exit print_schema(const Request& request);
Exit run_benchmarks(const Request& request);
Exit run_validation(const Request& request);
Exit choose_accounts(const Request& request);
Exit write_starter(const Request& request);

}  // namespace passalong
