package mfg.eval.taxi;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import mfg.core.InvalidInputException;
import mfg.core.Streams;
import mfg.envs.taxi.TaxiSimulator;
import mfg.eval.io.Charts;
import mfg.eval.io.Devices;
import mfg.eval.io.Progress;
import mfg.eval.io.Provenance;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Yaml;
import mfg.nn.ActorCritic;
import mfg.train.Adam;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.Ppo;

/** One run of {@code learn a-taxi}: reads downward from the start or the last checkpoint, through learning, to the pictures. */
public final class TaxiRun {

    /** Nobody should lose more time than this, but where saving takes long. */
    private static final long UNSAVED_NANOS = 10_000_000_000L;

    private static final int SAVING_SHARE = 20;

    /** Epochs that the result is averaged over. */
    private static final int LAST = 10;

    private final TaxiConfig config;
    private final TaxiSimulator taxis;
    private final ActorCritic networks;
    private final NDManager manager;
    private final int threads;
    private final boolean drawn;

    private TaxiRun(TaxiConfig config, NDManager manager, int threads, boolean drawn) {
        this.config = config;
        this.taxis = new TaxiSimulator(config.city(), config.cities());
        this.networks = config.networks(taxis);
        this.manager = manager;
        this.threads = threads;
        this.drawn = drawn;
    }

    /** Starts a run in a folder, new or empty. */
    public static TaxiResult start(TaxiConfig config, Path out, int threads) throws IOException {
        return start(config, out, threads, true);
    }

