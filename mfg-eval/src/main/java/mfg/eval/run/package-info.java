/**
 * What all runs share: a {@link mfg.eval.run.Task} starts, steps and ends; {@link mfg.eval.run.Run} gives it a folder, progress,
 * checkpoints, a way to go on, a result and charts. A {@link mfg.eval.run.RunKind} makes the task of a configuration.
 */
@NullMarked
package mfg.eval.run;

import org.jspecify.annotations.NullMarked;
