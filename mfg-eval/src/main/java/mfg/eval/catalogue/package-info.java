/** What there is: games and mechanisms, built in, in a jar, or in a user's file of Java. */
@NullMarked
package mfg.eval.catalogue;

import org.jspecify.annotations.NullMarked;
