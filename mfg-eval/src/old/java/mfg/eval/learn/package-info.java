/**
 * Learning to play from simulated play: a {@link mfg.eval.learn.CrowdSetting} and options make a {@link
 * mfg.eval.learn.LearnConfig}, {@link mfg.eval.learn.LearnRun} learns and keeps everything in a folder.
 */
@NullMarked
package mfg.eval.learn;

import org.jspecify.annotations.NullMarked;
