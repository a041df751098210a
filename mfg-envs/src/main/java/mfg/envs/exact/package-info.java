/**
 * Games whose finite and mean-field versions are both known exactly, without simulation: yardsticks for the rate at which N players
 * come to the mean field.
 */
@NullMarked
package mfg.envs.exact;

import org.jspecify.annotations.NullMarked;
