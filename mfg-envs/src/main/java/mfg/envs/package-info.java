/** Games to play: {@link mfg.envs.Simulator} is what agents see of one that is simulated, whatever it is. */
@NullMarked
package mfg.envs;

import org.jspecify.annotations.NullMarked;
