package mfg.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;

/** Runs the command line in this process and keeps what it prints. */
public final class Cli {

    /** Options with which a run takes well under a second: small sizes, and no search for what is simple. */
    private static final Map<String, String> TINY = new LinkedHashMap<>();

    static {
        TINY.put("--values", "8");
        TINY.put("--hidden", "8");
        TINY.put("--iterations", "1");
        TINY.put("--inner-steps", "5");
        TINY.put("--validation-steps", "6");
        TINY.put("--long-steps", "7");
        TINY.put("--method", "amid");
        TINY.put("--init", "default");
        TINY.put("--yardsticks", "false");
    }

    private Cli() {}

    /** What a command left behind. */
    public record Outcome(int exit, String out, String err) {

        /** The last line of stdout. */
        public JsonNode json() {
            assertEquals(0, exit, err);
            assertTrue(out.endsWith(System.lineSeparator()), out);
            List<String> lines = out.lines().toList();
            try {
                JsonNode node = new ObjectMapper().readTree(lines.get(lines.size() - 1));
                assertTrue(node.isObject(), out);
                return node;
            } catch (IOException e) {
                throw new UncheckedIOException(out, e);
            }
        }

        /** Asserts that all went well. */
        public Outcome assertSucceeded() {
            assertEquals(0, exit, err);
            return this;
        }

        /** Asserts that bad input was turned away in one sentence. */
        public Outcome assertRefused(String... words) {
            assertEquals(2, exit, err);
            assertEquals("", out);
            assertFalse(err.contains("\tat "), err);
            assertEquals(1, err.lines().count(), err);
            assertTrue(err.startsWith("mfg: ") && err.endsWith(System.lineSeparator()), err);
            for (String word : words) {
                assertTrue(err.contains(word), err + " should tell of " + word);
            }
            return this;
        }
    }

    public static Outcome run(String... args) {
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream capturedOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream capturedErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(capturedOut);
            System.setErr(capturedErr);
            int exit = Main.run(args);
            return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
        }
    }

    /** Designs with tiny sizes, except for what is given. */
    public static Outcome design(String setting, Path out, String... options) {
        return run(arguments(setting, out, options).toArray(String[]::new));
    }

    /** The arguments of {@link #design}. */
    public static List<String> arguments(String setting, Path out, String... options) {
        List<String> args = new ArrayList<>(List.of("design", setting, "--out", out.toString(), "--json"));
        List<String> given = Arrays.asList(options);
        Set<String> known = known(setting, given);
        TINY.forEach((name, value) -> {
            if (!given.contains(name) && known.contains(name.substring(2))) {
                args.add(name);
                args.add(value);
            }
        });
        args.addAll(given);
        return args;
    }

    /** The options that a game has with the mechanism and method that are given. */
    private static Set<String> known(String setting, List<String> given) {
        Map<String, String> choices = new LinkedHashMap<>(Map.of("game", setting));
        for (String choice : List.of("mechanism", "method")) {
            int at = given.indexOf("--" + choice);
            if (at >= 0 && at + 1 < given.size()) {
                choices.put(choice, given.get(at + 1));
            }
        }
        try {
            return Tree.flat(Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(choices)))
                    .keySet();
        } catch (InvalidInputException e) {
            return Set.of();
        }
    }

    /** How many games nature draws, for the one setting where it draws several; nothing for the others. */
    public static String[] draws(String setting, String training, String validation) {
        return setting.equalsIgnoreCase("A3")
                ? new String[] {"--draws", training, "--validation-draws", validation}
                : new String[0];
    }

    /** The arguments one after the other. */
    public static String[] concat(String[] first, String... second) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray(String[]::new);
    }

    public static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            assertTrue(array.get(i).isNumber(), array.toString());
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }
}
