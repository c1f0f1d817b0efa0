// Texts in the places of files; what else may be wrong there is for the reader to tell.
#include "sim/scenario/input_files.hpp"

#include <algorithm>
#include <cctype>

#include "sim/scenario/changed.hpp"
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

// "'log.csv'" of "'some/folder/log.csv'".
std::string file_alone(const std::string& value) {
  const std::size_t slash = value.rfind('/');
  if (slash == value.npos) return value;
  const std::size_t begin = value.find_first_not_of(" \t\"'");
  return value.substr(0, begin) + value.substr(slash + 1);
}

std::size_t skip(const std::string& text, std::size_t at, const char* what) {
  return std::min(text.find_first_not_of(what, at), text.size());
}

// Where the text in quotes behind `key =` begins, with its quote; npos where this is not that.
std::size_t value_behind(const std::string& text, std::size_t key, std::size_t size) {
  const char before = key == 0 ? ' ' : text[key - 1];
  if (std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_') return text.npos;
  std::size_t at = skip(text, key + size, " \t\"'");
  if (at == text.size() || text[at] != '=') return text.npos;
  at = skip(text, at + 1, " \t");
  return at < text.size() && (text[at] == '"' || text[at] == '\'') ? at : text.npos;
}

// Of each file in the tables of a value.
void cut_folders(std::string& text, const std::string& key) {
  for (std::size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
    const std::size_t open = value_behind(text, at, key.size());
    const std::size_t close = open == text.npos ? open : text.find(text[open], open + 1);
    if (close != text.npos) text.replace(open, close - open, file_alone(text.substr(open, close - open)));
  }
}

}  // namespace

std::string without_folder(const std::string& change) {
  const std::size_t equals = find_equals(change);
  if (equals == change.npos) return change;
  const std::string key = key_of_change(change);
  std::string value = change.substr(equals + 1);
  if (key.ends_with(".file") || key == "network.attributes")
    value = file_alone(value);
  else
    for (const char* name : {"file", "attributes"}) cut_folders(value, name);
  return change.substr(0, equals + 1) + value;
}

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
