/** Solvers held against each other, over many games: several in one chart, tuned, and all of them by all games. */
@NullMarked
package mfg.eval.contest;

import org.jspecify.annotations.NullMarked;
