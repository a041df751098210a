package mfg.core.kernel;

import mfg.core.InvalidInputException;

/** Picks kernels once, when they are first asked for. */
final class Choice {

    static final Kernels<float[]> FLOATS = choose("FloatVectors", new FloatLoops());
    static final Kernels<double[]> DOUBLES = choose("DoubleVectors", new DoubleLoops());

    private Choice() {}

    /** By name, for the class cannot be loaded without the module. */
    @SuppressWarnings("unchecked")
    private static <F> Kernels<F> vectors(String name) {
        try {
            return (Kernels<F>) Class.forName(Choice.class.getPackageName() + "." + name)
                    .asSubclass(Kernels.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <F> Kernels<F> choose(String name, Kernels<F> loops) {
        String wish = System.getProperty("mfg.kernels", "auto");
        boolean offered = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return switch (wish) {
            case "auto" -> offered ? vectors(name) : loops;
            case "loops" -> loops;
            case "vector" -> {
                if (!offered) {
                    throw new InvalidInputException(
                            "mfg.kernels=vector needs a JVM started with --add-modules jdk.incubator.vector");
                }
                yield vectors(name);
            }
            default -> throw new InvalidInputException("mfg.kernels must be auto, loops or vector, not " + wish);
        };
    }
}
