/** The paper's figures and tables, each a {@link mfg.eval.reproduce.Figure} but for Table 2, and the page of results. */
@NullMarked
package mfg.eval.reproduce;

import org.jspecify.annotations.NullMarked;
