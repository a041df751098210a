/** Measuring time and memory. */
@NullMarked
package mfg.eval.bench;

import org.jspecify.annotations.NullMarked;
