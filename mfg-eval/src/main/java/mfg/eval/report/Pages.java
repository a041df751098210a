package mfg.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import mfg.core.AtomicFile;
import mfg.eval.io.Json;
import mfg.eval.view.Charts;

/** Pages for browsers: {@code report.html} is one that needs nothing else, and no network. */
public final class Pages {

    /** Apache ECharts, from its WebJar. */
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    private Pages() {}

    /**
     * Writes the page of a folder.
     *
     * @return where it is
     */
    public static Path save(Path folder) throws IOException {
        Path file = folder.resolve(Charts.PAGE);
        AtomicFile.write(file, page(Report.of(folder)));
        return file;
    }

    /** The same after a result, which no fault in a page shall cost. */
    public static void attempt(Path folder, Answer answer) {
        Charts.attempt(() -> {
            answer.save(folder);
            save(folder);
        });
    }

    static String page(Report report) throws IOException {
        return text("report.html")
                .replace("/*{css}*/", text("page.css"))
                .replace("/*{echarts}*/", echarts())
                .replace("/*{script}*/", text("page.js"))
                .replace("/*{data}*/", Json.brief(report).replace("<", "\\u003c"));
    }

    /** The library that draws. */
    public static String echarts() throws IOException {
        return read(ECHARTS);
    }

    /** A file beside this class. */
    public static String text(String name) throws IOException {
        return read(name);
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
