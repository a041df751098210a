/**
 * What runs leave behind and show: tables, configurations and charts as files, progress and failures on the terminal.
 * Nothing here knows what a run is.
 */
@NullMarked
package mfg.eval.io;

import org.jspecify.annotations.NullMarked;
