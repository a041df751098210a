package mfg.eval.bench;

import java.util.List;
import java.util.function.Function;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * What solving games costs.
 *
 * @param games one after the other, as often as there are others to be held against
 */
public record SolveCosts(List<SolveCost> games) implements Summary {

    @Override
    public String summary() {
        TextTable<SolveCost> table = TextTable.of(games)
                .column("game", SolveCost::game)
                .column("states", game -> Text.of("%d", game.states()))
                .column("actions", game -> Text.of("%d", game.actions()))
                .column("rounds", game -> Text.of("%d", game.rounds()))
                .column("iterations", game -> Text.of("%d", game.iterations()))
                .column("exploitability before", number(SolveCost::exploitability0, "%.8g"))
                .column("after", number(SolveCost::exploitabilityK, "%.8g"))
                .column("seconds an iteration", number(SolveCost::secondsPerIteration, "%.3g"));
        if (games.stream().anyMatch(game -> game.peer() != null)) {
            table.column("peer", game -> game.peer() == null ? "" : game.peer())
                    .column("its exploitability after", number(SolveCost::peerExploitabilityK, "%.8g"))
                    .column("its seconds", number(SolveCost::peerSeconds, "%.3g"))
                    .column("ratio", number(SolveCost::ratio, "%.4f"));
        }
        return table.toString();
    }

    private static Function<SolveCost, String> number(Function<SolveCost, @Nullable Double> field, String format) {
        return game -> {
            Double number = field.apply(game);
            return number == null ? "" : Text.of(format, number);
        };
    }
}
