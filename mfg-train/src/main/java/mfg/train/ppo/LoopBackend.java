package mfg.train.ppo;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import mfg.core.Parallel;
import mfg.core.Sizes;
import mfg.core.kernel.Products;
import mfg.envs.Simulator;
import mfg.nn.ActorCritic;
import mfg.nn.ActorCriticLoops;
import mfg.nn.SparseRows;
import mfg.train.Adam;

/**
 * Networks by loops of our own, in float32. Where there is one network, threads share its samples; where there are many, each
 * thread has networks of its own, and takes one through all passes while it lies in the cache. What is computed together does not
 * depend on the number of threads, and sums are taken in order: so no number does.
 */
final class LoopBackend implements Backend {

    /** Samples that are computed one after the other. */
    private static final int CHUNK = 1024;

    private final Simulator simulator;
    private final NDList theta;
    private final int threads;
    private final ActorCriticLoops loops;
    private final Products products = Products.fastest();
    private final ConcurrentLinkedQueue<ActorCriticLoops.Work> idle = new ConcurrentLinkedQueue<>();

    /** The parameters of each network. */
    private final float[][] own;

    LoopBackend(Simulator simulator, ActorCritic networks, NDList theta, int threads) {
        this.simulator = simulator;
        this.theta = theta;
        this.threads = threads;
        this.loops = new ActorCriticLoops(networks);
        this.own = new float[networks.networks()][loops.length()];
        refresh();
    }

    @Override
    public void refresh() {
        Parallel.map(networks(), threads, k -> {
            loops.read(theta, k, own[k]);
            return k;
        });
    }

    private List<Integer> networks() {
        return IntStream.range(0, own.length).boxed().toList();
    }

    // ---- acting ----

    @Override
    public double[] logits(float[] rows, int at) {
        int actions = simulator.actions();
        int agents = simulator.agents();
        double[] logits = new double[agents * actions];
        SparseRows seen = loops.see(rows, at, agents);
        forward(agents, (work, parameters, which, from, count) -> {
            work.policy(parameters, seen, which, from, count);
            for (int i = 0; i < count; i++) {
                work.logits(i, logits, which[from + i] * actions, actions);
            }
        });
        return logits;
    }

    @Override
    public double[] values(float[] rows) {
        int places = Sizes.product("rounds x agents", simulator.rounds(), simulator.agents());
        double[] values = new double[places];
        SparseRows seen = loops.see(rows, 0, places);
        forward(places, (work, parameters, which, from, count) -> {
            work.value(parameters, seen, which, from, count);
            for (int i = 0; i < count; i++) {
                values[which[from + i]] = work.value(i);
            }
        });
        return values;
    }

    /** Does something to a block of places. */
    @FunctionalInterface
    private interface Forward {
        void block(ActorCriticLoops.Work work, float[] parameters, int[] which, int from, int count);
    }

    /** Goes through places 0 .. n-1, of which k is network {@code k % K}'s. */
    private void forward(int n, Forward forward) {
        int networks = own.length;
        List<int[]> chunks = new ArrayList<>();
        for (int k = 0; k < networks; k++) {
            for (int from = k; from < n; from += CHUNK * networks) {
                chunks.add(IntStream.iterate(from, place -> place + networks)
                        .limit(Math.min(CHUNK, (n - from + networks - 1) / networks))
                        .toArray());
            }
        }
        Parallel.map(chunks, threads, which -> {
            ActorCriticLoops.Work work = work();
            float[] parameters = own[which[0] % networks];
            for (int from = 0; from < which.length; from += ActorCriticLoops.BLOCK) {
                forward.block(work, parameters, which, from, Math.min(ActorCriticLoops.BLOCK, which.length - from));
            }
            idle.add(work);
            return work;
        });
    }

    private ActorCriticLoops.Work work() {
        ActorCriticLoops.Work work = idle.poll();
        return work != null ? work : loops.work();
    }

    // ---- learning ----

    @Override
    public Steps learn(float[] rows, Samples samples, Lesson lesson, Adam adam) {
        SparseRows seen = loops.see(rows, 0, samples.size());
        int items = samples.size() / own.length;
        List<int[]> orders = IntStream.range(0, lesson.options().passes())
                .mapToObj(pass -> lesson.shuffle(pass).order(items))
                .toList();
        List<Steps> all = Parallel.map(
                networks(), own.length > 1 ? threads : 1, k -> new Pupil(k, seen, samples, lesson, adam).learn(orders));
        Steps sum = new Steps();
        all.forEach(sum::add);
        adam.took(all.get(0).count());
        return sum;
    }

    /** One network that learns. */
    private final class Pupil {

