package mfg.eval;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells on Ctrl-C how a command goes on, as long as this is open. */
final class Interruption implements AutoCloseable {

    private final Thread hint;

    /**
     * Opens.
     *
     * @param start the first file: before it exists there is nothing to go on with
     * @param command the arguments that go on
     */
    Interruption(Path start, String command) {
        hint = new Thread(() -> {
            if (Files.exists(start)) {
                System.err.printf("%ninterrupted; go on with: ./mfg %s%n", command);
            }
        });
        Runtime.getRuntime().addShutdownHook(hint);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hint);
        } catch (IllegalStateException e) {
            // the interruption came first, and the hint is being told
            return;
        }
    }
}
