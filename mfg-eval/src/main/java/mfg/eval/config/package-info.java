/**
 * Configurations: records whose components are {@link mfg.core.catalogue.Parameter}s, other records, or choices among things that have
 * parameters of their own. Options, files, the names in a sweep and help all come from them: {@link mfg.eval.config.Slot} is one
 * parameter, {@link mfg.eval.config.Binder} makes a configuration of texts, {@link mfg.eval.config.Tree} shows it.
 */
@NullMarked
package mfg.eval.config;

import org.jspecify.annotations.NullMarked;
