// How an explanation is told: to people as text, to scripts as JSON.
#pragma once
#include <string>

#include "sim/cli/json.hpp"
#include "sim/experiment/explanation.hpp"

namespace passalong {

std::string story_text(const AccountStory& story, std::size_t width);
std::string story_text(const PostStory& story, std::size_t width);
Json story_json(const AccountStory& story);
Json story_json(const PostStory& story);

// What both texts have in common.
std::string value_text(double value);                     // 4 digits
std::string clock_text(const Played& played, Tick tick);  // 09:30, of its day
std::string day_text(const Played& played, Tick tick);    // day 12, 09:30
std::string reckoning_text(const Reckoning& reckoning);   // 0.214 = 0.234 value - 0.02 cost
std::string reckonings_text(const Moment& moment, std::size_t margin, std::size_t width);  // one a line, by their names
std::string post_text(const Played& played, const Moment& moment);  // value post pitch:0:25 (topic 3, quality 0.71)
std::string checked_text(const Played& played);

}  // namespace passalong
