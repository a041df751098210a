package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.envs.exact.EdgeAuction;
import mfg.envs.exact.EdgeAuction.Equilibrium;
import mfg.envs.exact.LinearQuadratic;
import mfg.envs.exact.LinearQuadraticPlayers;
import mfg.envs.players.NPlayerGame;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.players.LinearQuadraticResult;
import mfg.eval.players.Rate;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** How fast N players come to the mean field, in games that are known exactly: is the paper's rate tight, and what does it need? */
final class RatesCheck {

    static final Figure RATES = new Figure(
            "rates",
            "How fast N players come to the mean field, exactly.\n"
                    + "A linear-quadratic game, and three equilibria of an auction on the edge; seconds, whatever the budget.",
            "where no zero-dominance holds, what N players are off the mean field falls at least as 1/sqrt(N) (AMID Thm. 1, 2)."
                    + " Open: is the rate tight, and is no zero-dominance needed?",
            "-- --players 2,10,100,1000",
            RatesCheck::measure);

    private static final String PLAYERS = "players";

    private static final List<Integer> USUAL = List.of(2, 4, 6, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000);

    /** Exponents that are closer are the same. */
    private static final double CLOSE = 0.05;

    /** The paper's exponent. */
    private static final double BOUND = -0.5;

    private RatesCheck() {}

    /**
     * How the errors of one equilibrium fall.
     *
     * @param name of the game and its equilibrium
     * @param noZeroDominance whether it holds, as it does without an auction
     * @param rates of each error
     * @param last the exploitability among as many players as there are at most
     */
    record Case(String name, boolean noZeroDominance, List<Rate> rates, double last) {

