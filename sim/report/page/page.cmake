# Makes page_assets.cpp of the page's script and style. The packages it needs are installed once, in the build folder, and
# again only where the lock file has changed; afterwards no network is needed.
set(PASSALONG_NODE_MODULES "" CACHE PATH
  "Where the packages of sim/report/page are installed already, for builds without a network; empty: npm installs them")

find_program(PASSALONG_NODE NAMES node nodejs)
find_program(PASSALONG_NPM NAMES npm)
set(page_way_out "scripts/install_dependencies installs it (Debian: apt-get install nodejs npm)")
if(NOT PASSALONG_NODE)
  message(FATAL_ERROR "Node.js was not found; the report's page is bundled with it. ${page_way_out}")
endif()
execute_process(COMMAND ${PASSALONG_NODE} --version OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REGEX REPLACE "^v" "" node_version "${node_version}")
if(node_version VERSION_LESS 18)
  message(FATAL_ERROR "${PASSALONG_NODE} is version '${node_version}'; the report's page needs 18 or newer. ${page_way_out}")
endif()
if(NOT PASSALONG_NPM AND NOT PASSALONG_NODE_MODULES)
  message(FATAL_ERROR "npm was not found; it installs what the report's page is made of. ${page_way_out}. "
    "Or name packages that are there: -DPASSALONG_NODE_MODULES=DIR/node_modules")
endif()

set(page_folder ${CMAKE_CURRENT_LIST_DIR})
set(page_build ${PROJECT_BINARY_DIR}/page)
set(page_assets ${page_build}/page_assets.cpp)
if(PASSALONG_NODE_MODULES)
  set(page_modules ${PASSALONG_NODE_MODULES})
  set(page_installed ${page_modules}/esbuild/package.json)
else()
  set(page_modules ${page_build}/node_modules)
  set(page_installed ${page_build}/installed)
  add_custom_command(OUTPUT ${page_installed}
    COMMAND ${CMAKE_COMMAND} -E copy ${page_folder}/package.json ${page_folder}/package-lock.json ${page_build}
    COMMAND ${PASSALONG_NPM} ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${page_installed}
    DEPENDS ${page_folder}/package.json ${page_folder}/package-lock.json
    WORKING_DIRECTORY ${page_build}
    COMMENT "Installing the packages of the report's page (needs the network this once)" VERBATIM)
endif()
file(MAKE_DIRECTORY ${page_build})
file(GLOB page_sources CONFIGURE_DEPENDS ${page_folder}/*.js ${page_folder}/*.css)
add_custom_command(OUTPUT ${page_assets}
  COMMAND ${PASSALONG_NODE} ${page_folder}/bundle.mjs ${page_modules} ${page_assets}
  DEPENDS ${page_installed} ${page_folder}/bundle.mjs ${page_sources}
  COMMENT "Bundling the report's page" VERBATIM)