    private static TaxiResult start(TaxiConfig config, Path out, int threads, boolean drawn) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(Devices.named(config.device()))) {
            TaxiRun run = new TaxiRun(config, manager, threads, drawn);
            Ppo ppo = run.learner(run.beginning()); // before there is a folder: what does not fit leaves none
            try (RunFolder folder = RunFolder.create(out, Provenance.header() + Yaml.text(config))) {
                return run.finish(new TaxiFiles(folder), ppo, List.of());
            }
        }
    }

    /** Goes on with a run, to the same numbers as without interruption. */
    public static TaxiResult resume(Path directory, int threads) throws IOException {
        return resume(directory, threads, true);
    }

    private static TaxiResult resume(Path directory, int threads, boolean drawn) throws IOException {
        try (RunFolder folder = RunFolder.open(directory)) {
            TaxiConfig config = TaxiFiles.config(folder);
            try (NDManager manager = NDManager.newBaseManager(Devices.named(config.device()))) {
                TaxiRun run = new TaxiRun(config, manager, threads, drawn);
                TaxiFiles files = new TaxiFiles(folder);
                TaxiFiles.Seen seen = files.load(run.networks, manager);
                return seen != null
                        ? run.finish(files, run.learner(seen.state()), seen.epochs())
                        : run.finish(files, run.learner(run.beginning()), List.of());
            }
        }
    }

    /**
     * Has a run in a folder, without pictures: reads its result, goes on with it, or starts it.
     *
     * @throws InvalidInputException if another run is there
     */
    public static TaxiResult at(Path folder, TaxiConfig config, int threads) throws IOException {
        return RunFolder.at(
                folder,
                config,
                TaxiFiles.RESULT,
                TaxiResult.class,
                () -> start(config, folder, threads, false),
                () -> resume(folder, threads, false));
    }

    /** The configuration of a run. */
    public static TaxiConfig config(Path directory) throws IOException {
        try (RunFolder folder = RunFolder.open(directory)) {
            return TaxiFiles.config(folder);
        }
    }

    /**
     * What a run has learned.
     *
     * @throws InvalidInputException if it has not come to its end
     */
    public static NDList networks(Path directory, ActorCritic networks, NDManager manager) throws IOException {
        try (RunFolder folder = RunFolder.open(directory)) {
            return new TaxiFiles(folder).networks(networks, manager);
        }
    }

    private Ppo.State beginning() {
        NDList theta = networks.start(
                new SplittableRandom(Streams.seed(config.seed(), "networks")), manager, DataType.FLOAT32);
        return new Ppo.State(theta, new Adam(theta), 0);
    }

    private Ppo learner(Ppo.State state) {
        return new Ppo(taxis, networks, config.ppo(), state, Streams.seed(config.seed(), "learning"), threads);
    }

    private TaxiResult finish(TaxiFiles files, Ppo ppo, List<TaxiEpoch> before) throws IOException {
        List<TaxiEpoch> epochs = learn(files, ppo, before);
        NDList theta = ppo.state().theta();
        files.saveNetworks(theta);
        TaxiResult result = report(files, epochs);
        files.save(result);
        if (drawn) {
            Charts.attempt(() -> {
                TaxiCharts.save(config, epochs, files);
                draw(files, theta);
            });
        }
        return result;
    }

    private List<TaxiEpoch> learn(TaxiFiles files, Ppo ppo, List<TaxiEpoch> before) throws IOException {
        List<TaxiEpoch> epochs = new ArrayList<>(before);
        double seconds = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).seconds();
        long due = System.nanoTime() + UNSAVED_NANOS;
        try (Progress progress =
                new Progress(config.game(), ppo.state().epoch(), config.ppo().epochs())) {
            while (ppo.state().epoch() < config.ppo().epochs()) {
                long start = System.nanoTime();
                Ppo.Epoch learning = ppo.epoch();
                seconds += (System.nanoTime() - start) * 1e-9;
                TaxiEpoch epoch = TaxiEpoch.of(taxis, ppo, learning, seconds);
                epochs.add(epoch);
                if (System.nanoTime() > due) {
                    due = save(files, ppo, epochs);
                }
                progress.step(
                        learning.epoch(),
                        String.format(
                                Locale.ROOT,
                                "reward %.2f, in zone 1 %.3f, entropy %.3f",
                                learning.meanReturn(),
                                epoch.zone1Share(),
                                learning.entropy()));
            }
        }
        save(files, ppo, epochs);
        return epochs;
    }

    /** Saves, and says when to do so again. */
    private static long save(TaxiFiles files, Ppo ppo, List<TaxiEpoch> epochs) throws IOException {
        long start = System.nanoTime();
        files.save(new TaxiFiles.Seen(ppo.state(), epochs));
        long now = System.nanoTime();
        return now + Math.max(UNSAVED_NANOS, SAVING_SHARE * (now - start));
    }

    private TaxiResult report(TaxiFiles files, List<TaxiEpoch> epochs) {
        double seconds =
                epochs.isEmpty() ? Double.NaN : epochs.get(epochs.size() - 1).seconds() / epochs.size();
        double steps = (double) taxis.agents() * taxis.rounds();
        return new TaxiResult(
                config.game(),
                config.algorithm(),
                config.identity(),
                config.players(),
                epochs.size(),
                lately(epochs, epoch -> epoch.learning().meanReturn()),
                lately(epochs, TaxiEpoch::zone1Share),
                steps / seconds,
                seconds,
                files.file("").toString());
    }

    private static double lately(List<TaxiEpoch> epochs, ToDoubleFunction<TaxiEpoch> figure) {
        return epochs.stream()
                .skip(Math.max(0, epochs.size() - LAST))
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    /** Draws an episode of the last policy. */
    private void draw(TaxiFiles files, NDList theta) throws IOException {
        List<CityView> views = new ArrayList<>();
        Actor actor = new Actor(taxis, networks, theta);
        Episodes.play(taxis, actor, Streams.seed(config.seed(), "picture"), () -> views.add(CityView.of(taxis)));
        CityPicture picture = new CityPicture(taxis.city().layout());
        picture.save(files.file("city.png"), CityView.mean(views));
        picture.animate(files.file("city.gif"), views);
    }
}
