package mfg.eval.grid;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mfg.core.DivergedException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.run.Display;
import mfg.eval.run.Parcel;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunFile;
import mfg.eval.run.RunFolder;

/**
 * Runs on other machines. What is there of a run goes out, and its folder comes back whole, as soon as it has come to its end. Meanwhile
 * the folder here is locked.
 *
 * @param cluster not closed before this
 * @param threads for what is done in this process
 */
record Elsewhere(Cluster cluster, int threads) implements Place {

    /** More than any cluster has at a time; each takes a thread here that waits. */
    private static final int RUNS = 1000;

    @Override
    public int runs() {
        return RUNS;
    }

    @Override
    public boolean showsSteps() {
        return false;
    }

    @Override
    public <C extends Record, T extends Result> T run(
            Cell<C, T> cell, Catalogue catalogue, Path folder, Display display) throws IOException {
        try (RunFolder files = RunFolder.isRun(folder) ? RunFolder.open(folder) : RunFolder.create(folder)) {
            Parcel out = parcel(cell, catalogue, display);
            out.putRun(folder);
            Parcel back = Parcel.of(cluster.run(out.bytes()));
            back.writeRun(folder);
            String diverged = back.text(Parcel.DIVERGED);
            if (diverged != null) {
                throw new DivergedException(diverged);
            }
            String failed = back.text(Parcel.FAILED);
            T result = failed == null ? Run.result(cell.kind(), files) : null;
            if (result == null) {
                throw new IOException(failed == null ? "it came back without a result" : failed);
            }
            return result;
        } finally {
            if (!RunFolder.isRun(folder)) {
                RunFolder.discard(folder);
            }
        }
    }

    private static <C extends Record> Parcel parcel(Cell<C, ?> cell, Catalogue catalogue, Display display)
            throws IOException {
        Parcel parcel = new Parcel();
        RunFile file = RunFile.of(cell.kind().command(), cell.source(), cell.config());
        parcel.put(Parcel.CONFIG, file.text(""));
        parcel.put(Parcel.CHARTS, String.valueOf(display.showsCharts()));
        parcel.put(Parcel.GAMES, catalogue.files().stream().map(Path::toString).collect(Collectors.joining("\n")));
        List<Path> beside = new ArrayList<>(catalogue.files());
        beside.addAll(cell.kind().reads(cell.config()));
        parcel.putBeside(beside);
        return parcel;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
