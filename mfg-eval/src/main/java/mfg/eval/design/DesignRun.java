package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import mfg.core.Constants;
import mfg.core.Round;
import mfg.eval.io.Devices;
import mfg.eval.io.Provenance;
import mfg.eval.io.Steps;
import mfg.train.Adam;
import mfg.train.DesignProblem;
import mfg.train.EquilibriumStep;
import mfg.train.Evaluation;
import mfg.train.Improvement;
import mfg.train.IncentiveDesign;
import mfg.train.IncentiveDesign.Iteration;
import mfg.train.Standstill;

/**
 * One run of {@code design}: reads downward from the start or the last checkpoint, through training, to the final report.
 *
 * @param <R> the games' kind of round
 */
public final class DesignRun<R extends Round> {

    /** Nobody should lose more time than this. */
    private static final long UNSAVED_NANOS = 10_000_000_000L;

    private final DesignConfig config;
    private final Experiment<R> experiment;
    private final NDManager manager;
    private final Display display;
    private final DataType type;
    private final IncentiveDesign.Plan plan;
    private final DesignReport<R> report;
    private long savedAt = System.nanoTime();

    private DesignRun(DesignConfig config, Experiment<R> experiment, NDManager manager, Display display) {
        this.config = config;
        this.experiment = experiment;
        this.manager = manager;
        this.display = display;
        this.type = config.type();
        this.plan = config.plan();
        this.report = new DesignReport<>(config, experiment, manager, display);
    }

    /**
     * Starts a run.
     *
     * @param out its folder, new or empty
     * @return the result
     */
    static DesignResult start(DesignConfig config, Path out, Display display) throws IOException {
        return with(config, display, run -> run.start(out));
    }

    /**
     * Goes on with a run.
     *
     * @param directory its folder
     * @return the result, the same as without interruption
     */
    static DesignResult resume(Path directory, Display display) throws IOException {
        try (RunDirectory files = RunDirectory.open(directory)) {
            return with(files.config(), display, run -> run.resume(files));
        }
    }

    /** Does what starts a run, but for its folder: bad options shall leave nothing behind. */
    public static void check(DesignConfig config) throws IOException {
        with(config, Display.ALONE, DesignRun::checkedStart);
    }

    private interface Work<T> {
        T on(DesignRun<?> run) throws IOException;
    }

    private static <T> T with(DesignConfig config, Display display, Work<T> work) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Devices.named(config.device()));
                Constants constants = new Constants(manager, config.type())) {
            return work.on(new DesignRun<>(config, Experiment.of(config, constants), manager, display));
        }
    }

    private DesignResult start(Path out) throws IOException {
        RunDirectory.State start = checkedStart(); // before the folder is made: bad options leave nothing behind
        try (RunDirectory files = RunDirectory.create(out, config, Provenance.header())) {
            return finish(files, begin(files, start));
        }
    }

    private DesignResult resume(RunDirectory files) throws IOException {
        if (!files.hasCheckpoint()) {
            return finish(files, begin(files, checkedStart()));
        }
        RunDirectory.State state = files.load(experiment.parameters(), memory(), manager, type);
        tryStep(state);
        Metrics metrics = files.loadMetrics(state.iteration(), config.validationSteps());
        return finish(files, new Training(state, metrics));
    }

    /** How much the way to train remembers, besides the optimizer. */
    private int memory() {
        return config.improvement(new Adam(new NDList())).memory().length;
    }

    /** Where training starts, if a step can be taken there. */
    private RunDirectory.State checkedStart() throws IOException {
        NDList theta = Start.of(config, experiment, manager);
        Adam adam = new Adam(theta);
        double[] memory = config.improvement(adam).memory();
        RunDirectory.State start = new RunDirectory.State(theta, adam, memory, 0, Double.NEGATIVE_INFINITY, 0);
        tryStep(start);
        return start;
    }

    /** Takes one step there and back: not every setting has every step and schedule. */
    private void tryStep(RunDirectory.State start) {
        DesignProblem<R> problem = new DesignProblem<>(
                experiment.scenarios().validation().get(0),
                experiment.scenarios().objective(),
                config.descent(),
                1);
        try (EquilibriumStep<?> step = config.stepMethod().step(problem, start.theta(), manager, type)) {
            if (config.method().equals("amid")) {
                DesignConfig.adjoint(config.adjoint()).sweep(step, problem.steps(), (zeta, t) -> {});
            }
        }
    }

    /** Where training stands. */
    private record Training(RunDirectory.State state, Metrics metrics) {}

    /** Records how the population behaves under the initial design. */
    private Training begin(RunDirectory files, RunDirectory.State start) throws IOException {
        NDList theta = start.theta();
        Evaluation before = report.before(files, theta);
        Metrics metrics = new Metrics(config.validationSteps());
        metrics.add(new Iteration(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, before));
        RunDirectory.State state =
                new RunDirectory.State(theta, start.adam(), start.memory(), 0, before.objective(), 0);
        files.saveSnapshot("best", theta);
        files.save(state, metrics, manager);
        return new Training(state, metrics);
    }

    private DesignResult finish(RunDirectory files, Training training) throws IOException {
        RunDirectory.State start = training.state();
        Improvement improvement = config.improvement(start.adam());
        improvement.restore(start.memory());
        IncentiveDesign<R> design = new IncentiveDesign<>(experiment.scenarios(), improvement, plan, start.theta());
        RunDirectory.State state = train(files, design, improvement, training);
        return report.after(files, design.evaluations(state.iteration()), state, training.metrics());
    }

    private RunDirectory.State train(
            RunDirectory files, IncentiveDesign<R> design, Improvement improvement, Training training)
            throws IOException {
        RunDirectory.State[] latest = {training.state()};
        Metrics metrics = training.metrics();
        Standstill end;
        try (Steps progress = display.training(config, latest[0].iteration())) {
            end = design.train(metrics.iterations(), iteration -> {
                metrics.add(iteration);
                latest[0] = record(files, latest[0], iteration, improvement.memory(), metrics);
                progress.step(iteration.number(), figures(metrics));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (end != null) {
            files.save(latest[0], metrics, manager);
            display.ended(end.sentence());
        }
        return latest[0];
    }

    /** Keeps the best design, and a checkpoint now and then. */
    private RunDirectory.State record(
            RunDirectory files, RunDirectory.State before, Iteration iteration, double[] memory, Metrics metrics) {
        Evaluation validation = iteration.validation();
        double objective = validation == null ? Double.NEGATIVE_INFINITY : validation.objective();
        boolean better = objective > before.bestObjective();
        RunDirectory.State state = new RunDirectory.State(
                before.theta(),
                before.adam(),
                memory,
                iteration.number(),
                better ? objective : before.bestObjective(),
                better ? iteration.number() : before.bestIteration());
        try {
            if (better) {
                files.saveSnapshot("best", state.theta());
            }
            if (iteration.number() % config.checkpointEvery() == 0
                    || iteration.number() == config.iterations()
                    || System.nanoTime() - savedAt > UNSAVED_NANOS) {
                files.save(state, metrics, manager);
                savedAt = System.nanoTime();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    /** Short enough for one line of a terminal: G of the last iteration, then the last validation. */
    private static String figures(Metrics metrics) {
        Evaluation validation = metrics.lastValidation();
        return String.format(
                Locale.ROOT,
                "G %.4f val %.4f expl %.4f",
                metrics.lastObjective(),
                validation.objective(),
                validation.exploitability());
    }
}
