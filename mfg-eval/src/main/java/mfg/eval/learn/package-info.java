/**
 * Learning to play from simulated play: {@link mfg.eval.learn.LearnConfig} has a game and a {@link mfg.eval.learn.Learner}, each of which
 * makes its task: tables, or networks.
 */
@NullMarked
package mfg.eval.learn;

import org.jspecify.annotations.NullMarked;
