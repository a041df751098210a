package mfg.core.catalogue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What users call a game, mechanism, solver or method, where that is not its class's name in lower case with hyphens. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {
    /**
     * Gives the name.
     *
     * @return letters, digits and hyphens
     */
    String value();
}
