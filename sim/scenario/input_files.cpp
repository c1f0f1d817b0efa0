// Texts in the places of files; what else may be wrong there is for the reader to tell.
#include "sim/scenario/input_files.hpp"

#include "sim/scenario/tree.hpp"

namespace passalong {
namespace {

void add_file(std::vector<InputFile>& files, const Node& table, const std::string& path, const char* key) {
  const Node::Entry* entry = table.find(key);
  if (entry != nullptr && !entry->value.text.empty()) files.push_back({path + "." + key, entry->value.text});
}

void add_calendar(std::vector<InputFile>& files, const Node& policy, const std::string& kind) {
  const Node::Entry* posts = policy.find("posts");
  const Node::Entry* name = policy.find("name");
  if (posts == nullptr || name == nullptr || posts->value.kind != Node::Kind::table) return;
  add_file(files, posts->value, kind + ".\"" + name->value.text + "\".posts", "file");
}

}  // namespace

std::vector<InputFile> input_files(const std::string& text, const std::string& path) {
  const Document document = parse_document(text, path);
  std::vector<InputFile> files;
  if (const Node::Entry* network = document.root.find("network"))
    for (const char* key : {"file", "attributes"}) add_file(files, network->value, "network", key);
  for (const char* kind : {"strategy", "brand"})
    if (const Node::Entry* policies = document.root.find(kind))
      for (const Node& policy : policies->value.items) add_calendar(files, policy, kind);
  return files;
}

}  // namespace passalong
