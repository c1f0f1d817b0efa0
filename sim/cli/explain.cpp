// passalong explain: one account or one post of a result, tick by tick, with the terms of each decision.
#include "sim/cli/explain.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

void check_question(const Request& request) {
  if (request.account.empty() && request.post.empty())
    throw Failure(Exit::usage, "whom to explain: an account or a post?",
                  "--account ID, --account leaver, or --post N, a row of /posts");
  if (!request.account.empty() && !request.post.empty())
    throw Failure(Exit::usage, "--account and --post: one at a time", "ask twice");
  if (!request.post.empty() && request.post.find(':') == request.post.npos &&
      (!request.strategy.empty() || request.replicate))
    throw Failure(Exit::usage, "--post: a row of /posts says whose it is: --strategy and --replicate do not apply",
                  "or name it as strategy:replicate:number");
  if (!request.post.empty() && request.from)
    throw Failure(Exit::usage, "--from: a post is told from its birth on", "--to may end its story earlier");
  if (request.from && request.to && *request.to < *request.from)
    throw Failure(Exit::usage, fmt::format("--to {:g} is before --from {:g}", *request.to, *request.from));
}

Question question_of(const Request& request) {
  return {.file = request.file(),
          .account = request.account,
          .post = request.post,
          .strategy = request.strategy,
          .replicate = request.replicate,
          .from = request.from,
          .to = request.to,
          .inputs = request.inputs,
          .threads = request.threads == 0 ? hardware_threads() : request.threads};
}

template <class Story>
void tell(const Story& story, const Request& request) {
  print(request.json ? to_text(story_json(story))
                     : story_text(story, static_cast<std::size_t>(terminal_width(STDOUT_FILENO))));
}

}  // namespace

Exit explain_result(const Request& request) {
  check_question(request);
  const Result result = read_result(request.file());
  if (request.post.empty())
    tell(explain_account(result, question_of(request)), request);
  else
    tell(explain_post(result, question_of(request)), request);
  return Exit::ok;
}

}  // namespace passalong
