package mfg.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.function.Executable;
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
        Path file = run.resolve("notes.txt");
        assertRefused(file + " exists already and is no folder", () -> RunFolder.create(file));
        assertEquals("precious", Files.readString(run.resolve("notes.txt")));
        assertRefused(run + " is not a run directory: it has no config.yaml", () -> RunFolder.open(run));
    }

    @Test
    void aFolderThatTheSystemHasNoPlaceForIsNamed() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc");
        Path nowhere = Path.of("/proc/mfg-nowhere/run");
        assertRefused("folder /proc/mfg-nowhere/run cannot be made", () -> RunFolder.create(nowhere));
    }

    @Test
    void aFolderOfRunsNamesTheFirst() throws IOException {
        for (String name : List.of("seed-2", "seed-1", "other")) {
            Files.createDirectory(folder.resolve(name));
        }
        assertRefused(folder + " is not a run directory: it has no config.yaml", () -> RunFolder.open(folder));
        Files.writeString(folder.resolve("seed-2").resolve("config.yaml"), "");
        Files.writeString(folder.resolve("seed-1").resolve("config.yaml"), "");
        assertEquals(List.of(folder.resolve("seed-1"), folder.resolve("seed-2")), RunFolder.below(folder));
        assertRefused(
                "%s is not a run directory: it has no config.yaml; a run in it is %s"
                        .formatted(folder, folder.resolve("seed-1")),
                () -> RunFolder.open(folder));
    }

    private static void assertRefused(String sentence, Executable what) {
        assertEquals(sentence, assertThrows(InvalidInputException.class, what).getMessage());
    }
}
