package mfg.eval.design;

import ai.djl.ndarray.types.DataType;
import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.train.Adam;
import mfg.train.Adjoint;
import mfg.train.Amid;
import mfg.train.Anneal;
import mfg.train.CheapestAdjoint;
import mfg.train.EverySqrt;
import mfg.train.GradientAscent;
import mfg.train.GradientEstimator;
import mfg.train.Implicit;
import mfg.train.Improvement;
import mfg.train.IncentiveDesign;
import mfg.train.Naive;
import mfg.train.Optimizer;
import mfg.train.Reversible;
import mfg.train.Revolve;
import mfg.train.Sgd;
import mfg.train.StepMethod;
import mfg.train.StoreAll;
import mfg.train.TwoPoint;

/**
 * The resolved configuration of one run of {@code design}: every option, with defaults filled in. Names are those of the
 * command line; a run keeps it as {@code config.yaml}.
 *
 * @param initialValues how many bidders of an auction have each value, to which {@code mu0} is proportional; empty for the
 *     setting's own {@code mu0}
 * @param valuesFrom where they come from, in one line; empty for the setting's own
 * @param radius u of the two-point gradient
 * @param sigma that of annealing
 * @param shares the goods a first-price auction offers by round; empty for equal shares
 * @param reserve the reserve price by round; one number holds for all rounds
 * @param maxPrice the price cap of the beach
 * @param beta the sharpness of the beach's congestion
 * @param draws fresh scenarios per gradient, where a setting draws them
 * @param validationDraws fixed scenarios for validation, where a setting draws them
 * @param threads how many scenarios are computed at a time
 */
