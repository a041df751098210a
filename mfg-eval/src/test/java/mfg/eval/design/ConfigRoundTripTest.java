package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ConfigRoundTripTest {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyConfigurationComesBackAsItWas(
            @ForAll("inits") String init, @ForAll("doubles") double x, @ForAll List<Byte> shares, @ForAll long seed)
            throws IOException {
        DesignConfig written = config(init, x, shares.stream().map(s -> s * x).toList(), seed);
        Path fresh = Files.createTempDirectory("config");
        try (RunDirectory files = RunDirectory.create(fresh, written, "# a comment%n".formatted())) {
            assertEquals(written, files.config());
        } finally {
            Files.delete(fresh.resolve("config.yaml"));
            Files.delete(fresh.resolve("run.lock"));
            Files.delete(fresh);
        }
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

    /** A configuration that needs little to run. */
    static DesignConfig config(String init, double x, List<Double> shares, long seed) {
        return new DesignConfig(
                "A1",
                "neural",
                init,
                0,
                x,
                "cosine",
                x,
                5,
                6,
                7,
                10,
                1e-3,
                8,
                4,
                8,
                List.of(),
                "",
                seed,
                "amid",
                "auto",
                "revolve:3",
                "adam",
                x,
                x,
                "float32",
                "cpu",
                shares,
                List.of(x),
                x,
                x,
                8,
                64,
                10,
                10,
                2);
    }
}
