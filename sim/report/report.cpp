// The page around its data: a head whose policy allows this script, this style and nothing else; what those without
// scripts see; the data; the script.
#include "sim/report/report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/experiment/moments.hpp"
#include "sim/experiment/wording.hpp"
#include "sim/output/output.hpp"
#include "sim/report/course.hpp"
#include "sim/report/markup.hpp"
#include "sim/report/page_assets.hpp"
#include "sim/report/page_data.hpp"

namespace passalong {
namespace {
int nibble(char hex) { return hex <= '9' ? hex - '0' : hex - 'a' + 10; }

// SHA-256 as Content-Security-Policy writes it.
std::string hash_source(std::string_view text) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string hex = sha256_hex(text) + "0000", base64;  // 32 bytes and, for a whole group of three, a 33rd
  for (std::size_t i = 0; i + 3 <= 66; i += 3) {        // three hex digits are two letters
    const int bits = nibble(hex[i]) << 8 | nibble(hex[i + 1]) << 4 | nibble(hex[i + 2]);
    base64 += letters[bits >> 6], base64 += letters[bits & 63];
  }
  base64.back() = '=';
  return "'sha256-" + base64 + "'";
}

std::string policy(bool live) {
  static const std::string script = hash_source(page_script), style = hash_source(page_style);
  return fmt::format(
      "default-src 'none'; script-src {}; style-src {}; img-src data:{}; base-uri 'none'; form-action 'none'", script,
      style, live ? "; connect-src 'self'" : "");
}

std::string write_head(const std::string& title, bool live) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"{}>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n",
      live ? " data-live" : "", policy(live), escape_html(title), page_style);
}

std::string write_row(const Course& course, std::size_t row) {
  std::string html =
      fmt::format("<tr><th scope=\"row\">{}{}</th>", escape_html(course.label), course.total ? ", in total" : "");
  for (std::size_t arm = 0; arm < course.values.size(); ++arm) {
    const Estimate e = mean_interval(course.over_replicates(arm, row));
    const bool share = course.unit == "1" && course.name.ends_with("_share");
    html += "<td>" + (share ? share_text(e.mean) : readable(e.mean));
    if (std::isfinite(e.ci.low))
      html += fmt::format(" <small>{}</small>",
                          share ? share_text(e.ci.low) + " to " + share_text(e.ci.high) : readable(e.ci));
    html += "</td>";
  }
  return html + "</tr>\n";
}

std::string write_table(const Result& given) {
  const Armed armed(given);
  const Result& result = armed.result();
  const auto courses = courses_of(result);
  if (courses.empty() || result.time.empty()) return {};
  std::string html = fmt::format(
      "<table><caption>Day {:g}: {}</caption><thead><tr><th></th>", result.time.back(),
      result.replicate_count() > 1 ? "means over the replicates, with 95 % intervals" : "the one replicate there is");
  for (const std::string& name : result.arms()) html += fmt::format("<th scope=\"col\">{}</th>", escape_html(name));
  html += "</tr></thead><tbody>\n";
  for (const Course& course : courses) html += write_row(course, result.time.size() - 1);
  return html + "</tbody></table>\n";
}

std::string write_plain(const PageData& data, const Result& result) {
  std::string html = fmt::format("<noscript><main class=\"plain\"><h1>{}</h1>\n<p>{}</p>\n", escape_html(data.title),
                                 escape_html(data.summary));
  if (!data.notice.empty()) html += fmt::format("<p><b>{}</b></p>\n", escape_html(data.notice));
  html += "<p><b>";
  for (const std::string& sentence : data.verdict) html += escape_html(sentence) + " ";
  html +=
      "</b></p>\n<p>The charts of this page need JavaScript, which is switched off here; these are the figures behind "
      "them.</p>\n";
  return html + write_table(result) +
         fmt::format("<p>{}<br>digest {}</p></main></noscript>\n", escape_html(result.text_of("history")),
                     escape_html(result.digest));
}

std::string write_licences() {
  return fmt::format("<details class=\"licences\"><summary>Software in this page</summary><pre>{}</pre></details>\n",
                     escape_html(page_licences));
}
}  // namespace

std::string report_html(const Result& result, const std::vector<Variation>& variations) {
  const PageData data = make_page_data(result, variations, {});
  std::string html = write_head(data.title, false) + write_plain(data, result);
  html += "<div id=\"page\"></div>\n" + write_licences();
  html += "<script type=\"application/json\" id=\"data\">" + data.json + "</script>\n<script>";
  html += page_script;
  return html + "</script>\n</body>\n</html>\n";
}

std::string live_page_html() {
  std::string html = write_head("passalong, running", true);
  html += "<noscript><p>This page draws a run while it goes on, for which it needs JavaScript.</p></noscript>\n";
  html += "<div id=\"page\"></div>\n" + write_licences() + "<script>";
  html += page_script;
  return html + "</script>\n</body>\n</html>\n";
}

std::string live_page_policy() { return policy(true); }

}  // namespace passalong
