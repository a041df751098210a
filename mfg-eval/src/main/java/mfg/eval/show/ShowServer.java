package mfg.eval.show;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mfg.core.InvalidInputException;
import mfg.eval.io.Failure;
import mfg.eval.io.Json;
import mfg.eval.report.Pages;
import mfg.eval.report.Report;

/**
 * Serves a page of all runs below a folder, to this machine alone. It reads, and does nothing else: it starts nothing, writes nothing, and
 * serves only what the reports of these runs are made of.
 */
public final class ShowServer implements AutoCloseable {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    /** Scripts and styles come from here alone, and pages elsewhere cannot frame this one. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data: blob:; connect-src 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final Runs runs;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "show");
        thread.setDaemon(true);
        return thread;
    });

    /** What is sent. */
    private record Reply(int status, String type, String text) {}

    /**
     * Starts to serve.
     *
     * @param runs what there is
     * @param port 0 for a free one
     * @throws InvalidInputException if the port is taken
     */
    public ShowServer(Runs runs, int port) throws IOException {
        this.runs = runs;
        try {
            this.server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (java.net.BindException e) {
            throw new InvalidInputException("port %d is taken; --port 0 finds a free one".formatted(port), e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it is. */
    public String address() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return refused(405, "only GET");
        }
        if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
            return refused(403, "this page is for this machine alone");
        }
        try {
            return switch (exchange.getRequestURI().getPath()) {
                case "/" -> new Reply(200, HTML, Pages.text("show.html"));
                case "/page.css" -> new Reply(200, "text/css; charset=utf-8", Pages.text("page.css"));
                case "/page.js" -> new Reply(200, SCRIPT, Pages.text("page.js"));
                case "/show.js" -> new Reply(200, SCRIPT, Pages.text("show.js"));
                case "/echarts.js" -> new Reply(200, SCRIPT, Pages.echarts());
                case "/runs" -> new Reply(200, JSON, Json.brief(runs.all()));
                case "/report" -> new Reply(200, JSON, Json.brief(Report.of(runs.folder(asked(exchange)))));
                default -> refused(404, "there is nothing here");
            };
        } catch (InvalidInputException | IOException | UncheckedIOException e) {
            return refused(404, Failure.reason(e));
        } catch (RuntimeException e) {
            return refused(500, Failure.reason(e));
        }
    }

    private static Reply refused(int status, String why) {
        return new Reply(status, JSON, Json.line(Map.of("error", why)));
    }

    /** Whether a request was meant for this server, and was not led here by a name that a page elsewhere owns. */
    private boolean isOurs(@org.jspecify.annotations.Nullable String host) {
        int port = server.getAddress().getPort();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private static String asked(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null || !query.startsWith("run=")) {
            throw new InvalidInputException("no run was asked for");
        }
        return URLDecoder.decode(query.substring("run=".length()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
