package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command leaves what it does. Asked again it goes on there. */
final class Out {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder (runs/NAME-TIME); given again, it goes on where it stopped.")
    @Nullable
    Path given;

    /**
     * The folder that was given, else one of its own.
     *
     * @param name what it is called after
     */
    Path folder(String name) throws IOException {
        return given != null ? given : RunFolder.fresh(name);
    }

    /** The arguments that go on in a folder. */
    List<String> again(Path folder) {
        List<String> again =
                new ArrayList<>(command.root().commandLine().getParseResult().originalArgs());
        if (given == null) {
            int words = command.qualifiedName(" ").split(" ", -1).length; // mfg among them
            again.addAll(words - 1, List.of("--out", folder.toString()));
        }
        return again;
    }
}
