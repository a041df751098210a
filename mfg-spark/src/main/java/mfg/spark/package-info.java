/** Grids of runs on Apache Spark. */
@NullMarked
package mfg.spark;

import org.jspecify.annotations.NullMarked;
