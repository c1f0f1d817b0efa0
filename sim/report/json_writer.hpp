// Writes one JSON text from front to back, safe to stand inside a script element of an HTML page: `<` is escaped, and
// what is not finite is null.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace passalong {

// Digits that show on the page and a few more: whole numbers from 1,000 on to a tenth, others to six digits.
std::string json_number(double value);
std::string json_exact(double value);            // so many digits that rounding it once more does not show
std::string json_string(std::string_view text);  // quoted; what is not UTF-8 becomes U+FFFD

class JsonWriter {
 public:
  JsonWriter& open_object() { return open('{'); }
  JsonWriter& close_object() { return close('}'); }
  JsonWriter& open_array() { return open('['); }
  JsonWriter& close_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& value(double number) { return put(json_number(number)); }
  JsonWriter& value(int number) { return put(std::to_string(number)); }
  JsonWriter& value(long number) { return put(std::to_string(number)); }
  JsonWriter& value(unsigned long number) { return put(std::to_string(number)); }
  JsonWriter& value(bool truth) { return put(truth ? "true" : "false"); }
  JsonWriter& value(std::string_view text) { return put(json_string(text)); }
  JsonWriter& value(const std::string& text) { return put(json_string(text)); }
  JsonWriter& value(const char* text) { return put(json_string(text)); }
  JsonWriter& exact(double number) { return put(json_exact(number)); }
  JsonWriter& null() { return put("null"); }

  template <class T>
  JsonWriter& value(const std::vector<T>& values) {
    open_array();
    for (const T& v : values) value(v);
    return close_array();
  }
  template <class T>
  JsonWriter& field(std::string_view name, const T& what) {
    return key(name).value(what);
  }

  const std::string& text() const { return text_; }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& put(std::string_view token);

  std::string text_;
  bool first_ = true;  // nothing stands yet in the innermost object or array, or its key was just written
};

}  // namespace passalong
