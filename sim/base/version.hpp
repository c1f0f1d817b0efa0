// Which program this is. The build writes the source: the commit is read anew at each build.
#pragma once

namespace passalong {

const char* version();     // "0.1.0"
const char* git_commit();  // 40 digits, "-dirty" behind them where the tree differs from it; "unknown" without git

}  // namespace passalong
