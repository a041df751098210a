package mfg.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;

/**
 * Where a folder stands.
 *
 * @param kind one of a few
 * @param words why, where there is more to say
 */
public record State(Kind kind, String words) {

    /** Where it can stand. */
    public enum Kind {
        /** A process has it open. */
        RUNNING,
        /** There is a result. */
        FINISHED,
        /** There is a result, but not as it was meant: the run ended early. */
        ENDED_EARLY,
        /** There is no result: it was killed, or diverged. */
        STOPPED
    }

    /** Looks. */
    public static State of(Path folder) throws IOException {
        if (isOpen(folder)) {
            return new State(Kind.RUNNING, "");
        }
        if (!Files.isRegularFile(folder.resolve(RunFolder.CONFIG))) {
            return RunFolder.holdsSeveral(folder) ? ofSeveral(folder) : new State(Kind.FINISHED, "");
        }
        ObjectNode result = Json.intact(folder.resolve(RunFolder.RESULT), Map.of(), ObjectNode.class);
        if (result == null) {
            return new State(Kind.STOPPED, "stopped before its end; --resume continues it");
        }
        String status = result.path("status").asText(Run.FINISHED);
        return status.equals(Run.FINISHED) ? new State(Kind.FINISHED, "") : new State(Kind.ENDED_EARLY, status);
    }

    /** Several have ended when the command has given its answer. */
    private static State ofSeveral(Path folder) throws IOException {
        int ended = 0;
        boolean goesOn = false;
        List<Path> runs = RunFolder.below(folder);
        for (Path run : runs) {
            goesOn |= isOpen(run);
            if (Files.exists(run.resolve(RunFolder.RESULT)) || Files.exists(run.resolve(RunFolder.DIVERGED))) {
                ended++;
            }
        }
        if (!goesOn && !Answer.in(folder).isEmpty()) {
            return new State(Kind.FINISHED, "");
        }
        String words = "%d of the %s begun have ended".formatted(ended, Text.count(runs.size(), "runs"));
        return goesOn
                ? new State(Kind.RUNNING, words)
                : new State(Kind.STOPPED, "stopped before its end: %s; --resume continues it".formatted(words));
    }

    /** Whether a process has a run open: it holds the lock. Asks in a way that changes nothing. */
    private static boolean isOpen(Path folder) throws IOException {
        Path lock = folder.resolve(RunFolder.LOCK);
        if (!Files.isRegularFile(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
                FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this process
        }
    }
}
