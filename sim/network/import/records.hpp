// Records of a table (RFC 4180): fields apart by one separator; a field in double quotes may hold separators, line
// breaks and doubled quotes. Blanks around a field are no part of it.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/import/located.hpp"

namespace passalong {

struct Field {
  std::string_view text;  // without quotes
  const char *from, *to;  // in the block, with them
};

class Record {
 public:
  // Reads the record at `at` and returns the next one's place. The block ends with '\n'. Throws LocalFault where quotes
  // are not closed or stand inside a field.
  const char* read(const BlockText& block, const char* at, char separator);
  const std::vector<Field>& fields() const { return fields_; }
  bool blank() const { return fields_.size() == 1 && fields_[0].from == fields_[0].to; }  // an empty line

 private:
  const char* read_quoted(const BlockText& block, const char* at, char separator);
  const char* read_plain(const BlockText& block, const char* at, char separator);
  std::vector<Field> fields_;
  std::deque<std::string> unescaped_;  // texts of fields with doubled quotes
};

}  // namespace passalong
