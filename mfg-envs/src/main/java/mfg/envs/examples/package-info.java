/**
 * Small games from the literature, as examples of how short a game is. Other libraries computed figures for them, which the
 * tests hold this project to.
 */
@NullMarked
package mfg.envs.examples;

import org.jspecify.annotations.NullMarked;
