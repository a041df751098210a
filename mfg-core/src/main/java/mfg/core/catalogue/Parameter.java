package mfg.core.catalogue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A number, text or choice that a user may set, described where it is declared: its option, its entry in a configuration file,
 * its bounds and its line of help all come from here. {@code int hiddenWidth} is {@code --hidden-width} and {@code hiddenWidth}.
 *
 * <p>In a record it stands at a component, with the default in {@link #value}. In other classes it stands at a field that is
 * neither final nor private, whose initial value is the default. Types are int, long, double, boolean, String, enums, lists of
 * numbers, and interfaces for a choice among things with parameters of their own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Parameter {
    /**
     * Says what it is.
     *
     * @return one line of help
     */
    String about();

    /**
     * Gives the default of a record's component, or of a choice.
     *
     * @return as a user would write it
     */
    String value() default "";

    /**
     * Bounds a number from below.
     *
     * @return the least
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * Bounds a number from below, itself excluded.
     *
     * @return what it must be above
     */
    double above() default Double.NEGATIVE_INFINITY;

    /**
     * Bounds a number from above.
     *
     * @return the most
     */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * Lists the words that a text may be.
     *
     * @return all of them; none for any text
     */
    String[] oneOf() default {};

    /**
     * Says, of a command's option, whether a game may have a parameter of the same name, whose value then counts for both.
     *
     * @return false by default: such a game is refused
     */
    boolean shared() default false;
}
