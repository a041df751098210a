/** The command line, {@link mfg.eval.Main}; a package below for each kind of command. */
@NullMarked
package mfg.eval;

import org.jspecify.annotations.NullMarked;
