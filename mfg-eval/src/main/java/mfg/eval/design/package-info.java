/**
 * Designing the rules of a game: a {@link mfg.eval.design.Setting} and options make a {@link mfg.eval.design.DesignConfig},
 * {@link mfg.eval.design.DesignRun} trains it and keeps everything in a {@link mfg.eval.design.RunDirectory}; a
 * {@link mfg.eval.design.RunGrid} does so for many at a time.
 */
@NullMarked
package mfg.eval.design;

import org.jspecify.annotations.NullMarked;
