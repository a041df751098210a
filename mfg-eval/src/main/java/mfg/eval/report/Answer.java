package mfg.eval.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import mfg.core.AtomicFile;
import mfg.eval.io.Fact;
import mfg.eval.io.Json;
import mfg.eval.io.Summary;
import mfg.eval.view.Charts;

/**
 * What a command said of a folder, kept there for its page: {@code report/answer-COMMAND.json}.
 *
 * @param command such as {@code design}
 * @param facts that people look for first
 * @param warnings that a reader must know
 * @param assumptions that the result rests on
 * @param text all of it
 */
public record Answer(String command, List<Fact> facts, List<String> warnings, List<String> assumptions, String text) {

    /** Files of earlier versions have no assumptions. */
    public Answer {
        assumptions = Objects.requireNonNullElse(assumptions, List.of());
    }

    private static final String PREFIX = "answer-";
    private static final String SUFFIX = ".json";

    /** What a result says. */
    public static Answer of(String command, Summary result) {
        return new Answer(command, result.facts(), result.warnings(), result.assumptions(), result.summary());
    }

    /** Keeps it. */
    public void save(Path folder) throws IOException {
        Path parts = Files.createDirectories(folder.resolve(Charts.FOLDER));
        AtomicFile.write(parts.resolve(PREFIX + command + SUFFIX), Json.line(this));
    }

    /** What was kept, the latest last. */
    static List<Answer> in(Path folder) throws IOException {
        Path parts = folder.resolve(Charts.FOLDER);
        List<Answer> answers = new ArrayList<>();
        if (Files.isDirectory(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file : files.filter(Answer::isOne).sorted().toList()) {
                    Answer answer = Json.intact(file, Map.of(), Answer.class);
                    if (answer != null) {
                        answers.add(answer);
                    }
                }
            }
        }
        return answers;
    }

    static boolean isOne(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }
}
