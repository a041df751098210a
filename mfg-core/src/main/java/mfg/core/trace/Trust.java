package mfg.core.trace;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;

/** Holds numbers of what was recorded against those of the engine, which differ by rounding only if all is well. */
public final class Trust {

    /** Beyond this are the values of what is not legal. */
    private static final double OUT_OF_REACH = 1e11;

    private Trust() {}

    /**
     * Compares.
     *
     * @param what the numbers are
     * @param engine the numbers by the engine
     * @param traced the numbers by what was recorded
     * @param type float32 or float64, in which the engine computed
     * @return a sentence with the first two that differ by more than 1e-9 of the largest, 1e-3 in float32, if any do; what is out of
     *     reach is compared with itself alone
     */
    public static Optional<String> doubt(String what, double[] engine, double[] traced, DataType type) {
        double size = Arrays.stream(engine)
                .map(Math::abs)
                .filter(number -> number < OUT_OF_REACH)
                .max()
                .orElse(0);
        for (int i = 0; i < engine.length; i++) {
            double scale = Double.isFinite(engine[i]) ? Math.max(size, Math.abs(engine[i])) : size;
            double tolerance = (type == DataType.FLOAT64 ? 1e-9 : 1e-3) * Math.max(scale, 1e-3);
            boolean same = Double.compare(engine[i], traced[i]) == 0 || Math.abs(engine[i] - traced[i]) <= tolerance;
            if (!same) {
                return Optional.of("%s is %s where it was recorded and %s by the engine; a game must be a pure function"
                        .formatted(what, traced[i], engine[i]));
            }
        }
        return Optional.empty();
    }
}
