/**
 * Games of players who are almost alike (SYMM App. E.2), each a small class, and how they are played: by {@link
 * mfg.envs.symmetry.CrowdSimulation}, with {@link mfg.envs.symmetry.Policies}, into a {@link mfg.envs.symmetry.Trajectory}.
 */
@NullMarked
package mfg.envs.symmetry;

import org.jspecify.annotations.NullMarked;
