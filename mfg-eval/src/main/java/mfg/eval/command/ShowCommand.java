package mfg.eval.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mfg.core.InvalidInputException;
import mfg.eval.io.Text;
import mfg.eval.show.Runs;
import mfg.eval.show.ShowServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows runs in a browser. */
@Command(
        name = "show",
        description = {
            "Shows all runs below a folder in a browser: those that go on live, several beside each other, the report of each.",
            "It serves this machine alone, only reads, and ends with Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./mfg show", "  ./mfg show runs/sweep --port 8080", "  ./mfg show --no-browser"})
public final class ShowCommand implements Callable<Integer> {

    private static final int MOST_PORTS = 65_535;

    private static final Path USUAL = Path.of("runs");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder (${DEFAULT-VALUE}).")
    private Path folder = USUAL;

    @Option(names = "--port", paramLabel = "N", description = "The port; 0 for a free one (${DEFAULT-VALUE}).")
    private int port = 0;

    @Option(names = "--no-browser", description = "Only say where the page is.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > MOST_PORTS) {
            throw new InvalidInputException("--port must be from 0 to %d, not %d".formatted(MOST_PORTS, port));
        }
        PrintWriter out = spec.commandLine().getOut();
        Runs runs = folder.equals(USUAL) ? Runs.expected(folder) : Runs.of(folder);
        int count = runs.all().size();
        try (ShowServer server = new ShowServer(runs, port)) {
            out.printf("%s in %s: %s (Ctrl-C ends this)%n", Text.count(count, "runs"), folder, server.address());
            out.flush();
            if (!quiet) {
                open(server.address());
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }

    /** Opens a browser where there is one; where there is none, the address was said. */
    private static void open(String address) {
        String system = System.getProperty("os.name", "");
        List<String> command = system.startsWith("Mac")
                ? List.of("open", address)
                : system.startsWith("Windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : List.of("xdg-open", address);
        try {
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // there is no browser to open
        }
    }
}
