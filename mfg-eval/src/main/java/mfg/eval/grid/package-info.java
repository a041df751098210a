/** Many runs: seeds side by side, sweeps. */
@NullMarked
package mfg.eval.grid;

import org.jspecify.annotations.NullMarked;
