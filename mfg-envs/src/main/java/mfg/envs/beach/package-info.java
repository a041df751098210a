/** A beach with a bar, and a designer who sets the price of each spot (AMID Sec. 4, App. F.1). */
@NullMarked
package mfg.envs.beach;

import org.jspecify.annotations.NullMarked;
