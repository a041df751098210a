package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mfg.core.InvalidInputException;
import mfg.eval.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is one run's, from the moment it is there. */
final class RunFolderTest {

    @TempDir
    private Path folder;

    /** Many of one name in one second get folders of their own. */
    @Test
    void runsOfTheSameSecondNeverCollide() throws Exception {
        boolean before = Files.exists(Path.of("runs"));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Path> made = new ArrayList<>();
        try {
            List<Callable<Path>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                tasks.add(() -> RunFolder.fresh("run-folder-test"));
            }
            for (Future<Path> future : pool.invokeAll(tasks)) {
                made.add(future.get());
            }
            assertEquals(40, new HashSet<>(made).size());
            assertTrue(made.stream().allMatch(path -> path.toString().matches("runs.run-folder-test-\\d{8}-\\d{6}.*")));
        } finally {
            pool.shutdown();
            for (Path path : made) {
                Files.deleteIfExists(path);
            }
            if (!before && Runs.names(Path.of("runs")).isEmpty()) {
                Files.delete(Path.of("runs"));
            }
        }
    }

    @Test
    void anOpenRunIsNobodyElses() throws IOException {
        Path run = folder.resolve("run");
        try (RunFolder files = RunFolder.create(run)) {
            assertEquals(run, files.path());
            assertInUse(() -> RunFolder.create(run));
            Files.writeString(run.resolve("config.yaml"), "");
            assertInUse(() -> RunFolder.open(run));
        }
        RunFolder.open(run).close();
        String told = assertThrows(InvalidInputException.class, () -> RunFolder.create(run))
                .getMessage();
        assertTrue(told.contains("exists already") && told.contains("--resume " + run), told);
    }

    private static void assertInUse(Callable<RunFolder> other) {
        String told = assertThrows(InvalidInputException.class, other::call).getMessage();
        assertTrue(told.contains("is in use by another process"), told);
    }

    @Test
    void onlyWhatIsEmptyOrWasLeftBeforeTheStartIsTaken() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve("run.lock"), "");
        Files.writeString(run.resolve("config.yaml.tmp"), "format:");
        RunFolder.create(run).close();
        Files.writeString(run.resolve("notes.txt"), "precious");
        assertThrows(InvalidInputException.class, () -> RunFolder.create(run));
        assertThrows(InvalidInputException.class, () -> RunFolder.create(run.resolve("notes.txt")));
        assertEquals("precious", Files.readString(run.resolve("notes.txt")));
        String told = assertThrows(InvalidInputException.class, () -> RunFolder.open(run))
                .getMessage();
        assertTrue(told.contains("is not a run directory: it has no config.yaml"), told);
    }
}
