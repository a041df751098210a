package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mfg.core.InvalidInputException;
import mfg.eval.report.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a page again. */
@Command(
        name = "report",
        description = {
            "Writes report.html into a folder, anew: one file that opens in a browser without a network.",
            "All commands that leave a folder write it by themselves. Of a run that goes on it shows how far that is."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./mfg report runs/X", "  ./mfg report runs/taxis"})
public final class ReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder of a run, of seeds, a sweep, a comparison or a figure.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("there is no folder " + folder);
        }
        spec.commandLine().getOut().println(Pages.save(folder));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
