#include "base/cpu.h"

#include <stdatomic.h>

static atomic_int limit = CPU_AVX512;

enum cpu_simd
cpu_has(void)
{
#if defined(__x86_64__)
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
	    !__builtin_cpu_supports("popcnt"))
		return CPU_PORTABLE;
	return __builtin_cpu_supports("avx512f") &&
			       __builtin_cpu_supports("avx512bw") &&
			       __builtin_cpu_supports("avx512vl") &&
			       __builtin_cpu_supports("avx512vbmi2")
		       ? CPU_AVX512
		       : CPU_AVX2;
#elif defined(__aarch64__)
	return CPU_NEON;
#else
	return CPU_PORTABLE;
#endif
}

enum cpu_simd
cpu_simd(void)
{
	const enum cpu_simd has = cpu_has();
	const int most = atomic_load_explicit(&limit, memory_order_relaxed);

	return (int)has < most ? has : (enum cpu_simd)most;
}

void
cpu_limit(enum cpu_simd most)
{
	atomic_store_explicit(&limit, (int)most, memory_order_relaxed);
}
