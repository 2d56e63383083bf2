/* base/cpu: how wide the vector instructions are that this processor has, and
 * how wide we may use them. Whatever the answer, results are the same: every
 * variant of a function gives what the portable one gives, and tests hold them
 * to it. */
#ifndef TOCSIN_BASE_CPU_H
#define TOCSIN_BASE_CPU_H

/** Ordered: a processor that has one has those before it. */
enum cpu_simd {
	CPU_PORTABLE,        /* plain C */
	CPU_AVX2,            /* AVX2, BMI, POPCNT */
	CPU_NEON = CPU_AVX2, /* its place on ARM: NEON, which is always there */
	CPU_AVX512,          /* AVX-512 F, BW, VL, VBMI2, and all of CPU_AVX2 */
};

/**
 * cpu_has():
 * The widest that the processor and the system have.
 *
 * Cost     A load: the compiler's run-time library asked once.
 */
enum cpu_simd cpu_has(void);

/**
 * cpu_simd():
 * The widest to use: cpu_has(), or less if cpu_limit() says so.
 *
 * Cost     Two loads. To be asked once a text, not once a byte.
 */
enum cpu_simd cpu_simd(void);

/**
 * cpu_limit(most):
 * Use nothing wider than ${most} from now on, in this process and in those
 * that it forks; CPU_AVX512 takes the limit away. For tests, and for whoever
 * mistrusts a processor.
 *
 * The limit is the one variable of the program that is no function's. It is
 * atomic, it is set before the first worker starts, and no result depends on
 * it; handing it down through every recogniser would cost an argument in each
 * signature, for what only speed can tell.
 */
void cpu_limit(enum cpu_simd most);

#endif
