/**
 * Designing the rules of a game: {@link mfg.eval.design.DesignConfig} says how, {@link mfg.eval.design.DesignTask} trains,
 * {@link mfg.eval.design.DesignReport} looks at the design before and after, {@link mfg.eval.design.DesignView} shows it.
 */
@NullMarked
package mfg.eval.design;

import org.jspecify.annotations.NullMarked;
