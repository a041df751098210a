/** A design among finitely many players. */
@NullMarked
package mfg.eval.players;

import org.jspecify.annotations.NullMarked;
