/**
 * What a game says of itself so that every command can use it: its name, its parameters, what its states are called. {@link
 * mfg.core.catalogue.Game} is the start; what a game can do is what else it implements, {@link
 * mfg.core.catalogue.SolvableGame}, {@link mfg.core.catalogue.DesignableGame}, {@link mfg.core.catalogue.CrowdGame}.
 */
@NullMarked
package mfg.core.catalogue;

import org.jspecify.annotations.NullMarked;
