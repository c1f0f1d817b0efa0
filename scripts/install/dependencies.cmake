# What the library links. Read by the build and, once installed, by find_package(passalong).
find_package(Threads REQUIRED)
find_package(Eigen3 3.4 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt 9 REQUIRED)
if(PASSALONG_PARALLEL STREQUAL "tbb")
  find_package(TBB 2021 REQUIRED)
endif()

# The HTTP library, which knows pkg-config alone.
find_package(PkgConfig REQUIRED)
if(NOT TARGET passalong_httplib)
  pkg_check_modules(PASSALONG_HTTPLIB REQUIRED IMPORTED_TARGET GLOBAL cpp-httplib>=0.11)
  add_library(passalong_httplib INTERFACE IMPORTED GLOBAL)
  target_link_libraries(passalong_httplib INTERFACE PkgConfig::PASSALONG_HTTPLIB)
endif()

# HDF5 by its full name: plain 'hdf5' turns into the MPI build as soon as that is installed.
if(NOT TARGET passalong_hdf5)
  pkg_check_modules(PASSALONG_HDF5 REQUIRED IMPORTED_TARGET GLOBAL hdf5-serial)
  find_library(PASSALONG_HDF5_HL hdf5_hl PATHS ${PASSALONG_HDF5_LIBRARY_DIRS} NO_DEFAULT_PATH REQUIRED)
  add_library(passalong_hdf5 INTERFACE IMPORTED GLOBAL)
  target_link_libraries(passalong_hdf5 INTERFACE ${PASSALONG_HDF5_HL} PkgConfig::PASSALONG_HDF5)
endif()
