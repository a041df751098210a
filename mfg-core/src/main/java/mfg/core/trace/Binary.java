package mfg.core.trace;

import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function of two numbers. Where it has no derivative, the engine's convention holds. Sums, differences and products are
 * {@link Operation.Product}s.
 *
 * @param name what tells it from others
 * @param value {@code y = f(a, b)}
 * @param first the derivative by a; null where nothing flows back
 * @param second the derivative by b; null where nothing flows back
 */
record Binary(
        String name,
        DoubleBinaryOperator value,
        @Nullable Slope first,
        @Nullable Slope second) {

    /** A derivative at a and b, where the value is y. */
    interface Slope {
        double at(double a, double b, double y);
    }

    static final Binary DIVIDE = new Binary("divide", (a, b) -> a / b, (a, b, y) -> 1 / b, (a, b, y) -> -y / b);

    static final Binary POWER = new Binary(
            "power",
            Math::pow,
            (a, b, y) -> b == 0 ? 0 : b * Math.pow(a, b - 1),
            (a, b, y) -> a == 0 && b >= 0 ? 0 : y * Math.log(a));

    /** {@code a log b}, 0 where a is 0. */
    static final Binary XLOGY = new Binary(
            "xlogy",
            (a, b) -> a == 0 && !Double.isNaN(b) ? 0 : a * Math.log(b),
            (a, b, y) -> a == 0 && b <= 0 ? 0 : Math.log(b),
            (a, b, y) -> a / b);

    /** Where both are equal, half goes to each. */
    static final Binary MAXIMUM = new Binary("maximum", Math::max, (a, b, y) -> share(a, b), (a, b, y) -> share(b, a));

    static final Binary MINIMUM = new Binary("minimum", Math::min, (a, b, y) -> share(b, a), (a, b, y) -> share(a, b));

    /** What is left of a after whole multiples of b, with the sign of b. */
    static final Binary REMAINDER =
            new Binary("remainder", Binary::remainder, (a, b, y) -> 1, (a, b, y) -> -Math.rint((a - y) / b));

    static final Binary ATAN2 =
            new Binary("atan2", Math::atan2, (a, b, y) -> b / (a * a + b * b), (a, b, y) -> -a / (a * a + b * b));

    static final Binary EQUAL = flat("equal", (a, b) -> a == b ? 1 : 0);
    static final Binary UNEQUAL = flat("unequal", (a, b) -> a == b ? 0 : 1);
    static final Binary GREATER = flat("greater", (a, b) -> a > b ? 1 : 0);
    static final Binary AT_LEAST = flat("at least", (a, b) -> a >= b ? 1 : 0);
    static final Binary AND = flat("and", (a, b) -> a != 0 && b != 0 ? 1 : 0);
    static final Binary OR = flat("or", (a, b) -> a != 0 || b != 0 ? 1 : 0);
    static final Binary XOR = flat("xor", (a, b) -> (a != 0) != (b != 0) ? 1 : 0);

    private static Binary flat(String name, DoubleBinaryOperator value) {
        return new Binary(name, value, null, null);
    }

    private static double remainder(double a, double b) {
        double rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    private static double share(double winner, double other) {
        return winner > other ? 1 : winner == other ? 0.5 : 0;
    }
}
