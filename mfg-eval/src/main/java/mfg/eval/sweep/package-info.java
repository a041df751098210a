/** Grids of runs from a file. */
@NullMarked
package mfg.eval.sweep;

import org.jspecify.annotations.NullMarked;
