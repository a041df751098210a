/** What taxis earn in each zone, by what a run has learned ({@link mfg.eval.taxi.ZoneTrial}) or by a script. */
@NullMarked
package mfg.eval.taxi;

import org.jspecify.annotations.NullMarked;
