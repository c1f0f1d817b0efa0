# Writes the source behind sim/base/version.hpp; run at each build, touches the file only when its text changes.
# Needs VERSION, SOURCE (the repository) and OUTPUT.
set(commit unknown)
if(EXISTS ${SOURCE}/.git)  # a tarball has none, even one unpacked inside another repository
  execute_process(
    COMMAND git -c safe.directory=${SOURCE} -C ${SOURCE} describe --always --abbrev=40 --dirty --exclude=*
    OUTPUT_VARIABLE described ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${described})
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "sim/base/version.hpp"

namespace passalong {

const char* version() { return "@VERSION@"; }
const char* git_commit() { return "@commit@"; }

}  // namespace passalong
]])
