/** Charts, pictures and animations. They read what is on disk and write pictures; what computes knows nothing of them. */
@NullMarked
package mfg.eval.view;

import org.jspecify.annotations.NullMarked;
