/**
 * Taxis who learn to drive by simulated play: options make a {@link mfg.eval.taxi.TaxiConfig}, {@link mfg.eval.taxi.TaxiRun} learns and
 * keeps everything in a folder.
 */
@NullMarked
package mfg.eval.taxi;

import org.jspecify.annotations.NullMarked;
