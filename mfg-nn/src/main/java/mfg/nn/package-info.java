/**
 * Neural mechanisms as DJL blocks, and the engine's automatic differentiation behind one class ({@link mfg.nn.Autodiff}).
 */
@NullMarked
package mfg.nn;

import org.jspecify.annotations.NullMarked;
