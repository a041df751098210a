package mfg.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.grid.Cluster;
import mfg.eval.io.Failure;
import mfg.eval.io.Interruption;
import mfg.eval.remote.Remote;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An application of Spark. A parcel is a job of one task, so that each comes back as soon as it is done, fails by itself, and is run
 * again where an executor is lost. Settings of Spark are Java's properties {@code spark.*}; those given stand.
 */
final class SparkCluster implements Cluster {

    private static final String STANDALONE = "spark://";
    private static final String LOCAL = "local";

    /** How the names of applications begin that a standalone master has taken. */
    private static final String OF_A_MASTER = "app-";

    private static final String KUBERNETES = "k8s://";
    private static final String IMAGE = "spark.kubernetes.container.image";
    private static final String IMAGE_OF_EXECUTORS = "spark.kubernetes.executor.container.image";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int MOST_CAUSES = 50;

    /** As the launcher has it for this process, and one thread of the engine for a run. */
    private static final String JAVA_OPTIONS =
            "-Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dai.djl.offline=true -Dai.djl.pytorch.num_threads=1"
                    + " -Dai.djl.pytorch.num_interop_threads=1 -Dorg.slf4j.simpleLogger.log.ai.djl=warn"
                    + " --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector"
                    + " -XX:+UseSerialGC -Xmn16m -Xms32m -XX:ObjectAlignmentInBytes=64";

    private final JavaSparkContext spark;

    private SparkCluster(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * Starts an application.
     *
     * @param master one that Spark knows
     * @throws InvalidInputException if there is none
     */
    static SparkCluster connect(String master) {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setIfMissing("spark.app.name", "mfg")
                .setIfMissing("spark.ui.enabled", "false") // opens no port that nobody asked for
                .setIfMissing("spark.ui.showConsoleProgress", "false")
                .setIfMissing("spark.hadoop.yarn.resourcemanager.connect.max-wait.ms", "20000")
                .setIfMissing("spark.hadoop.yarn.resourcemanager.connect.retry-interval.ms", "5000")
                .setIfMissing("spark.executor.extraJavaOptions", JAVA_OPTIONS);
        if (master.startsWith(LOCAL)) {
            at(LOOPBACK, conf);
        } else {
            // our libraries before those of Spark, which has older ones
            conf.setIfMissing("spark.executor.userClassPathFirst", "true").setJars(Jars.travelling());
        }
        if (master.startsWith(KUBERNETES) && !conf.contains(IMAGE) && !conf.contains(IMAGE_OF_EXECUTORS)) {
            throw new InvalidInputException(
                    "--on %s needs an image that has Spark: MFG_JAVA_OPTS=-D%s=NAME (docs/cluster.md)"
                            .formatted(master, IMAGE));
        }
        if (master.startsWith(STANDALONE)) {
            at(addressTowards(master), conf);
        }
        try {
            JavaSparkContext spark = new JavaSparkContext(conf);
            boolean taken =
                    !master.startsWith(STANDALONE) || spark.sc().applicationId().startsWith(OF_A_MASTER);
            if (taken && !spark.sc().isStopped()) {
                return new SparkCluster(spark);
            }
            spark.close();
        } catch (Exception e) { // Scala throws checked exceptions without saying so
            Failure.trace(e);
            throw unreachable(master, firstLine(root(e)), e);
        }
        throw unreachable(
                master, "no master of Spark answers there, or one of another version", new IllegalStateException());
    }

    /** Where executors find this process; it listens nowhere else. */
    private static void at(String address, SparkConf conf) {
        conf.setIfMissing("spark.driver.host", address).setIfMissing("spark.driver.bindAddress", address);
    }

    /** The address of this machine in the network of the first master that can be reached: where executors are, too. */
    private static String addressTowards(String masters) {
        IOException failure = new IOException();
        for (String master : masters.substring(STANDALONE.length()).split(",", -1)) {
            try (Socket socket = new Socket()) {
                URI uri = URI.create(STANDALONE + master);
                if (uri.getHost() == null || uri.getPort() < 0) {
                    throw new IOException("%s is no HOST:PORT".formatted(master));
                }
                InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
                if (address.isUnresolved()) {
                    throw new IOException("there is no host " + uri.getHost());
                }
                socket.connect(address, PATIENCE_MILLIS);
                return socket.getLocalAddress().getHostAddress();
            } catch (IOException | IllegalArgumentException e) {
                failure = new IOException(e.getMessage(), e);
            }
        }
        throw unreachable(masters, String.valueOf(failure.getMessage()), failure);
    }

    private static InvalidInputException unreachable(String master, String why, Throwable cause) {
        return new InvalidInputException("Spark at %s cannot be reached: %s".formatted(master, why), cause);
    }

    private static Throwable root(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .reduce(e, (outer, inner) -> inner);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public byte[] run(byte[] parcel) throws IOException {
        try {
            return spark.parallelize(List.of(parcel), 1)
                    .map(bytes -> Remote.run(bytes, scratch()))
                    .collect()
                    .get(0);
        } catch (Exception e) { // checked, too, as above
            while (Interruption.isOn()) {
                LockSupport.park(); // Spark was stopped by Ctrl-C; that is no failure of the run
            }
            throw new IOException("Spark did not run it: " + firstLine(e), e);
        }
    }

    /** A folder that Spark removes: of this process, or an executor's own, which goes with what else the executor leaves. */
    private static Path scratch() {
        return Path.of(SparkFiles.getRootDirectory()).toAbsolutePath();
    }

    @Override
    public void close() {
        spark.close();
    }
}
