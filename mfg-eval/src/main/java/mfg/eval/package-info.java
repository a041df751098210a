/**
 * The command line and what it runs: {@link mfg.eval.Main} parses, {@link mfg.eval.DesignRun} designs the incentives of a
 * {@link mfg.eval.Setting} and keeps everything in a {@link mfg.eval.RunDirectory}.
 */
@NullMarked
package mfg.eval;

import org.jspecify.annotations.NullMarked;
