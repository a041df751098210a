package mfg.eval.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.report.State;
import mfg.eval.show.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
        name = "runs",
        description =
                "Lists the runs below a folder, the latest first: what each is, where it stands, what came of it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./mfg runs", "  ./mfg runs runs/sweep", "  ./mfg runs --remove A1-20261128-101500"
        })
public final class RunsCommand implements Callable<Integer> {

    private static final double KILO = 1024;
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder (${DEFAULT-VALUE}).")
    private Path folder = Path.of("runs");

    @Option(
            names = "--remove",
            paramLabel = "RUN",
            description = "Remove a run, named as in the list, with all that is in its folder; asks first.")
    private List<String> remove = new ArrayList<>();

    @Option(names = "--yes", description = "Remove without asking.")
    private boolean yes;

    @Option(names = "--json", description = "Print the list as one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Runs runs = Runs.of(folder);
        List<Runs.Entry> all = runs.all();
        PrintWriter out = spec.commandLine().getOut();
        if (!remove.isEmpty()) {
            remove(runs, all, out);
        } else if (json) {
            all.forEach(run -> out.println(Json.line(run)));
        } else {
            out.print(table(all));
        }
        out.flush();
        return 0;
    }

    private String table(List<Runs.Entry> all) {
        if (all.isEmpty()) {
            return "no runs in %s%n".formatted(folder);
        }
        long now = System.currentTimeMillis();
        return TextTable.of(all)
                .column("run", run -> run.id().replaceAll("\\p{Cntrl}", "?"))
                .column("kind", Runs.Entry::kind)
                .column("game", Runs.Entry::game)
                .column("state", run -> words(run.state()))
                .column("result", Runs.Entry::result)
                .column("size", run -> size(run.bytes()))
                .column("age", run -> age(now - run.changed()))
                .toString();
    }

    private static String words(State state) {
        return state.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String size(long bytes) {
        return bytes < KILO * KILO
                ? String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / KILO))
                : String.format(Locale.ROOT, "%.1f MB", bytes / KILO / KILO);
    }

    private static String age(long milliseconds) {
        if (milliseconds < MINUTE) {
            return milliseconds / SECOND + " s";
        }
        if (milliseconds < HOUR) {
            return milliseconds / MINUTE + " min";
        }
        return milliseconds < DAY ? milliseconds / HOUR + " h" : milliseconds / DAY + " d";
    }

    private void remove(Runs runs, List<Runs.Entry> all, PrintWriter out) throws IOException {
        Set<String> named = new LinkedHashSet<>();
        remove.forEach(id -> named.add(id.replaceAll("(?<=.)/+$", "")));
        for (String id : named) {
            Path run = runs.folder(id);
            Runs.Entry entry =
                    all.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
            List<Runs.Entry> inside = all.stream()
                    .filter(one -> id.equals(".") || one.id().startsWith(id + "/"))
                    .toList();
            for (Runs.Entry one :
                    Stream.concat(Stream.of(entry), inside.stream()).toList()) {
                if (one.state().kind() == State.Kind.RUNNING) {
                    throw new InvalidInputException("%s is running; stop it first".formatted(one.id()));
                }
            }
            String others = inside.isEmpty() ? "" : ", with " + Text.count(inside.size(), "runs") + " in it";
            out.printf(
                    "%s: %s, %s, %s%s%n",
                    id, (entry.kind() + " " + entry.game()).strip(), words(entry.state()), size(bytes(run)), others);
            if (yes || confirmed(out)) {
                delete(run);
                out.printf("removed %s%n", run);
            } else {
                out.printf("kept %s%n", run);
            }
        }
    }

    private static long bytes(Path folder) throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    private static boolean confirmed(PrintWriter out) throws IOException {
        out.print("remove it, with all that is in it? [y/N] ");
        out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    /** A link is removed, and not what it leads to. */
    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