        private String text() {
            List<String> texts =
                    rates.stream().map(rate -> rate.error() + " " + rate.text()).toList();
            return "%s: %s".formatted(name, String.join(", ", texts));
        }
    }

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        List<Integer> players = players(plan);
        requireSame(plan.folder().resolve("rates.csv"), players);
        LinearQuadraticResult quadratic = LinearQuadraticResult.of(LinearQuadratic.USUAL, players);
        List<List<EdgeAuction.Players>> auctions = Equilibrium.ALL.stream()
                .map(equilibrium -> players.stream()
                        .map(n -> EdgeAuction.among(equilibrium, n))
                        .toList())
                .toList();
        List<Case> cases = new ArrayList<>();
        List<LinearQuadraticPlayers> rows = quadratic.rows();
        cases.add(new Case(
                "linear-quadratic",
                true,
                quadratic.rates(),
                rows.get(rows.size() - 1).exploitability()));
        auctions.forEach(auction -> cases.add(auctionCase(players, auction)));
        return new Figure.Findings(
                verdict(cases, players.get(players.size() - 1)),
                details(quadratic, auctions, cases),
                rows(quadratic, auctions),
                2,
                () -> charts(players, quadratic, auctions));
    }

    /** Rates of other numbers of players are not overwritten. */
    private static void requireSame(Path earlier, List<Integer> players) throws IOException {
        if (!Files.exists(earlier)) {
            return;
        }
        Set<Integer> before = new TreeSet<>();
        for (ObjectNode row : Csv.read(earlier)) {
            before.add(row.path(PLAYERS).asInt());
        }
        if (!List.copyOf(before).equals(players)) {
            throw new InvalidInputException(
                    "%s is of other players, %s; nothing was overwritten".formatted(earlier, before));
        }
    }

    /** What the user asks for, rising. */
    private static List<Integer> players(Reproduction plan) {
        plan.options().keySet().stream()
                .filter(option -> !option.equals(PLAYERS) && !plan.oneOfMany())
                .findFirst()
                .ifPresent(option -> {
                    throw new InvalidInputException("--%s is not known here; rates takes --players".formatted(option));
                });
        String given = plan.options().get(PLAYERS);
        if (given == null) {
            return USUAL;
        }
        try {
            List<Integer> players = Arrays.stream(given.split(",", -1))
                    .map(Integer::valueOf)
                    .distinct()
                    .sorted()
                    .toList();
            players.forEach(NPlayerGame::checkPlayers);
            return players;
        } catch (NumberFormatException e) {
            throw new InvalidInputException("--players takes numbers such as 2,10,100, not " + given, e);
        }
    }

    private static Case auctionCase(List<Integer> players, List<EdgeAuction.Players> auction) {
        Equilibrium equilibrium = auction.get(0).equilibrium();
        double edge = equilibrium.tau() > 0 ? Double.NaN : BOUND; // with entropy faster than any power
        return new Case(
                name(equilibrium),
                equilibrium.noZeroDominance(),
                List.of(
                        Rate.of(
                                "exploitability",
                                equilibrium.noZeroDominance() ? edge : 0,
                                players,
                                column(auction, EdgeAuction.Players::exploitability)),
                        Rate.of("revenue error", edge, players, column(auction, EdgeAuction.Players::revenueError))),
                auction.get(auction.size() - 1).exploitability());
    }

    private static String name(Equilibrium equilibrium) {
        return "auction, " + equilibrium.name();
    }

    private static <R> double[] column(List<R> rows, ToDoubleFunction<R> figure) {
        return rows.stream().mapToDouble(figure).toArray();
    }

    /** Whether the bound holds where it is said to; and what the numbers say to the questions. */
    static Verdict verdict(List<Case> cases, int most) {
        List<Rate> bounded = cases.stream()
                .filter(Case::noZeroDominance)
                .flatMap(one -> one.rates().stream())
                .filter(rate -> !Double.isNaN(rate.slope()))
                .toList();
        if (bounded.isEmpty()) {
            return new Verdict(
                    Verdict.Outcome.UNTOLD, "a rate takes two numbers of players from %d on".formatted(Rate.MANY));
        }
        List<String> attained = cases.stream()
                .filter(one ->
                        one.noZeroDominance() && one.rates().stream().anyMatch(rate -> rate.slope() > BOUND - CLOSE))
                .map(Case::name)
                .toList();
        List<String> why = new ArrayList<>(cases.stream().map(Case::text).toList());
        why.add(
                attained.isEmpty()
                        ? "so nothing here attains the rate"
                        : "so the rate is tight: with no zero-dominance it is attained (%s)"
                                .formatted(String.join("; ", attained)));
        cases.stream()
                .filter(one -> !one.noZeroDominance())
                .map(one -> Text.of(
                        "no zero-dominance is %s for exploitability: in an equilibrium without it (%s) a bidder among %d still gains %.4f",
                        one.rates().get(0).slope() > -CLOSE ? "needed" : "not seen to be needed",
                        one.name(),
                        most,
                        one.last()))
                .forEach(why::add);
        List<Boolean> parts =
                bounded.stream().map(rate -> rate.slope() <= BOUND + CLOSE).toList();
        return Verdict.of(parts, "%s", String.join("; ", why));
    }

    private static String details(
            LinearQuadraticResult quadratic, List<List<EdgeAuction.Players>> auctions, List<Case> cases) {
        Text details = new Text();
        details.line(
                "linear-quadratic game; the mean field predicts a value of %.6f%n%n%s",
                quadratic.meanFieldValue(), quadratic.table());
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < quadratic.rows().size(); i++) {
            List<String> line = new ArrayList<>(
                    List.of(String.valueOf(quadratic.rows().get(i).players())));
            for (List<EdgeAuction.Players> auction : auctions) {
                line.add(Text.of("%.3e", auction.get(i).exploitability()));
                line.add(Text.of("%.3e", auction.get(i).revenueError()));
            }
            lines.add(line);
        }
        List<String> header = new ArrayList<>(List.of("players N"));
        Equilibrium.ALL.forEach(
                equilibrium -> header.addAll(List.of(equilibrium.name() + ": exploitability", "revenue error")));
        details.line("auction on the edge%n%n%s", TextTable.text(header, lines));
        List<List<String>> rates = new ArrayList<>();
        for (Case one : cases) {
            for (Rate rate : one.rates()) {
                rates.add(List.of(
                        one.name(),
                        one.noZeroDominance() ? "yes" : "no",
                        rate.error(),
                        rate.text(),
                        rate.theoryText()));
            }
        }
        details.line(
                "rates, fitted from N = %d on [least, largest slope between neighbours there]%n%n%s",
                Rate.MANY, TextTable.text(List.of("game", "no zero-dominance", "error", "rate", "theory"), rates));
        return details.toString();
    }

    private static List<ObjectNode> rows(LinearQuadraticResult quadratic, List<List<EdgeAuction.Players>> auctions) {
        List<ObjectNode> rows = new ArrayList<>();
        quadratic
                .rows()
                .forEach(row ->
                        rows.add(Json.object().put("game", "linear-quadratic").setAll(Json.fields(row))));
        auctions.forEach(auction -> auction.forEach(row -> rows.add(Json.object()
                .put("game", name(row.equilibrium()))
                .put("players", row.players())
                .put("exploitability", row.exploitability())
                .put("revenue", row.revenue())
                .put("revenueError", row.revenueError()))));
        return rows;
    }

    private static List<Plot> charts(
            List<Integer> players, LinearQuadraticResult quadratic, List<List<EdgeAuction.Players>> auctions) {
        double[] n = players.stream().mapToDouble(Integer::doubleValue).toArray();
        List<LinearQuadraticPlayers> rows = quadratic.rows();
        Plot.Curves left = chart(
                "linear-quadratic game (broken: 1/sqrt(N), 1/N, 1/N^2)",
                List.of(
                        series("equilibrium", n, column(rows, LinearQuadraticPlayers::equilibriumError)),
                        series("value", n, column(rows, LinearQuadraticPlayers::valueError)),
                        series("exploitability", n, column(rows, LinearQuadraticPlayers::exploitability)),
                        series("seeing the mean", n, column(rows, LinearQuadraticPlayers::exploitabilitySeeingMean))),
                List.of(law(n, BOUND), law(n, -1), law(n, -2)));
        List<Charts.Series> exploitabilities = auctions.stream()
                .map(auction -> series(
                        auction.get(0).equilibrium().name(), n, column(auction, EdgeAuction.Players::exploitability)))
                .toList();
        Plot.Curves right = chart(
                "auction on the edge: exploitability (broken: 1/sqrt(N))", exploitabilities, List.of(law(n, BOUND)));
        return List.of(left, right);
    }

    private static Plot.Curves chart(String title, List<Charts.Series> measured, List<Charts.Series> laws) {
        return Charts.scaling(title, "players N", "what N players are off the mean field", measured, laws);
    }

    /** Less what is rounding. */
    private static Charts.Series series(String name, double[] n, double[] errors) {
        int[] shown = IntStream.range(0, n.length)
                .filter(i -> errors[i] >= Rate.NOTHING)
                .toArray();
        return new Charts.Series(
                name,
                IntStream.of(shown).mapToDouble(i -> n[i]).toArray(),
                IntStream.of(shown).mapToDouble(i -> errors[i]).toArray());
    }

    /** A slope to compare with. */
    private static Charts.Series law(double[] n, double exponent) {
        return new Charts.Series(
                Text.of("N^%.1f", exponent),
                n,
                Arrays.stream(n).map(x -> 0.1 * Math.pow(x, exponent)).toArray());
    }
}
