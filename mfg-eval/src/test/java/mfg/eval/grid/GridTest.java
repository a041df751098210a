package mfg.eval.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from what others came to. */
final class GridTest {

    private static final Grid.Purpose PURPOSE = new Grid.Purpose("test", "test.yaml", "table.csv", false);

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

    private Grid<DesignResult> grid(Path at, List<Cell<DesignConfig, DesignResult>> cells) {
        return new Grid<>(PURPOSE, cells, Catalogue.builtIn(), at, Place.here(2));
    }

    @Test
    void aCellStartsFromTheBestOfItsSource() throws IOException {
        List<Cell<DesignConfig, DesignResult>> cells = List.of(
                cell("first", null), cell("tuned", "first", "inner-steps", "9"), cell("again", "tuned", "lr", "0.01"));
        List<Outcome<DesignResult>> outcomes =
                grid(folder.resolve("grid"), cells).start("");
        assertEquals(
                List.of("first", "tuned", "again"),
                outcomes.stream().map(outcome -> outcome.cell().name()).toList());

        Path grid = folder.resolve("grid");
        Path alone = folder.resolve("alone");
        Path best = grid.resolve("first").resolve("best.npz").toAbsolutePath();
        Cli.design("A1", alone, "--iterations", "3", "--inner-steps", "9", "--init", best.toString())
                .json();
        assertEquals(Runs.result(alone), Runs.result(grid.resolve("tuned")));
        List<ObjectNode> table = Csv.read(grid.resolve("table.csv"));
        assertEquals("tuned", table.get(1).get("recipe").textValue());
        assertEquals(
                Runs.result(alone).get("objective").asText(),
                table.get(1).get("objective").textValue());
    }

    @Test
    void aMovedGridGoesOnFromItsSources() throws IOException {
        List<Cell<DesignConfig, DesignResult>> cells = List.of(cell("first", null), cell("tuned", "first"));
        grid(folder.resolve("grid"), cells).start("");
        Path grid = folder.resolve("grid");
        Path moved = Files.move(grid, folder.resolve("moved"));
        Path kept = Runs.copy(moved.resolve("tuned"), folder.resolve("kept"));
        for (String file : Runs.names(kept)) {
            Files.delete(moved.resolve("tuned").resolve(file));
        }
        Files.delete(moved.resolve("tuned"));
        grid(moved, cells).resume();
        assertEquals(Runs.result(kept), Runs.result(moved.resolve("tuned"))); // where it starts is called otherwise now
    }

    /** It would diverge again; what fails otherwise may be mended. */
    @Test
    void whatDivergedIsNotRunAgainButWhatFailedIs() throws IOException {
        List<Cell<DesignConfig, DesignResult>> cells = List.of(cell("first", null, "lr", "1e30"), cell("other", null));
        Path grid = folder.resolve("grid");
        List<Outcome<DesignResult>> started = grid(grid, cells).start("");
        Path checkpoint = grid.resolve("first").resolve("checkpoint.npz");
        FileTime written = Files.getLastModifiedTime(checkpoint);
        Path other = grid.resolve("other");
        Files.delete(other.resolve("result.json"));
        byte[] kept = Files.readAllBytes(other.resolve("checkpoint.npz"));
        Files.writeString(other.resolve("checkpoint.npz"), "damaged");

        List<Outcome<DesignResult>> again = grid(grid, cells).resume();
        assertEquals(started.get(0).status(), again.get(0).status());
        assertEquals(written, Files.getLastModifiedTime(checkpoint));
        assertTrue(again.get(1).status().startsWith("failed: "), again.get(1).status());
        Files.write(other.resolve("checkpoint.npz"), kept);
        assertEquals("finished", grid(grid, cells).resume().get(1).status());
    }

    @Test
    void whatStartsFromADivergedRunIsNotStarted() throws IOException {
        List<Outcome<DesignResult>> outcomes = grid(
                        folder.resolve("grid"),
                        List.of(cell("first", null, "lr", "1e30"), cell("tuned", "first"), cell("other", null)))
                .start("");
        assertTrue(
                outcomes.get(0).status().startsWith("diverged: "),
                outcomes.get(0).status());
        assertEquals("not started, for first has no result", outcomes.get(1).status());
        assertNull(outcomes.get(1).result());
        assertEquals("finished", outcomes.get(2).status());
        assertFalse(Files.exists(folder.resolve("grid").resolve("tuned")));
    }
}