        private final int network;
        private final SparseRows seen;
        private final Samples samples;
        private final Lesson lesson;
        private final Adam adam;
        private final float[] parameters;
        private final float[] mean;
        private final float[] square;
        private final ActorCriticLoops.Turned turned = loops.turned();

        /** Of each chunk; the first becomes their sum. */
        private final List<float[]> gradients = new ArrayList<>();

        Pupil(int network, SparseRows seen, Samples samples, Lesson lesson, Adam adam) {
            this.network = network;
            this.seen = seen;
            this.samples = samples;
            this.lesson = lesson;
            this.adam = adam;
            this.parameters = own[network];
            this.mean = new float[parameters.length];
            this.square = new float[parameters.length];
        }

        Steps learn(List<int[]> orders) {
            loops.read(adam.means(), network, mean);
            loops.read(adam.squares(), network, square);
            Steps steps = new Steps();
            int batch = lesson.options().batch(own.length, orders.get(0).length);
            for (int[] order : orders) {
                for (int from = 0; from < order.length; from += batch) {
                    int[] which = new int[Math.min(batch, order.length - from)];
                    for (int i = 0; i < which.length; i++) {
                        which[i] = order[from + i] * own.length + network;
                    }
                    step(which, steps);
                }
                if (steps.reached(lesson.options().targetKl())) {
                    break;
                }
            }
            loops.write(parameters, theta, network);
            loops.write(mean, adam.means(), network);
            loops.write(square, adam.squares(), network);
            return steps;
        }

        private void step(int[] which, Steps steps) {
            turned.read(parameters);
            Samples.Normal normal = samples.normal(which);
            List<Integer> chunks = IntStream.iterate(0, from -> from < which.length, from -> from + CHUNK)
                    .boxed()
                    .toList();
            while (gradients.size() < chunks.size()) {
                gradients.add(new float[parameters.length]);
            }
            List<PpoLoss> losses = Parallel.map(
                    chunks,
                    own.length > 1 ? 1 : threads,
                    from -> differentiate(which, from, normal, gradients.get(from / CHUNK)));
            PpoLoss loss = PpoLoss.ZERO;
            for (int c = 0; c < losses.size(); c++) {
                int size = Math.min(CHUNK, which.length - c * CHUNK);
                loss = loss.plus(losses.get(c), (double) size / which.length);
            }
            float[] gradient = sum(chunks.size());
            double norm = Math.sqrt(squares(gradient));
            steps.add(loss, norm);
            ascend(gradient, lesson.options().cut(norm), adam.steps() + steps.count());
        }

        private float[] sum(int chunks) {
            float[] sum = gradients.get(0);
            for (float[] part : gradients.subList(1, chunks)) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += part[i];
                }
            }
            return sum;
        }

        private static double squares(float[] numbers) {
            double sum = 0;
            for (float x : numbers) {
                sum += (double) x * x;
            }
            return sum;
        }

        private void ascend(float[] gradient, double factor, int step) {
            Adam.Constants constants = lesson.options().adam();
            products.adam(
                    parameters.length,
                    gradient,
                    (float) factor,
                    (float) constants.beta1(),
                    (float) constants.beta2(),
                    (float) (lesson.rate() * constants.meanFactor(step)),
                    (float) Math.sqrt(constants.squareFactor(step)),
                    (float) constants.epsilon(),
                    parameters,
                    mean,
                    square);
        }

        /** Minus the gradient over a chunk. */
        private PpoLoss differentiate(int[] which, int from, Samples.Normal normal, float[] gradient) {
            int to = Math.min(which.length, from + CHUNK);
            int actions = simulator.actions();
            ActorCriticLoops.Work work = work();
            Categorical pi = new Categorical(actions);
            double[] logits = new double[actions];
            PpoLoss.Sum sum = new PpoLoss.Sum(lesson.options(), lesson.valueClip(), 1.0 / which.length, actions);
            Arrays.fill(gradient, 0);
            for (int at = from; at < to; at += ActorCriticLoops.BLOCK) {
                int count = Math.min(ActorCriticLoops.BLOCK, to - at);
                work.policy(parameters, seen, which, at, count);
                work.value(parameters, seen, which, at, count);
                for (int i = 0; i < count; i++) {
                    int k = which[at + i];
                    work.logits(i, logits, 0, actions);
                    double entropy = pi.read(logits, 0);
                    double advantage = normal.of(samples.advantages()[k]);
                    double valueBar = sum.add(pi, entropy, samples, k, advantage, work.value(i));
                    work.setCotangents(i, sum.logitsBar(), valueBar);
                }
                work.back(turned, seen, which, at, count, gradient);
            }
            idle.add(work);
            return sum.mean();
        }
    }
}
