package mfg.eval.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mfg.eval.Cli;
import mfg.eval.run.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages as people see them. Pictures of them are left in {@code target/screenshots}. */
@EnabledIf("mfg.eval.show.Browser#isThere")
final class BrowserTest {

    private static final int WIDE = 1400;
    private static final int NARROW = 400;

    /** Points of the first curve of the first chart. */
    private static final String POINTS =
            "const box = document.querySelector('.chart'); const chart = box && echarts.getInstanceByDom(box);"
                    + " return chart ? chart.getOption().series[0].data.length : 0;";

    @TempDir
    private static Path folder;

    private static Path runs;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        runs = Files.createDirectory(folder.resolve("runs"));
        browser = new Browser();
        Cli.design("A2", runs.resolve("auction"), "--iterations", "6", "--yardsticks", "true", "--validate-every", "1")
                .json();
        Cli.design("A2", runs.resolve("other"), "--iterations", "6", "--lr", "0.01", "--validate-every", "1")
                .json();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    private static void mfg(String... args) {
        Cli.Outcome outcome = Cli.run(args);
        assertEquals(0, outcome.exit(), outcome.err());
    }

    private static Path made(String kind) throws IOException {
        Path run = runs.resolve(kind);
        String out = run.toString();
        switch (kind) {
            case "beach" -> Cli.design("beach-bar", run, "--iterations", "3").json();
            case "seeds" ->
                Cli.design("A2", run, "--iterations", "4", "--seeds", "1..3").json();
            case "map" -> mfg("solve", "crowd-motion", "--iterations", "20", "--out", out);
            case "ring" -> mfg("solve", "sis", "--iterations", "20", "--out", out);
            case "solvers" ->
                mfg("solve", "rps", "--algorithm", "omd,fictitious-play", "--iterations", "20", "--out", out);
            case "tables" -> mfg("learn", "a-rps", "--players", "50", "--epochs", "10", "--out", out);
            case "taxis" -> {
                mfg("learn", "a-taxi", "--players", "30", "--epochs", "3", "--horizon", "20", "--out", out);
                mfg("respond", out, "--sample", "3", "--epochs", "1", "--copies", "4", "--repetitions", "8");
            }
            case "players" -> {
                Cli.design("A2", run).json();
                mfg("evaluate", out, "--players", "10,100,1000", "--repetitions", "20");
            }
            case "sweep" -> {
                Path file = Files.writeString(
                        folder.resolve("sweep.yaml"),
                        "command: solve\\nsettings: [rps, sis]\\nseeds: 1..2\\noptions:\\n  iterations: 10\\ngrid:\\n  eta: [0.1, 0.3, 1]\\n"
                                .replace("\\n", "\n"));
                mfg("sweep", file.toString(), "--out", out);
            }
            case "comparison" ->
                mfg(
                        "compare",
                        "A2",
                        "--iterations",
                        "2",
                        "--repetitions",
                        "2",
                        "--out",
                        out,
                        "--",
                        "--values",
                        "8",
                        "--hidden",
                        "32",
                        "--inner-steps",
                        "5",
                        "--validation-steps",
                        "6",
                        "--long-steps",
                        "7");
            case "figure" -> mfg("reproduce", "symm-fig1b", "--out", out, "--iterations", "2", "--", "--players", "60");
            default -> assertEquals("auction", kind);
        }
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        "auction, 12",
        "beach, 6",
        "seeds, 1",
        "map, 4",
        "ring, 3",
        "solvers, 2",
        "tables, 2",
        "taxis, 9",
        "players, 1",
        "sweep, 2",
        "comparison, 1",
        "figure, 2"
    })
    void everyReportIsSeenAtBothWidths(String kind, int charts) throws IOException {
        String page = made(kind).resolve("report.html").toUri().toString();
        for (int width : List.of(WIDE, NARROW)) {
            browser.open(page, width);
            browser.picture("report-%s-%d".formatted(kind, width));
            assertEquals(List.of(), browser.complaints());
            long drawn = (Long) browser.script("return document.querySelectorAll('.chart canvas').length");
            assertTrue(drawn >= charts, "%d charts are drawn".formatted(drawn));
            assertTrue(
                    (Boolean) browser.script("return document.documentElement.scrollWidth <= window.innerWidth"),
                    "the page is wider than the window");
        }
    }

    @Test
    void roundsAreLeafedThrough() {
        browser.open(runs.resolve("auction/report.html").toUri().toString(), WIDE);
        browser.await("return document.querySelectorAll('.chart canvas').length > 3");
        browser.script(
                "const range = document.querySelector('input[type=range]'); range.value = 2; range.oninput(); return true;");
        assertTrue(
                (Boolean)
                        browser.script(
                                "return [...document.querySelectorAll('figcaption')].filter(c => c.textContent.includes('round 3')).length === 2"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void twoRunsAreCompared() throws IOException {
        try (ShowServer server = new ShowServer(Runs.of(runs), 0)) {
            browser.open(server.address(), WIDE);
            browser.await("return document.querySelectorAll('tbody tr').length >= 2");
            browser.picture("list");
            browser.click("[aria-label='choose auction']");
            browser.click("[aria-label='choose other']");
            browser.click(".frames button");
            browser.await("return document.querySelectorAll('.chart canvas').length > 3");
            assertTrue(
                    (Boolean)
                            browser.script(
                                    "return [...document.querySelectorAll('tr.differs')].some(row => row.textContent === '--lr1.0E-40.01')"),
                    () -> String.valueOf(browser.script("return document.querySelector('table').textContent")));
            browser.picture("compared");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void aTrainingIsSeenToGrow() throws Exception {
        Path run = runs.resolve("live");
        ExecutorService training = Executors.newSingleThreadExecutor();
        try (ShowServer server = new ShowServer(Runs.of(runs), 0)) {
            Future<?> ended = training.submit(
                    () -> Cli.design("A2", run, "--iterations", "400", "--inner-steps", "200", "--validate-every", "1")
                            .json());
            while (!Files.exists(run.resolve("metrics.csv"))) {
                assertTrue(!ended.isDone(), "the training ended at once");
                TimeUnit.MILLISECONDS.sleep(20);
            }
            browser.open(server.address() + "#run=live", WIDE);
            browser.await(POINTS.replace(".data.length : 0", ".data.length > 3 : false"));
            long before = (Long) browser.script(POINTS);
            assertEquals("running", browser.script("return document.querySelector('.state').textContent"));
            browser.picture("live");
            browser.await(POINTS.replace(".data.length : 0", ".data.length > %d : false".formatted(before)));
            ended.get();
            browser.await("return document.querySelector('.state').textContent === 'finished'");
            browser.await("return [...document.querySelectorAll('h2')].some(h => h.textContent === 'Who bids what')");
            assertEquals(List.of(), browser.complaints());
            assertTrue(RunFolder.isRun(run));
        } finally {
            training.shutdown();
        }
    }
}
