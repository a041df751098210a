package mfg.core.kernel;

import java.util.List;
import mfg.core.InvalidInputException;

/** Picks kernels. */
final class Choice {

    private static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    /** Plain loops, then vectors where there are any. */
    static final List<Kernels<float[]>> FLOATS = all("FloatVectors", new FloatLoops());

    static final List<Kernels<double[]>> DOUBLES = all("DoubleVectors", new DoubleLoops());

    static final List<Spans> SPANS = all("VectorSpans", new Spans());

    static final List<Products> PRODUCTS = all("VectorProducts", new Products());

    private Choice() {}

    @SuppressWarnings("unchecked")
    private static <K> List<K> all(String name, K loops) {
        return HAS_VECTORS ? List.of(loops, (K) vectors(name)) : List.of(loops);
    }

    /** By name, for the class cannot be loaded without the module. */
    private static Object vectors(String name) {
        try {
            return Class.forName(Choice.class.getPackageName() + "." + name)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is wished for, of all that there is. */
    static <K> K of(List<K> all) {
        String wish = System.getProperty("mfg.kernels", "auto");
        return switch (wish) {
            case "auto" -> all.get(all.size() - 1);
            case "loops" -> all.get(0);
            case "vector" -> {
                if (!HAS_VECTORS) {
                    throw new InvalidInputException(
                            "mfg.kernels=vector needs a JVM started with --add-modules jdk.incubator.vector");
                }
                yield all.get(1);
            }
            default -> throw new InvalidInputException("mfg.kernels must be auto, loops or vector, not " + wish);
        };
    }
}
