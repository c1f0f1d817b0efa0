// Names here are stable: those of values are those of the reckonings (models/ODD.md, Explanations).
#include <cmath>

#include "sim/cli/explain.hpp"

namespace passalong {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json json_of(const std::vector<Term>& terms) {
  Json object = Json::object();
  for (const Term& t : terms) object[t.name] = number(t.value);
  return object;
}

Json json_of(const Reckoning& r) {
  static constexpr const char* forms[] = {"given", "sum", "product"};
  Json object{{"name", r.name}, {"value", number(r.value)}};
  if (!r.terms.empty()) object["form"] = forms[static_cast<int>(r.form)], object["terms"] = json_of(r.terms);
  if (!std::isnan(r.before)) object["before"] = r.before;
  if (!std::isnan(r.drawn)) object["drawn"] = r.drawn, object["happens"] = r.drawn < r.value;
  return object;
}

Json json_of(const Moment& m, const Played& played) {
  static constexpr const char* kinds[] = {"sight", "ordinary_sight", "review", "step"};
  const bool sight = m.kind == Moment::Kind::sight, ordinary = m.kind == Moment::Kind::ordinary;
  Json object{{"event", kinds[static_cast<int>(m.kind)]},
              {"tick", m.tick},
              {"day", played.day_of(m.tick)},
              {"account", played.name_of(m.account)},
              {"author", played.name_of(m.post.author)}};
  if (sight || ordinary) {
    object.update({{"post", played.post_name(m.post)},
                   {"kind", post_kind_names[static_cast<int>(m.content.kind)]},
                   {"topic", m.content.topic + 1},
                   {"quality", m.content.value},
                   {"pitch", m.content.pitch},
                   {"routine", m.content.routine},
                   {"age_hours", m.age * played.tick_hours},
                   {"from", played.name_of(m.from)},
                   {"copies", m.copies},
                   {"first_sight", m.fresh},
                   {"follows_author", m.follows},
                   {"shares", m.shares},
                   {"too_late", sight && m.would_share && !m.shares}});
    if (m.shares) object["appears_on_day"] = played.day_of(m.tick + m.delay);
  }
  if (sight) object.update({{"checks", m.check}, {"adopts", m.adopt}, {"follows", m.follow}});
  if (m.kind == Moment::Kind::review)
    object.update({{"leaves", m.leave}, {"becomes_client", m.stay}, {"adopts", m.adopt}});
  if (m.kind == Moment::Kind::step)
    object.update({{"mechanism", m.mechanism}, {"what", m.event}, {"follows", m.follow}, {"leaves", m.leave}});
  if (m.leave) object["cause"] = cause_name(m.cause);
  object["reckonings"] = Json::array();
  for (const Reckoning& r : m.reckonings) object["reckonings"].push_back(json_of(r));
  return object;
}

Json json_of(const Happening& h, const Played& played) {
  static constexpr const char* words[] = {"posts",  "shares", "follows", "unfollows",
                                          "checks", "adopts", "client",  "deed"};
  return {{"event", words[static_cast<int>(h.what)]},
          {"tick", h.tick},
          {"day", played.day_of(h.tick)},
          {"account", played.name_of(h.account)},
          {"author", played.name_of(h.author)},
          {"number", h.ordinal}};
}

Json begun(const Played& played) {
  return {{"schema", 1},
          {"strategy", played.strategy},
          {"replicate", played.replicate},
          {"checked",
           {{"identical", played.rows_checked > 0 ? Json(true) : Json(nullptr)},
            {"series", played.series_checked},
            {"rows", played.rows_checked}}},
          {"days", played.day_of(played.ticks)},
          {"tick_hours", played.tick_hours}};
}

Json json_of(const Bond& b) {
  Json object{{"posts", b.posts},
              {"seen", b.seen},
              {"shared", b.shared},
              {"checks", b.checks},
              {"adoptions", b.adoptions},
              {"clients", b.clients},
              {"times_followed", b.followed},
              {"times_left", b.left},
              {"followed_at_start", b.at_start},
              {"follows_at_end", b.at_end}};
  object["left_on_day"] = b.left > 0 ? Json(b.last_left) : Json(nullptr);
  object["left_because_of"] = b.left > 0 ? Json(cause_name(b.cause)) : Json(nullptr);
  return object;
}

}  // namespace

Json story_json(const AccountStory& story) {
  Json object = begun(story.played);
  object["account"] = story.label;
  object["traits"] = json_of(story.traits);
  for (std::size_t k = 0; k < story.bonds.size(); ++k)
    if (story.asked_about(k)) object["summary"][story.played.authors[k]] = json_of(story.bonds[k]);
  object["ordinary_seen"] = story.ordinary_seen, object["ordinary_shared"] = story.ordinary_shared;
  object["events"] = Json::array();
  for (const Occurrence& o : story.occurrences)
    object["events"].push_back(o.moment ? json_of(*o.moment, story.played) : json_of(*o.happening, story.played));
  return object;
}

Json story_json(const PostStory& story) {
  const Played& played = story.played;
  Json object = begun(played);
  object.update({{"post", story.name},
                 {"author", story.author},
                 {"number", story.post.ordinal},
                 {"row", story.row ? Json(*story.row) : Json(nullptr)},
                 {"kind", post_kind_names[static_cast<int>(story.content.kind)]},
                 {"topic", story.content.topic + 1},
                 {"quality", story.content.value},
                 {"born_on_day", played.day_of(story.born)},
                 {"whole", story.whole},
                 {"deliveries", story.deliveries},
                 {"impressions", story.impressions},
                 {"shares", story.shares},
                 {"size", story.shares + 1},
                 {"depth", story.depth}});
  const auto list = [&](const char* name, const auto& items, const auto& one) {
    Json all = Json::array();
    for (const auto& item : items) all.push_back(one(item));
    object[name] = std::move(all);
  };
  list("by_day", story.days, [](const PostDay& d) {
    return Json{{"day", d.day}, {"deliveries", d.deliveries}, {"impressions", d.impressions}, {"shares", d.shares}};
  });
  list("cascade", story.copies, [&](const Copy& c) {
    return Json{{"account", played.name_of(c.sharer)},
                {"through", c.sharer == c.through ? Json(nullptr) : Json(played.name_of(c.through))},
                {"tick", c.tick},
                {"day", played.day_of(c.tick)},
                {"followers", c.followers}};
  });
  object["sharing_readers"] = story.sharing_readers, object["other_readers"] = story.other_readers;
  list("means", story.means, [](const Mean& m) {
    return Json{{"name", m.name}, {"sharers", number(m.sharers)}, {"others", number(m.others)}};
  });
  list("reasons", story.reasons, [](const Reason& r) { return Json{{"reason", r.text}, {"readers", r.readers}}; });
  list("events", story.sharers, [&](const Moment& m) { return json_of(m, played); });
  return object;
}

}  // namespace passalong
