# Every target of ours is compiled with these. gcc 12 and clang 14 pass them
# without a warning; see CONTRIBUTING.md.
add_library(toc_flags INTERFACE)
target_include_directories(toc_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(toc_flags INTERFACE
	_GNU_SOURCE TOCSIN_VERSION="${PROJECT_VERSION}")
target_compile_options(toc_flags INTERFACE
	-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
	-Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wwrite-strings
	-Wundef -Wvla -Wformat=2 -Wswitch-enum -Wimplicit-fallthrough
	-Wdouble-promotion -Walloca -Wframe-larger-than=16384
	-fno-strict-aliasing -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.
	-fstack-protector-strong -fstack-clash-protection)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
	target_compile_options(toc_flags INTERFACE
		-Wlogical-op -Wduplicated-cond -Wduplicated-branches
		-Wcast-align=strict)
endif()
if(TOC_WERROR)
	target_compile_options(toc_flags INTERFACE -Werror)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
	target_compile_definitions(toc_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
target_link_options(toc_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# assert() guards our own invariants and stays on in releases.
set(CMAKE_C_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O1 -g")
