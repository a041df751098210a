package mfg.eval.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mfg.eval.Cli;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of all runs gives nothing away but runs, and changes nothing. */
final class ShowServerTest {

    private static final String SECRET = "nobody shall read this";

    @TempDir
    private static Path folder;

    private static ShowServer server;

    @BeforeAll
    static void serve() throws IOException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        solve(runs.resolve("report"));
        Cli.design("A2", runs.resolve("a2")).json();
        solve(runs.resolve("deep/er/rps"));
        Files.writeString(folder.resolve("secret.csv"), "x\n" + SECRET + "\n");
        solve(runs.resolve("linked"));
        Files.createSymbolicLink(runs.resolve("linked/extra.csv"), folder.resolve("secret.csv"));
        solve(folder.resolve("outside"));
        Files.createSymbolicLink(runs.resolve("away"), folder.resolve("outside"));
        Path named = runs.resolve("<img src=x onerror=alert(1)>");
        solve(named);
        server = new ShowServer(Runs.of(runs), 0);
    }

    private static void solve(Path run) {
        Cli.run("solve", "rps", "--iterations", "3", "--out", run.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String path) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.address() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static JsonNode runs() throws IOException {
        return new ObjectMapper().readTree(get("runs").body());
    }

    @Test
    void allRunsAreListedAndNoneElsewhere() throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        runs().forEach(run -> kinds.put(
                run.get("id").asText(),
                "%s %s %s"
                        .formatted(
                                run.get("kind").asText(),
                                run.get("game").asText(),
                                run.get("state").get("kind").asText())));
        assertEquals(
                Map.of(
                        "a2", "design A2 FINISHED",
                        "report", "solve rps FINISHED",
                        "deep/er/rps", "solve rps FINISHED",
                        "<img src=x onerror=alert(1)>", "solve rps FINISHED"),
                kinds);
    }

    @Test
    void aReportIsServed() throws IOException {
        runs();
        JsonNode report =
                new ObjectMapper().readTree(get("report?run=deep%2Fer%2Frps").body());
        assertEquals("solve: rps", report.get("title").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.csv",
                "..",
                "../outside",
                "away",
                "linked",
                "a2/../../outside",
                "/etc",
                "a2/config.yaml",
                "deep",
                "",
                "a2\u0000",
            })
    void nothingElseIs(String asked) throws IOException {
        runs();
        HttpResponse<String> reply = get("report?run=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
        assertEquals(404, reply.statusCode(), reply.body());
        assertFalse(reply.body().contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a2/config.yaml", "secret.csv", "..%2Fsecret.csv", "page.js/..", "%2e%2e/secret.csv", "report"})
    void thereAreNoOtherPages(String path) throws IOException {
        HttpResponse<String> reply = get(path);
        assertEquals(404, reply.statusCode(), reply.body());
    }

    /** A page elsewhere could have its own name lead here. */
    @Test
    void aForeignNameIsTurnedAway() throws IOException {
        URI address = URI.create(server.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write("GET /runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            String reply = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(reply.startsWith("HTTP/1.1 403"), reply);
        }
    }

    @Test
    void itIsServedToThisMachineAlone() {
        assertEquals("127.0.0.1", URI.create(server.address()).getHost());
    }

    @Test
    void nothingIsWritten() throws IOException, InterruptedException {
        Map<String, Long> before = times();
        for (String path : new String[] {"", "page.js", "page.css", "show.js", "echarts.js", "runs", "report?run=a2"}) {
            assertEquals(200, get(path).statusCode(), path);
        }
        HttpRequest post = HttpRequest.newBuilder(URI.create(server.address() + "runs"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertEquals(
                405,
                HttpClient.newHttpClient()
                        .send(post, HttpResponse.BodyHandlers.ofString())
                        .statusCode());
        assertEquals(before, times());
    }

    private static Map<String, Long> times() throws IOException {
        Map<String, Long> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return times;
    }

    @Test
    void aConfigurationThatIsNoneIsListedAsSuch() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("runs2/odd"));
        Files.writeString(odd.resolve("config.yaml"), "!!javax.script.ScriptEngineManager [x]\n");
        assertEquals("unreadable", Runs.of(folder.resolve("runs2")).all().get(0).kind());
    }
}
