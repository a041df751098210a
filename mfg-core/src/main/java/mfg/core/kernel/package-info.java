/**
 * The inner loops of the fast auction step, on primitive arrays: exponentials and sums over tables of states and actions, and
 * the matrix products of small networks. {@link mfg.core.kernel.Kernels} says what there is; the loops exist as plain Java
 * and with the Vector API, each for float and double.
 */
@NullMarked
package mfg.core.kernel;

import org.jspecify.annotations.NullMarked;
