/** The equilibrium of a game whose rules stand. */
@NullMarked
package mfg.eval.solve;

import org.jspecify.annotations.NullMarked;
