package mfg.core.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a function cannot be written down, because of which operation, and where that is. */
public final class UntraceableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(UntraceableException.class);
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
    private static final List<String> LIBRARY = List.of("ai.djl.", "java.", "jdk.", "com.sun.", "mfg.core.trace.");

    /**
     * Reads operation and place off a failure.
     *
     * @param failure what an array that is recorded threw
     */
    UntraceableException(RuntimeException failure) {
        super(told(failure), failure);
    }

    private static String told(RuntimeException failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        int user = (int)
                Arrays.stream(frames).takeWhile(UntraceableException::isLibrary).count();
        String operation = user > 0 ? frames[user - 1].getMethodName() : "an operation";
        String place = Arrays.stream(frames)
                .skip(user)
                .filter(frame -> !frame.getClassName().startsWith("mfg.core.") && frame.getFileName() != null)
                .findFirst()
                .or(() -> Arrays.stream(frames).skip(user).findFirst())
                .map(frame -> " in " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
        String message = String.valueOf(failure.getMessage());
        boolean isOurs = failure.getStackTrace().length > 0
                && failure.getStackTrace()[0].getClassName().startsWith("mfg.");
        return "%s%s cannot be traced%s".formatted(operation, place, isOurs ? " (" + message + ")" : "");
    }

    /** Warns that the engine computes instead, once for each obstacle. */
    public void warn() {
        if (TOLD.add(String.valueOf(getMessage()))) {
            LOG.warn("{}; the engine computes instead, which takes longer", getMessage());
        }
    }

    private static boolean isLibrary(StackTraceElement frame) {
        return LIBRARY.stream().anyMatch(frame.getClassName()::startsWith);
    }
}
