/** How fast the inner loops of {@link mfg.core.kernel} are. Run by hand; see the README beside. */
package mfg.benchmarks;
