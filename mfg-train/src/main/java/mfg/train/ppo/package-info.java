/**
 * Proximal policy optimization (Schulman et al. 2017), in the details of CleanRL: many players who are almost alike learn one policy
 * from simulated play (SYMM Sec. 5). {@link mfg.train.ppo.Ppo} reads downward; {@link mfg.train.ppo.PpoLoss} is the formula.
 */
@NullMarked
package mfg.train.ppo;

import org.jspecify.annotations.NullMarked;
