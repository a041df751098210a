package mfg.core.trace;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function of one number. Where it has no derivative, the engine's convention holds.
 *
 * @param name what tells it from others
 * @param value {@code y = f(x)}
 * @param slope {@code f'} of x and y; null where it is 0 or nothing flows back
 */
record Unary(
        String name, DoubleUnaryOperator value, @Nullable DoubleBinaryOperator slope) {

    static final Unary EXP = new Unary("exp", Math::exp, (x, y) -> y);
    static final Unary LOG = new Unary("log", Math::log, (x, y) -> 1 / x);
    static final Unary LOG2 = new Unary("log2", x -> Math.log(x) / Math.log(2), (x, y) -> 1 / (x * Math.log(2)));
    static final Unary LOG10 = new Unary("log10", Math::log10, (x, y) -> 1 / (x * Math.log(10)));
    static final Unary SQRT = new Unary("sqrt", Math::sqrt, (x, y) -> 0.5 / y);
    static final Unary ABS = new Unary("abs", Math::abs, (x, y) -> Math.signum(x));
    static final Unary SIN = new Unary("sin", Math::sin, (x, y) -> Math.cos(x));
    static final Unary COS = new Unary("cos", Math::cos, (x, y) -> -Math.sin(x));
    static final Unary TAN = new Unary("tan", Math::tan, (x, y) -> 1 + y * y);
    static final Unary ASIN = new Unary("asin", Math::asin, (x, y) -> 1 / Math.sqrt(1 - x * x));
    static final Unary ACOS = new Unary("acos", Math::acos, (x, y) -> -1 / Math.sqrt(1 - x * x));
    static final Unary ATAN = new Unary("atan", Math::atan, (x, y) -> 1 / (1 + x * x));
    static final Unary SINH = new Unary("sinh", Math::sinh, (x, y) -> Math.cosh(x));
    static final Unary COSH = new Unary("cosh", Math::cosh, (x, y) -> Math.sinh(x));
    static final Unary TANH = new Unary("tanh", Math::tanh, (x, y) -> 1 - y * y);
    static final Unary SIGMOID = new Unary("sigmoid", Unary::sigmoid, (x, y) -> y * (1 - y));
    static final Unary SOFTPLUS =
            new Unary("softplus", x -> x > 20 ? x : Math.log1p(Math.exp(x)), (x, y) -> x > 20 ? 1 : sigmoid(x));
    static final Unary RELU = new Unary("relu", x -> x <= 0 ? 0 : x, (x, y) -> x <= 0 ? 0 : 1); // NaN stays
    static final Unary SIGN = new Unary("sign", x -> x > 0 ? 1 : x < 0 ? -1 : 0, null);
    static final Unary SELU = elu(1.0507009873554805, 1.6732632423543772);
    static final Unary ERF = new Unary("erf", Unary::erf, (x, y) -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x));
    static final Unary GELU = new Unary("gelu", x -> x * normal(x), (x, y) -> normal(x) + x * bell(x));

    /** The length of a vector whose square is x; nothing flows back to the vector 0. */
    static final Unary LENGTH = new Unary("length", Math::sqrt, (x, y) -> y == 0 ? 0 : 0.5 / y);

    static final Unary FLOOR = new Unary("floor", Math::floor, null);
    static final Unary CEIL = new Unary("ceil", Math::ceil, null);
    static final Unary ROUND = new Unary("round", Math::rint, null);
    static final Unary TRUNC = new Unary("trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x), null);
    static final Unary NOT = new Unary("not", x -> x == 0 ? 1 : 0, null);
    static final Unary IS_NAN = new Unary("is NaN", x -> Double.isNaN(x) ? 1 : 0, null);
    static final Unary IS_INFINITE = new Unary("is infinite", x -> Double.isInfinite(x) ? 1 : 0, null);

    /** The number itself, through which nothing flows back. */
    static final Unary HOLD = new Unary("hold", x -> x, null);

    /** Keeps numbers within bounds; the slope at a bound is 1. */
    static Unary clip(double least, double most) {
        return new Unary(
                "clip %s %s".formatted(least, most),
                x -> Math.min(Math.max(x, least), most),
                (x, y) -> x >= least && x <= most ? 1 : 0);
    }

    static Unary leakyRelu(double leak) {
        return new Unary("leakyRelu " + leak, x -> x > 0 ? x : leak * x, (x, y) -> x > 0 ? 1 : leak);
    }

    /** {@code scale * x}, below 0 {@code scale * depth * (e^x - 1)}. */
    static Unary elu(double scale, double depth) {
        return new Unary(
                "elu %s %s".formatted(scale, depth),
                x -> scale * (x > 0 ? x : depth * Math.expm1(x)),
                (x, y) -> scale * (x > 0 ? 1 : depth * Math.exp(x)));
    }

    /** The distribution function of the standard normal distribution. */
    private static double normal(double x) {
        return 0.5 * (1 + erf(x / Math.sqrt(2)));
    }

    private static double bell(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    /** {@code 2 / sqrt(pi) e^(-x^2) sum_n 2^n x^(2n+1) / (1 3 .. (2n+1))}, whose terms have one sign; beyond 6 it is 1. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
