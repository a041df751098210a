/**
 * Games whose players have names, and how near they are to a game whose players have none (SYMM): {@link
 * mfg.core.symmetry.NamedGame} is played by {@code N} who differ, {@link mfg.core.symmetry.InducedGame} is the mean-field
 * game that stands for them, and {@link mfg.core.symmetry.Asymmetry} says how far apart the two are.
 */
@NullMarked
package mfg.core.symmetry;

import org.jspecify.annotations.NullMarked;
