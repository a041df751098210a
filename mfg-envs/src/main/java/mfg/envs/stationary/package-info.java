/**
 * The stationary discounted games of Bench-MFG, from its definitions and configurations: one policy for all time, in a population at
 * rest. Where Bench-MFG rounds probabilities, because it draws the number of a noise, the probabilities themselves stand here.
 */
@NullMarked
package mfg.envs.stationary;

import org.jspecify.annotations.NullMarked;
