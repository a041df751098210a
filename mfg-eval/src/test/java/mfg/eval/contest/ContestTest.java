package mfg.eval.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mfg.eval.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several games by several solvers, and all that {@code solve} leaves on disk. */
final class ContestTest {

    @TempDir
    private Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void severalSolversFindWhatEachFindsAlone() throws IOException {
        JsonNode all = Cli.run(
                        "solve",
                        "rps",
                        "sis",
                        "--algorithm",
                        "omd,fictitious-play",
                        "--eta",
                        "0.5",
                        "--iterations",
                        "4",
                        "--out",
                        at("all"),
                        "--json")
                .json();
        assertEquals(4, all.get("runs").size());
        for (JsonNode run : all.get("runs")) {
            boolean descends = run.get("algorithm").asText().equals("omd");
            List<String> words = Stream.concat(
                            Stream.of("solve", run.get("game").asText(), "--iterations", "4", "--json"),
                            Stream.of("--algorithm", run.get("algorithm").asText()))
                    .collect(Collectors.toList());
            if (descends) {
                words.addAll(List.of("--eta", "0.5"));
            }
            JsonNode alone = Cli.run(words.toArray(String[]::new)).json();
            assertEquals(alone.get("exploitability"), run.get("exploitability"));
        }
        Set<String> files;
        try (Stream<Path> list = Files.list(folder.resolve("all"))) {
            files = list.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        assertTrue(
                files.containsAll(Set.of("solvers.csv", "solvers.json", "rps.png", "sis.png", "rps-omd")),
                files.toString());
        Files.delete(folder.resolve("all/rps-omd/result.json"));
        JsonNode again = Cli.run("solve", "--resume", at("all"), "--json").json();
        assertEquals(
                all.get("runs").get(0).get("exploitability"),
                again.get("runs").get(0).get("exploitability"));
    }

    /** The folder remembers the file. */
    @Test
    void aGameOfAFileMayBeAmongThem() throws IOException {
        String game = "../examples/RoadTolls.java";
        JsonNode all = Cli.run("solve", "sis", game, "--iterations", "3", "--out", at("mixed"), "--json")
                .json();
        assertEquals(2, all.get("runs").size());
        Files.delete(folder.resolve("mixed/road-tolls-omd/result.json"));
        JsonNode again = Cli.run("solve", "--resume", at("mixed"), "--json").json();
        assertEquals(
                all.get("runs").get(1).get("exploitability"),
                again.get("runs").get(1).get("exploitability"));
    }

    @Test
    void anOptionThatIsForNoneOfThemIsRefusedAndLeavesNothing() {
        Cli.run("solve", "rps", "sis", "--algorithm", "omd", "--weight", "0.1", "--out", at("none"))
                .assertRefused("--weight", "none of these games and solvers");
        assertFalse(Files.exists(folder.resolve("none")));
        Cli.run("solve", "rps", "--algorithm", "omd,nothing", "--out", at("none"))
                .assertRefused("nothing");
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void theBestPolicyIsKeptAndAPolicyCanBeTheStart() {
        JsonNode result = Cli.run("solve", "sis", "--iterations", "60", "--out", at("sis"), "--json")
                .json();
        double[] exploitability = Cli.numbers(result.get("exploitability"));
        int best = result.get("bestIteration").intValue();
        assertTrue(best < 60 && exploitability[best] < exploitability[60], "it gets worse");
        assertTrue(Files.exists(folder.resolve("sis/flow.png")), "51 rounds can be drawn");
        for (String algorithm : List.of(
                "omd",
                "fictitious-play",
                "fixed-point",
                "policy-iteration",
                "boltzmann",
                "munchausen",
                "prior-descent")) {
            JsonNode from = Cli.run(
                            "solve",
                            "sis",
                            "--algorithm",
                            algorithm,
                            "--initial",
                            at("sis/best.npz"),
                            "--iterations",
                            "0",
                            "--json")
                    .json();
            assertEquals(exploitability[best], Cli.numbers(from.get("exploitability"))[0], 1e-9, algorithm);
        }
        Cli.run("solve", "sis", "--algorithm", "mf-omo", "--initial", at("sis/best.npz"))
                .assertRefused("mf-omo");
        Cli.run("solve", "rps", "--initial", at("sis/best.npz")).assertRefused("best.npz");
    }

    @Test
    void aToleranceEndsARunWhereItIsReachedAndWhereItIsOutOfReach() {
        JsonNode reached = Cli.run("solve", "ring-room", "--tolerance", "0.5", "--iterations", "500", "--json")
                .json();
        double[] exploitability = Cli.numbers(reached.get("exploitability"));
        int last = exploitability.length - 1;
        assertTrue(exploitability[last] <= 0.5 && exploitability[last - 1] > 0.5);
        JsonNode beyond = Cli.run(
                        "solve",
                        "ring-room",
                        "--algorithm",
                        "boltzmann",
                        "--tolerance",
                        "0.5",
                        "--iterations",
                        "500",
                        "--json")
                .json();
        assertTrue(beyond.get("status").asText().contains("out of reach"), beyond.toString());
        assertTrue(beyond.get("iterations").intValue() < 500);
        String missed = Cli.run("solve", "ring-room", "--tolerance", "1e-9", "--iterations", "3")
                .out();
        assertTrue(missed.contains("the tolerance was not reached"), missed);
    }

    @Test
    void tuningFindsABetterStepSizeAndSaysByHowMuch() {
        JsonNode tuned = Cli.run(
                        "solve",
                        "building",
                        "--algorithm",
                        "omd",
                        "--tune",
                        "--iterations",
                        "16",
                        "--out",
                        at("tuned"),
                        "--json")
                .json();
        JsonNode omd = tuned.get("solvers").get(0);
        assertTrue(omd.get("times").doubleValue() <= 1, tuned.toString());
        assertTrue(omd.get("left").doubleValue() < 0.2, tuned.toString());
        assertTrue(Files.exists(folder.resolve("tuned/tuning.csv")));
        Cli.run("solve", "rps", "--tune", "--out", at("tuned")).assertRefused("nothing was overwritten");
        Cli.run("solve", "rps", "--tune", "--iterations", "0").assertRefused("at least 1");
        Cli.run("solve", "rps", "--tune", "--eta", "1").assertRefused("omd has nothing to tune");
        Cli.run("solve", "rps", "--tune", "--iterations", "x").assertRefused("--iterations", "whole number");
        Cli.run("solve", "rps", "--algorithm", "omd", "--tune", "--weight", "0.1")
                .assertRefused("--weight", "none of these");
    }

    @Test
    void thePartOfAPageIsWrittenAnewAndTheRestStays() throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(
                page, "before\n<!-- solvers: made by ./mfg reproduce zoo -->\nstale\n<!-- end of solvers -->\nafter\n");
        Cli.run(
                "reproduce",
                "zoo",
                "--games",
                "rps",
                "--iterations",
                "3",
                "--seconds",
                "0.05",
                "--page",
                page.toString(),
                "--out",
                at("zoo"),
                "--json");
        String text = Files.readString(page);
        assertTrue(text.startsWith("before\n") && text.endsWith("after\n") && !text.contains("stale"), text);
        assertTrue(text.contains("| rps | 0.33 |"), text);
        Cli.run("reproduce", "zoo", "--seconds", "0", "--out", at("other")).assertRefused("--seconds must be above 0");
        Cli.run("reproduce", "zoo", "--games", "nothing", "--out", at("other")).assertRefused("nothing");
        assertFalse(Files.exists(folder.resolve("other")));
    }
}
