package mfg.eval.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mfg.core.DivergedException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.io.Failure;
import mfg.eval.io.Steps;
import mfg.eval.run.Context;
import mfg.eval.run.Display;
import mfg.eval.run.Parcel;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunFile;
import mfg.eval.run.RunFolder;
import mfg.eval.run.RunKind;

/** The other side of a run that is computed elsewhere: a parcel comes in, and goes back with the run's folder as it is then. */
public final class Remote {

    private Remote() {}

    /**
     * Runs what a parcel holds, on one thread, in a folder that is removed afterwards. That a run diverges or fails is part of the
     * answer.
     *
     * @param below where that folder is made
     * @return the bytes of a parcel
     * @throws IOException if this machine cannot write files; then another may be asked
     */
    public static byte[] run(byte[] parcel, Path below) throws IOException {
        Path scratch = Files.createTempDirectory(below, "mfg-run");
        try {
            return answer(Parcel.of(parcel), scratch).bytes();
        } finally {
            try (Stream<Path> all = Files.walk(scratch)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Parcel answer(Parcel parcel, Path scratch) throws IOException {
        Path beside = scratch.resolve("beside");
        Path folder = scratch.resolve("run");
        Path config = scratch.resolve(RunFolder.CONFIG);
        Files.writeString(config, Objects.requireNonNull(parcel.text(Parcel.CONFIG)));
        parcel.writeBeside(beside);
        parcel.writeRun(folder);
        boolean charts = Boolean.parseBoolean(parcel.text(Parcel.CHARTS));
        UnaryOperator<Path> found =
                path -> Files.exists(Parcel.beside(beside, path)) ? Parcel.beside(beside, path) : path;
        Parcel answer = new Parcel();
        try {
            RunFile file = RunFile.read(config);
            Catalogue games = RemoteGames.of(parcel, found);
            run(
                    RunKinds.named(file.command()),
                    file,
                    games,
                    folder,
                    config,
                    new Context(1, Context.CHECKPOINT_EVERY, new Unseen(charts), found));
        } catch (DivergedException e) {
            answer.put(Parcel.DIVERGED, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | Error e) {
            Failure.trace(e);
            answer.put(Parcel.FAILED, Failure.reason(e));
        }
        answer.putRun(folder);
        return answer;
    }

    private static <C extends Record, T extends Result> void run(
            RunKind<C, T> kind, RunFile file, Catalogue games, Path folder, Path config, Context context)
            throws IOException {
        if (RunFolder.isRun(folder)) {
            Run.resume(kind, games, folder, null, context);
        } else {
            Run.start(kind, file.config(games, kind.configuration(), config), file.source(), folder, context);
        }
    }

    /** Nobody looks. */
    private record Unseen(boolean showsCharts) implements Display {

        @Override
        public Steps steps(String name, int done, int steps) {
            return SILENT.steps(name, done, steps);
        }

        @Override
        public Steps part(String what, int steps) {
            return SILENT.part(what, steps);
        }

        @Override
        public void tell(String sentence) {}
    }
}
