package mfg.eval.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is still done on Ctrl-C, as long as this is open. */
public final class Interruption implements AutoCloseable {

    private final Thread answer;

    public Interruption(Runnable answer) {
        this.answer = new Thread(answer);
        Runtime.getRuntime().addShutdownHook(this.answer);
    }

    /**
     * Tells how a command goes on.
     *
     * @param start the first file: before it exists there is nothing to go on with
     * @param command the arguments that go on
     */
    public static Interruption hint(Path start, List<String> command) {
        return new Interruption(() -> {
            if (Files.exists(start)) {
                System.err.printf("%ninterrupted; go on with: ./mfg %s%n", Shell.line(command));
            }
        });
    }

    /** Whether this process is ending: what fails from now on may fail for that alone. */
    public static boolean isOn() {
        return !removed(new Thread());
    }

    @Override
    public void close() {
        removed(answer); // unless the interruption came first, and is being answered
    }

    /** Removes a hook if it is there; false if this process is ending, and it is too late for that. */
    @SuppressWarnings("ReturnValueIgnored") // that it was there
    private static boolean removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
