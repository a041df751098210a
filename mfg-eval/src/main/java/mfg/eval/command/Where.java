package mfg.eval.command;

import mfg.eval.grid.Cluster;
import mfg.eval.grid.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command has its runs. */
final class Where {

    @Mixin
    private Threads threads = new Threads();

    @Option(
            names = "--on",
            paramLabel = "MASTER",
            description = "Have the runs on Apache Spark, as in spark://HOST:7077 or local[4] (docs/cluster.md).")
    @Nullable
    String master;

    /** Threads of this process. */
    int threads() {
        return threads.count();
    }

    /**
     * The place that was given; a cluster is connected to.
     *
     * @throws mfg.core.InvalidInputException if it cannot be reached
     */
    Place open() {
        return master == null ? Place.here(threads()) : Place.on(Cluster.of(master), threads());
    }
}
