package mfg.eval.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process's turn at a folder that several share, and that is no run's: as long as it is open, the others wait. */
@FunctionalInterface
public interface Turn extends AutoCloseable {

    @Override
    void close() throws IOException;

    /**
     * Waits for a turn.
     *
     * @param folder which is there
     */
    static Turn at(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(RunFolder.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock(); // until it is closed
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return channel::close;
    }
}
