package mfg.eval;

import java.nio.file.Path;

/** Tells on Ctrl-C how a run goes on, as long as this is open. */
final class Interruption implements AutoCloseable {

    private final Thread hint;

    Interruption(Path run) {
        hint = new Thread(() -> System.err.printf("%ninterrupted; go on with: ./mfg design --resume %s%n", run));
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
