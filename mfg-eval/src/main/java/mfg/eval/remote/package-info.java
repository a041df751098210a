/** What another machine does for a grid: kinds of run by name, one run from bytes to bytes. */
@NullMarked
package mfg.eval.remote;

import org.jspecify.annotations.NullMarked;
