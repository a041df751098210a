package mfg.spark;

import com.google.auto.service.AutoService;
import java.util.Map;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import mfg.eval.grid.Cluster;

/** Knows the masters of Spark by their names. */
@AutoService(Cluster.Provider.class)
public final class SparkProvider implements Cluster.Provider {

    private static final Pattern MASTER = Pattern.compile("local(\\[([1-9][0-9]*|\\*)])?|spark://.+|yarn|k8s://.+");

    /** Before the first logger is made: what a user can do something about, on stderr. */
    private static final Map<String, String> LEVELS = Map.of(
            "org", "warn",
            "io.netty", "warn",
            "io.fabric8", "warn",
            "org.apache.hadoop.util.NativeCodeLoader", "error",
            "org.apache.spark.SparkContext", "off", // what it throws is told by us
            "org.apache.spark.metrics", "error",
            "org.apache.spark.network", "error", // who hung up in the middle
            "org.apache.spark.rpc", "off", // who hung up at the end, what came after it
            "org.apache.spark.scheduler.TaskSetManager", "error", // a lost executor is told of by another
            "org.apache.spark.util.Utils", "error"); // which address it would choose

    @Override
    public Cluster connect(String master) {
        if (!MASTER.matcher(master).matches()) {
            throw new InvalidInputException(
                    "--on must be a master of Spark, such as spark://HOST:7077, local[4], yarn or k8s://https://HOST:PORT, not "
                            + master);
        }
        LEVELS.forEach((name, level) -> System.setProperty("org.slf4j.simpleLogger.log." + name, level));
        return SparkCluster.connect(master);
    }
}
