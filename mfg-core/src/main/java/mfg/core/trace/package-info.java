/**
 * Functions of arrays, recorded once and played on primitive arrays: what takes the engine a call of some microseconds for every
 * operation takes a few nanoseconds here.
 *
 * <p>Read {@link mfg.core.trace.TracedFunction} first. A {@code TracedArray} writes its operations down in a {@code Recorder},
 * {@code Fusion} joins what can be one sum of products, {@code Compiler} gives everything a place in one array and makes
 * {@code Instruction}s, and a {@link mfg.core.trace.Machine} plays them, forward and in reverse.
 */
@NullMarked
package mfg.core.trace;

import org.jspecify.annotations.NullMarked;
