package mfg.eval.command;

import java.util.List;
import mfg.envs.exact.LinearQuadratic;
import mfg.envs.players.NPlayerGame;
import mfg.eval.io.Summary;
import mfg.eval.players.LinearQuadraticResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A yardstick: a game that is known exactly among N players and in the mean field. */
@Command(
        name = "lq-exact",
        description = {
            "A linear-quadratic game among N players beside its mean field, exactly, without simulation.",
            "Told are the distance of the equilibria, what the mean field's policy is worth among N against what is predicted, and what"
                    + " one player gains by leaving it: one that sees its own states, and one that sees the mean, too.",
            "",
            "  x_i' = keep x_i + drift m + u_i + noise w_i        m: the mean of all x",
            "  cost of a round: (x_i - target m)^2 + effort u_i^2",
            "  at last, once more: (x_i - target m)^2",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg lq-exact",
            "  ./mfg lq-exact --players 2,10,100,1000000 --json",
            "  ./mfg lq-exact --drift 0 --horizon 50",
            "  ./mfg reproduce rates                 the same beside an auction, with a chart and a verdict"
        })
public final class LqExactCommand extends AnsweringCommand {

    @Option(
            names = "--players",
            split = ",",
            paramLabel = "N",
            description = "How many players, several if separated by commas (${DEFAULT-VALUE}).",
            defaultValue = "2,3,5,10,20,50,100,200,500,1000,2000,5000,10000")
    private List<Integer> players = List.of();

    @Option(names = "--horizon", paramLabel = "H", description = "Rounds (${DEFAULT-VALUE}).")
    private int horizon = LinearQuadratic.USUAL.horizon();

    @Option(
            names = "--keep",
            paramLabel = "X",
            description = "How much of its state a player keeps (${DEFAULT-VALUE}).")
    private double keep = LinearQuadratic.USUAL.keep();

    @Option(names = "--drift", paramLabel = "X", description = "How much the mean moves everybody (${DEFAULT-VALUE}).")
    private double drift = LinearQuadratic.USUAL.drift();

    @Option(
            names = "--target",
            paramLabel = "X",
            description = "What multiple of the mean players want to be at (${DEFAULT-VALUE}).")
    private double target = LinearQuadratic.USUAL.target();

    @Option(names = "--effort", paramLabel = "X", description = "The price of moving (${DEFAULT-VALUE}).")
    private double effort = LinearQuadratic.USUAL.effort();

    @Option(names = "--noise", paramLabel = "X", description = "The noise of moves (${DEFAULT-VALUE}).")
    private double noise = LinearQuadratic.USUAL.noise();

    @Option(names = "--start", paramLabel = "X", description = "The mean at first (${DEFAULT-VALUE}).")
    private double start = LinearQuadratic.USUAL.start();

    @Option(names = "--spread", paramLabel = "X", description = "The standard deviation at first (${DEFAULT-VALUE}).")
    private double spread = LinearQuadratic.USUAL.spread();

    @Override
    Summary answer() {
        List<Integer> counts = players.stream().distinct().sorted().toList();
        counts.forEach(NPlayerGame::checkPlayers);
        return LinearQuadraticResult.of(
                new LinearQuadratic(horizon, keep, drift, target, effort, noise, start, spread), counts);
    }
}