public record DesignConfig(
        String setting,
        String mechanism,
        String init,
        int iterations,
        double lr,
        String schedule,
        double clip,
        int innerSteps,
        int validationSteps,
        int longSteps,
        double eta,
        double tau,
        int hidden,
        int horizon,
        int values,
        List<Double> initialValues,
        String valuesFrom,
        long seed,
        String method,
        String step,
        String adjoint,
        String optimizer,
        double radius,
        double sigma,
        String precision,
        String device,
        List<Double> shares,
        List<Double> reserve,
        double maxPrice,
        double beta,
        int draws,
        int validationDraws,
        int validateEvery,
        int checkpointEvery,
        int threads) {

    /** How far to both sides the two-point gradient looks. */
    static final double RADIUS = 1e-2;

    /** How far annealing looks. */
    static final double SIGMA = 1e-3;

    /** What configurations written by earlier versions lack. */
    static final Map<String, ?> YOUNGER = Map.of(
            "initialValues",
            List.of(),
            "valuesFrom",
            "''",
            "step",
            "auto",
            "threads",
            1,
            "optimizer",
            "adam",
            "radius",
            RADIUS,
            "sigma",
            SIGMA);

    public DesignConfig {
        positive("--inner-steps", innerSteps);
        positive("--validation-steps", validationSteps);
        positive("--long-steps", longSteps);
        size("--hidden", hidden, 1);
        size("--horizon", horizon, 1);
        size("--values", values, 2);
        size("--draws", draws, 1);
        size("--validation-draws", validationDraws, 1);
        positive("--validate-every", validateEvery);
        positive("--checkpoint-every", checkpointEvery);
        size("--threads", threads, 1);
        double bidders = initialValues.stream().mapToDouble(x -> x).sum();
        if (!initialValues.isEmpty()
                && (initialValues.size() != values
                        || !initialValues.stream().allMatch(x -> x >= 0)
                        || !(bidders > 0 && bidders < Double.POSITIVE_INFINITY))) {
            throw new InvalidInputException(
                    "initialValues must be %d numbers, not negative and not all 0".formatted(values));
        }
        if (iterations < 0) {
            throw new InvalidInputException("--iterations must be 0 or more, not " + iterations);
        }
        positive("--lr", lr);
        positive("--radius", radius);
        positive("--sigma", sigma);
        if (!(clip > 0)) {
            throw new InvalidInputException("--clip must be positive, not " + clip);
        }
    }

    private static void positive(String option, int value) {
        if (value < 1) {
            throw new InvalidInputException("%s must be at least 1, not %d".formatted(option, value));
        }
    }

    private static void positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new InvalidInputException("%s must be positive, not %s".formatted(option, value));
        }
    }

    static void size(String option, int value, int least) {
        if (value < least || value > 1_000_000) {
            throw new InvalidInputException(
                    "%s must be between %d and 1000000, not %d".formatted(option, least, value));
        }
    }

    /** {@code mu0} over values, where it is not the setting's own. */
    double[] mu0() {
        double bidders = initialValues.stream().mapToDouble(x -> x).sum();
        return initialValues.stream().mapToDouble(x -> x / bidders).toArray();
    }

    public OnlineMirrorDescent descent() {
        return new OnlineMirrorDescent(eta, tau);
    }

    public DataType type() {
        return switch (precision) {
            case "float32" -> DataType.FLOAT32;
            case "float64" -> DataType.FLOAT64;
            default -> throw new InvalidInputException("--precision must be float32 or float64, not " + precision);
        };
    }

    public StepMethod stepMethod() {
        return stepMethod(step);
    }

    public static StepMethod stepMethod(String step) {
        return switch (step) {
            case "auto" -> StepMethod.AUTO;
            case "fast" -> StepMethod.FAST;
            case "autodiff" -> StepMethod.AUTODIFF;
            default -> throw new InvalidInputException("--step must be auto, fast or autodiff, not " + step);
        };
    }

    /** Whether training takes gradients. */
    boolean hasGradient() {
        return !method.equals("anneal");
    }

    public GradientEstimator estimator() {
        return switch (method) {
            case "amid" -> new Amid(adjoint(adjoint), stepMethod());
            case "naive" -> new Naive();
            case "implicit" -> new Implicit(stepMethod());
            case "two-point" -> new TwoPoint(radius, seed, stepMethod());
            case "anneal" -> throw new InvalidInputException("--method anneal takes no gradient");
            default ->
                throw new InvalidInputException(
                        "--method must be amid, naive, implicit, two-point or anneal, not " + method);
        };
    }

    /** What an iteration does; the moments are modified where the optimizer has some. */
    public Improvement improvement(Adam moments) {
        return hasGradient()
                ? new GradientAscent(estimator(), optimizer(moments), learningRates(), clip)
                : new Anneal(sigma, seed, stepMethod());
    }

    private Optimizer optimizer(Adam moments) {
        return switch (optimizer) {
            case "adam" -> moments;
            case "sgd" -> new Sgd();
            default -> throw new InvalidInputException("--optimizer must be adam or sgd, not " + optimizer);
        };
    }

    static Adjoint adjoint(String adjoint) {
        Matcher numbered = Pattern.compile("(revolve|reversible):(\\d{1,6})").matcher(adjoint);
        if (numbered.matches()) {
            int number = Integer.parseInt(numbered.group(2));
            return numbered.group(1).equals("revolve") ? new Revolve(number) : new Reversible(number);
        }
        return switch (adjoint) {
            case "auto" -> new CheapestAdjoint();
            case "store" -> new StoreAll();
            case "sqrt" -> new EverySqrt();
            case "reversible" -> Reversible.DEFAULT;
            default ->
                throw new InvalidInputException(
                        "--adjoint must be auto, store, sqrt, revolve:C, reversible or reversible:K with numbers C and K, not "
                                + adjoint);
        };
    }

    public IncentiveDesign.Plan plan() {
        return new IncentiveDesign.Plan(
                descent(), innerSteps, validationSteps, iterations, stepMethod(), validateEvery, threads);
    }

    /** From lr in the first iteration; linear and cosine fall to 0 after the last. */
    private Tracker learningRates() {
        int last = Math.max(1, iterations);
        return switch (schedule) {
            case "constant" -> Tracker.fixed((float) lr);
            case "linear" ->
                LinearTracker.builder()
                        .setBaseValue((float) lr)
                        .optSlope((float) (-lr / last))
                        .optMinValue(0)
                        .build();
            case "cosine" ->
                Tracker.cosine()
                        .setBaseValue((float) lr)
                        .optFinalValue(0)
                        .setMaxUpdates(last)
                        .build();
            default ->
                throw new InvalidInputException("--schedule must be constant, linear or cosine, not " + schedule);
        };
    }
}
