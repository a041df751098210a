/** The commands: thin. Options make a configuration, a run makes a result, and that is told. */
@NullMarked
package mfg.eval.command;

import org.jspecify.annotations.NullMarked;
