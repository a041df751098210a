package mfg.eval.players;

import java.util.List;
import java.util.function.ToDoubleFunction;
import mfg.envs.exact.LinearQuadratic;
import mfg.envs.exact.LinearQuadraticPlayers;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;

/**
 * What {@code lq-exact} reports, by JSON name: the linear-quadratic game among N players beside its mean field.
 *
 * @param meanFieldValue what the mean field predicts that a player earns
 * @param rows one for each number of players
 * @param rates how the errors fall, beside theory
 */
public record LinearQuadraticResult(
        LinearQuadratic game, double meanFieldValue, List<LinearQuadraticPlayers> rows, List<Rate> rates)
        implements Summary {

    /**
     * Computes it.
     *
     * @param players the numbers of players, rising
     */
    public static LinearQuadraticResult of(LinearQuadratic game, List<Integer> players) {
        List<LinearQuadraticPlayers> rows =
                players.stream().map(n -> LinearQuadraticPlayers.of(game, n)).toList();
        return new LinearQuadraticResult(
                game,
                LinearQuadraticPlayers.meanFieldValue(game),
                rows,
                List.of(
                        rate("equilibrium error", -1, rows, LinearQuadraticPlayers::equilibriumError),
                        rate("value error", -1, rows, LinearQuadraticPlayers::valueError),
                        rate("exploitability", -2, rows, LinearQuadraticPlayers::exploitability),
                        rate(
                                "exploitability, seeing the mean",
                                -1,
                                rows,
                                LinearQuadraticPlayers::exploitabilitySeeingMean)));
    }

    private static Rate rate(
            String error,
            double theory,
            List<LinearQuadraticPlayers> rows,
            ToDoubleFunction<LinearQuadraticPlayers> figure) {
        return Rate.of(
                error,
                theory,
                rows.stream().map(LinearQuadraticPlayers::players).toList(),
                rows.stream().mapToDouble(figure).toArray());
    }

    /** The rows as a table. */
    public String table() {
        return TextTable.of(rows)
                .column("players N", row -> String.valueOf(row.players()))
                .column("equilibrium error", row -> Text.of("%.3e", row.equilibriumError()))
                .column("value", row -> Text.of("%.6f", row.value()))
                .column("value error", row -> Text.of("%.3e", row.valueError()))
                .column("exploitability", row -> Text.of("%.3e", row.exploitability()))
                .column("seeing the mean", row -> Text.of("%.3e", row.exploitabilitySeeingMean()))
                .toString();
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line("the mean-field policy of a linear-quadratic game among N players, exactly");
        text.line("  the mean field predicts a value of %.6f", meanFieldValue);
        text.add(table());
        for (Rate rate : rates) {
            text.line("  %-31s  %s, theory %s", rate.error(), rate.text(), rate.theoryText());
        }
        text.line("  fitted from N = %d on, and slopes between neighbours there", Rate.MANY);
        return text.toString();
    }
}
