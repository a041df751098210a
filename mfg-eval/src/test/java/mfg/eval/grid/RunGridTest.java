package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.io.Csv;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from what others came to. */
final class RunGridTest {

    private static final RunGrid.Kind KIND = new RunGrid.Kind("test", "test.yaml", "table.csv", false);

    @TempDir
    private Path folder;

    private static RunGrid.Cell cell(String name, @Nullable String source, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(Cli.arguments("A1", Path.of("unused"), Cli.concat(options, "--iterations", "3")));
        arguments.remove("design");
        ObjectNode labels = JsonNodeFactory.instance.objectNode().put("recipe", name);
        return new RunGrid.Cell(name, labels, DesignCommand.config(arguments), source);
    }

    private RunGrid grid(RunGrid.Cell... cells) {
        return new RunGrid(KIND, List.of(cells), folder.resolve("grid"), 2);
    }

    @Test
    void aCellStartsFromTheBestOfItsSource() throws IOException {
        RunGrid.Cell[] cells = {
            cell("first", null), cell("tuned", "first", "--inner-steps", "9"), cell("again", "tuned", "--lr", "0.01")
        };
        List<RunGrid.Outcome> outcomes = grid(cells).start("");
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
        RunGrid.Cell[] cells = {cell("first", null), cell("tuned", "first")};
        grid(cells).start("");
        Path grid = folder.resolve("grid");
        Path moved = Files.move(grid, folder.resolve("moved"));
        Path kept = Runs.copy(moved.resolve("tuned"), folder.resolve("kept"));
        for (String file : Runs.names(kept)) {
            Files.delete(moved.resolve("tuned").resolve(file));
        }
        Files.delete(moved.resolve("tuned"));
        new RunGrid(KIND, List.of(cells), moved, 1).resume();
        Runs.assertSameNumbers(kept, moved.resolve("tuned"));
    }

    @Test
    void whatStartsFromADivergedRunIsNotStarted() throws IOException {
        List<RunGrid.Outcome> outcomes = grid(
                        cell("first", null, "--lr", "1e30"), cell("tuned", "first"), cell("other", null))
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
