package mfg.eval.grid;

import java.io.IOException;
import java.util.ServiceLoader;
import mfg.core.InvalidInputException;

/** Other machines that run what they are given, one parcel a call, many calls at a time. */
public interface Cluster extends AutoCloseable {

    /**
     * Has a parcel run by {@link mfg.eval.remote.Remote#run} somewhere, and again elsewhere where a machine is lost.
     *
     * @return what that returned
     * @throws IOException if it could not be run
     */
    byte[] run(byte[] parcel) throws IOException;

    @Override
    void close();

    /** A kind of cluster; found by {@link ServiceLoader}. */
    interface Provider {
        /**
         * Connects.
         *
         * @param master as given to {@code --on}
         * @throws InvalidInputException if it is no master, or none that can be reached
         */
        Cluster connect(String master);
    }

    /**
     * Connects.
     *
     * @param master as given to {@code --on}
     * @throws InvalidInputException if this was built without a cluster, or it cannot be reached
     */
    static Cluster of(String master) {
        return ServiceLoader.load(Provider.class)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "--on %s needs the module mfg-spark, which is not there; build it by: mvn -B -Pspark -Dmaven.test.skip=true package"
                                .formatted(master)))
                .connect(master);
    }
}
