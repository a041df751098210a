package mfg.eval.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Json;
import mfg.eval.remote.Remote;
import mfg.eval.run.Display;
import mfg.eval.run.RunFolder;
import mfg.eval.solve.SolveConfig;
import mfg.eval.solve.SolveKind;
import mfg.eval.solve.SolveResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go through bytes leave what runs on threads leave; the cluster is this process. */
final class ElsewhereTest {

    private static final Grid.Purpose PURPOSE = new Grid.Purpose("test", "test.yaml", "table.csv", false);

    /** A cluster that has only itself. */
    private record Loop(boolean works) implements Cluster {

        @Override
        public byte[] run(byte[] parcel) throws IOException {
            if (!works) {
                throw new IOException("no machine is left");
            }
            return Remote.run(parcel, Path.of(System.getProperty("java.io.tmpdir")));
        }

        @Override
        public void close() {}
    }

    private static final Place ELSEWHERE = Place.on(new Loop(true), 2);

    @TempDir
    private Path folder;

    private static Cell<DesignConfig, DesignResult> cell(String name, @Nullable String after, String... options) {
        Map<String, String> given = new HashMap<>(Map.of(
                "game",
                "A1",
                "values",
                "8",
                "hidden",
                "8",
                "iterations",
                "3",
                "inner-steps",
                "5",
                "validation-steps",
                "6",
                "long-steps",
                "7"));
        given.putAll(Map.of("method", "amid", "init", "default", "yardsticks", "false"));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        DesignConfig config = Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(given));
        return new Cell<>(name, Json.object().put("recipe", name), DesignKind.DESIGN, config, null, after);
    }

    private static List<String> statuses(List<? extends Outcome<?>> outcomes) {
        return outcomes.stream().map(Outcome::status).toList();
    }

    @Test
    void runsOfEveryFateLeaveWhatTheyLeaveOnThreads() throws IOException {
        Path start = folder.resolve("start");
        Cli.design("A1", start, "--iterations", "2").json();
        List<Cell<DesignConfig, DesignResult>> cells = List.of(
                cell("first", null),
                cell("tuned", "first", "inner-steps", "9"),
                cell("diverged", null, "lr", "1e30"),
                cell("waiting", "diverged"),
                cell("snapshot", null, "init", start.resolve("best.npz").toString()),
                cell("imitating", null, "init", "imitate:" + start),
                cell("missing", null, "init", folder.resolve("nowhere.npz").toString()));
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        for (Path all : List.of(here, there)) {
            Files.createDirectory(all);
        }
        List<Outcome<DesignResult>> expected =
                new Grid<>(PURPOSE, cells, Catalogue.builtIn(), here, Place.here(2)).resume();
        List<Outcome<DesignResult>> actual = new Grid<>(PURPOSE, cells, Catalogue.builtIn(), there, ELSEWHERE).resume();
        assertEquals(statuses(expected), statuses(actual));
        assertTrue(
                statuses(actual).get(2).startsWith("diverged: "),
                statuses(actual).get(2));
        assertTrue(
                statuses(actual).get(6).startsWith("failed: --init must be"),
                statuses(actual).get(6));
        assertEquals(Runs.names(here), Runs.names(there));
        for (String name : List.of("first", "snapshot", "imitating")) {
            Runs.assertSameNumbers(here.resolve(name), there.resolve(name));
        }
        assertEquals(Runs.result(here.resolve("tuned")), Runs.result(there.resolve("tuned")));
        assertEquals(Runs.names(here.resolve("diverged")), Runs.names(there.resolve("diverged")));
        DesignResult result = actual.get(0).result();
        assertEquals(there.resolve("first").toString(), result.runDirectory());
        assertTrue(Files.readString(there.resolve("first").resolve("result.json"))
                .contains("\"runDirectory\":\"%s\"".formatted(there.resolve("first"))));
    }

    @Test
    void aRunGoesOnFromItsCheckpointOnEitherSide() throws IOException {
        for (Place place : List.of(ELSEWHERE, Place.here(1))) {
            Path half = folder.resolve("half-" + place.showsSteps());
            Cli.design("A1", half, "--iterations", "3").json();
            Files.delete(half.resolve("result.json"));
            String config = Files.readString(half.resolve("config.yaml"));
            Files.writeString(half.resolve("config.yaml"), config.replace("iterations: 3", "iterations: 6"));
            place.run(cell("half", null, "iterations", "6"), Catalogue.builtIn(), half, Display.SILENT);
        }
        Runs.assertSameNumbers(folder.resolve("half-true"), folder.resolve("half-false"));
        assertEquals(
                6, Runs.result(folder.resolve("half-false")).get("iterations").asInt());
    }

    /** The file of a game travels, and the run keeps it and says where it was. */
    @Test
    void aUsersGameTravels() throws IOException {
        Path roads = Path.of("..", "examples", "RoadTolls.java");
        Catalogue.Named game = Catalogue.builtIn().named(roads.toString());
        SolveConfig config = Binder.bind(
                game.catalogue(), SolveConfig.KIND, Given.options(Map.of("game", game.name(), "iterations", "4")));
        Cell<SolveConfig, SolveResult> cell =
                new Cell<>("roads", Json.object(), SolveKind.SOLVE, config, game.source(), null);
        for (Place place : List.of(ELSEWHERE, Place.here(1))) {
            Path all = Files.createDirectory(folder.resolve("roads-" + place.showsSteps()));
            assertEquals(
                    List.of("finished"),
                    statuses(new Grid<>(PURPOSE, List.of(cell), game.catalogue(), all, place).resume()));
        }
        Path there = folder.resolve("roads-false").resolve("roads");
        Runs.assertSameNumbers(folder.resolve("roads-true").resolve("roads"), there);
        assertTrue(Files.exists(there.resolve("RoadTolls.java")));
        assertEquals(game.source(), RunFolder.config(there).source());
    }

    @Test
    void whereNoMachineIsLeftEachRunSaysSoAndGoesOnLater() throws IOException {
        Files.createDirectory(folder.resolve("all"));
        List<Cell<DesignConfig, DesignResult>> cells = List.of(cell("one", null), cell("two", null));
        Path all = folder.resolve("all");
        Place broken = Place.on(new Loop(false), 2);
        assertEquals(
                List.of("failed: no machine is left", "failed: no machine is left"),
                statuses(new Grid<>(PURPOSE, cells, Catalogue.builtIn(), all, broken).resume()));
        assertFalse(Files.exists(all.resolve("one")));
        assertEquals(
                List.of("finished", "finished"),
                statuses(new Grid<>(PURPOSE, cells, Catalogue.builtIn(), all, ELSEWHERE).resume()));
    }

    @Test
    void withoutTheModuleOneSentenceSaysHowToBuildIt() throws IOException {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), "settings: [A1]\n");
        Path out = folder.resolve("out");
        Cli.run("sweep", file.toString(), "--out", out.toString(), "--on", "spark://127.0.0.1:7077")
                .assertRefused("--on spark://127.0.0.1:7077", "mvn -B -Pspark");
        assertFalse(Files.exists(out));
        Cli.run("design", "A1", "--on", "local[2]").assertRefused("--seeds");
    }
}
