package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.core.Solver;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.Method;
import mfg.eval.solve.SolveConfig;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What {@code config.yaml} says is what was meant. */
final class RoundTripTest {

    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    /** The solvers that have a tau. */
    private static final List<String> REGULARIZED = List.of("omd", "fictitious-play", "fixed-point");

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyDesignComesBackAsItWas(
            @ForAll("designs") String game,
            @ForAll("methods") String method,
            @ForAll("mechanisms") String mechanism,
            @ForAll("algorithms") String solver,
            @ForAll("inits") String init,
            @ForAll("doubles") double x,
            @ForAll List<Byte> shares,
            @ForAll long seed)
            throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("game", game, "method", method, "solver", solver));
        options.putAll(Map.of("init", init, "seed", String.valueOf(seed)));
        if (REGULARIZED.contains(solver)) {
            options.put("tau", "0");
        }
        options.put(method.equals("anneal") ? "sigma" : "lr", String.valueOf(x));
        if (!game.equals("beach-bar")) {
            options.put("mechanism", mechanism);
            if (mechanism.equals("first-price")) {
                options.put("shares", list(shares, x));
            }
        }
        assertComesBack(DesignConfig.KIND, options);
    }

    private static String list(List<Byte> shares, double x) {
        return shares.stream()
                .map(share -> String.valueOf(Math.min(1, Math.abs(share * x))))
                .collect(Collectors.joining(","));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everySolutionComesBackAsItWas(
            @ForAll("solvables") String game, @ForAll("algorithms") String algorithm, @ForAll("doubles") double x)
            throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("game", game, "algorithm", algorithm));
        if (REGULARIZED.contains(algorithm) && !algorithm.equals("omd")) {
            options.put("tau", String.valueOf(x));
        }
        assertComesBack(SolveConfig.KIND, options);
    }

    private static <C extends Record> void assertComesBack(Binder.Kind<C> kind, Map<String, String> options)
            throws IOException {
        C config = Binder.bind(CATALOGUE, kind, Given.options(options));
        Map<String, String> flat = Tree.flat(config);
        options.forEach((option, text) -> {
            if (!List.of("shares", "seed", "lr", "sigma", "tau").contains(option)) {
                assertEquals(text, flat.get(option));
            }
        });
        Source source = options.hashCode() % 2 == 0 ? null : new Source("/a b/#c: 'd'.java", "0f");
        RunFile written = RunFile.of(kind.command(), source, config);
        Path file = Files.createTempFile("config", ".yaml");
        try {
            Files.writeString(file, written.text("# a comment%n".formatted()));
            RunFile read = RunFile.read(file);
            assertEquals(kind.command(), read.command());
            assertEquals(source, read.source());
            assertEquals(Tree.of(config), Tree.of(read.config(CATALOGUE, kind, file)));
        } finally {
            Files.delete(file);
        }
        // and by the names of options, as a grid of runs passes it on
        assertEquals(Tree.of(config), Tree.of(Binder.bind(CATALOGUE, kind, Given.options(flat))));
    }

    private static Arbitrary<String> names(Class<?> kind) {
        return Arbitraries.of(CATALOGUE.choices(kind).keySet());
    }

    @Provide
    Arbitrary<String> designs() {
        return names(DesignableGame.class);
    }

    @Provide
    Arbitrary<String> solvables() {
        return names(SolvableGame.class);
    }

    @Provide
    Arbitrary<String> methods() {
        return names(Method.class);
    }

    @Provide
    Arbitrary<String> mechanisms() {
        return names(MechanismFamily.class);
    }

    @Provide
    Arbitrary<String> algorithms() {
        return names(Solver.class);
    }

    @Provide
    Arbitrary<String> inits() {
        Arbitrary<String> traps = Arbitraries.of(
                "null",
                "~",
                "true",
                "no",
                "on",
                "1.50",
                "010",
                "0x1F",
                "1e3",
                "1_000",
                "2001-01-01",
                "",
                " ",
                "a: b",
                "a #b",
                "#",
                "- a",
                "[a]",
                "{a}",
                "*a",
                "&a",
                "!a",
                "!!int 3",
                "|",
                ">",
                "%a",
                "@a",
                "`a",
                "'",
                "\"",
                "a'b\"c",
                "C:\\runs\\x.npz",
                "a\tb",
                "a\nb",
                " a ",
                "ζ/ä/猫.npz",
                "---",
                "...",
                "=",
                "<<",
                "? a",
                "y:",
                "a,b");
        Arbitrary<String> printable =
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40);
        return Arbitraries.oneOf(traps, printable);
    }

    @Provide
    Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(1e-3, 50).ofScale(6),
                Arbitraries.of(Double.MIN_VALUE, 1e-300, 0.1 + 0.2, 1.0 / 3, 1e22, Double.MAX_VALUE / 128));
    }
}
