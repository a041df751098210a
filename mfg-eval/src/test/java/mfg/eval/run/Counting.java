package mfg.eval.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.catalogue.Parameter;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.io.Json;
import mfg.eval.io.Steps;

/** The least that a run can be of: a sum that grows, with all that may go wrong on the way. */
final class Counting extends RunKind<Counting.Config, Counting.Sum> {

    /** Where it fails: {@code prepare, step, end, draw}; nowhere if empty. */
    String failing = "";

    /** What a failure is. */
    Throwable failure = new IllegalStateException("on purpose");

    final List<String> told = new ArrayList<>();

    record Config(
            @Parameter(about = "steps", value = "5", min = 0)
            int iterations,

            @Parameter(about = "what is added", value = "1") double addend,

            @Parameter(about = "where it ends early", value = "1000")
            double enough) {}

    record Sum(double sum, int steps, String status, String runDirectory) implements Result {
        @Override
        public Map<String, Double> figures() {
            return Map.of("sum", sum);
        }

        @Override
        public String summary() {
            return "sum " + sum;
        }
    }

    Counting() {
        super(new Binder.Kind<>("count", Config.class, Map.of()), Sum.class, "iteration");
    }

    static Config config(String... options) {
        Map<String, String> texts = new java.util.HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            texts.put(options[i], options[i + 1]);
        }
        return Binder.bind(Catalogue.builtIn(), new Counting().configuration(), Given.options(texts));
    }

    Context context(int checkpointEvery) {
        return new Context(1, checkpointEvery, new Display() {
            @Override
            public Steps steps(String name, int done, int steps) {
                return part(name, steps);
            }

            @Override
            public Steps part(String what, int steps) {
                return new Steps() {
                    @Override
                    public void step(int k, String figures) {}

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void tell(String sentence) {
                told.add(sentence);
            }
        });
    }

    @Override
    public String goingOn(Config before, Config after, int done) {
        return "from %d to %d after %d".formatted(before.iterations(), after.iterations(), done);
    }

    @Override
    public Task<Sum> task(Config config, Context context) {
        return new Count(config);
    }

    private void fail(String where) throws IOException {
        if (!failing.equals(where)) {
            return;
        }
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private final class Count implements Task<Sum> {
        private final Config config;
        private double sum;

        Count(Config config) {
            this.config = config;
        }

        @Override
        public int steps() {
            return config.iterations();
        }

        @Override
        public void prepare() throws IOException {
            fail("prepare");
        }

        @Override
        public ObjectNode begin(RunFolder files) {
            return row(0);
        }

        @Override
        public ObjectNode step(int k, RunFolder files) throws IOException {
            if (k == 4) {
                fail("step");
            }
            sum += config.addend();
            return hasRow(k) ? row(k) : null;
        }

        private ObjectNode row(int k) {
            ObjectNode row = Json.object().put("iteration", k);
            Json.put(row, "sum", sum);
            Json.put(row, "none", Double.NaN);
            return row;
        }

        @Override
        public boolean mayBeEmpty(String column, int k) {
            return column.equals("none");
        }

        @Override
        public boolean hasRow(int k) {
            return k != 3;
        }

        @Override
        public String figures(List<ObjectNode> rows) {
            return "";
        }

        @Override
        public String ended(List<ObjectNode> rows) {
            return Metrics.last(rows, "sum") >= config.enough() ? "it is enough" : null;
        }

        @Override
        public NDList save(NDManager scratch) {
            NDArray array = Tensors.create(scratch, DataType.FLOAT64, new double[] {sum}, new Shape(1));
            array.setName("sum");
            return new NDList(array);
        }

        @Override
        public List<ParameterSpec> saved() {
            return List.of(new ParameterSpec("sum", new Shape(1), 0));
        }

        @Override
        public void load(NDList state, int steps, List<ObjectNode> rows) {
            sum = Tensors.toDouble(state.head());
            if (sum < 0) {
                throw new InvalidInputException("the checkpoint is damaged: a negative sum");
            }
        }

        @Override
        public Sum end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
            fail("end");
            int steps = (int) Metrics.number(rows.get(rows.size() - 1), "iteration");
            return new Sum(sum, steps, status, files.path().toString());
        }

        @Override
        public void draw(RunFolder files, Sum result) throws IOException {
            if (!Files.exists(files.file(RunFolder.RESULT))) {
                throw new AssertionError("drawn before the result was saved");
            }
            fail("draw");
            Files.writeString(files.file("sum.png"), "a picture");
        }
    }
}
