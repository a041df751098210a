package mfg.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A cluster of Spark on this machine's loopback: a master and workers, each a process. */
final class Loopback implements AutoCloseable {

    private final Path folder;
    private final int port = freePort();
    private final List<Process> workers = new ArrayList<>();
    private final Process master;

    /** Starts a cluster; logs and the workers' files go to a folder. */
    Loopback(Path folder, int count) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.master = start("master", "Master", "--port", String.valueOf(port));
        await("the master", () -> contains(log("master"), "New state: ALIVE"));
        for (int i = 0; i < count; i++) {
            Path work = folder.resolve("work-" + i);
            String[] options = {"--cores", "1", "--memory", "1g", "--work-dir", work.toString(), master()};
            workers.add(start("worker-" + i, "Worker", options));
        }
        for (int i = 0; i < count; i++) {
            Path log = log("worker-" + i);
            await("a worker", () -> contains(log, "Successfully registered with master"));
        }
    }

    private Process start(String name, String role, String... options) throws IOException {
        Path home = Path.of(System.getenv("SPARK_HOME"));
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx256m",
                "-cp",
                home.resolve("jars").resolve("*").toString(),
                "org.apache.spark.deploy.%s.%s".formatted(role.toLowerCase(Locale.ROOT), role),
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().putAll(Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.13"));
        return builder.start();
    }

    /** The Java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** What {@code --on} takes. */
    String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Kills a worker and the executors that it has, as the end of a machine would. */
    void killWorker(int i) {
        Process worker = workers.get(i);
        List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        for (Process process : workers) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        master.destroyForcibly();
    }

    /** A port that nobody listens at. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for something, at most a minute. */
    static void await(String what, BooleanSupplier there) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited in vain for " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
