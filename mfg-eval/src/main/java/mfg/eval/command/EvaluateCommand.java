package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.envs.players.NPlayerEvaluation;
import mfg.envs.players.NPlayerGame;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.io.Progress;
import mfg.eval.io.Range;
import mfg.eval.io.Summary;
import mfg.eval.players.PlayersResult;
import mfg.eval.players.PlayersRun;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates a design among finitely many players. */
@Command(
        name = "evaluate",
        description = {
            "Lets N players play under the design of a run, and compares them with the mean field.",
            "They follow what the mean field's population learns.",
            "Leaves players.csv, players.json and players.png in the run's folder, in place of earlier ones."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg design A1 --mechanism first-price --out runs/first-price",
            "  ./mfg evaluate runs/first-price",
            "  ./mfg evaluate runs/first-price --players 100,1000000 --repetitions 200 --json"
        })
public final class EvaluateCommand extends AnsweringCommand {

    @Parameters(paramLabel = "RUN", description = "The folder of a run of design.")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Option(
            names = "--players",
            split = ",",
            paramLabel = "N",
            defaultValue = "10,30,100,300,1000,10000",
            description = "The numbers of players (${DEFAULT-VALUE}).")
    private List<Integer> players = List.of();

    @Option(names = "--repetitions", paramLabel = "N", description = "Plays for each of them (${DEFAULT-VALUE}).")
    private int repetitions = 1000;

    @Option(
            names = "--steps",
            paramLabel = "T",
            description = "Steps of the inner iteration to the policy that is played (the run's --long-steps).")
    private @Nullable Integer steps;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private Threads threads = new Threads();

    @Mixin
    private Games games = new Games();

    @Override
    Summary answer() throws IOException {
        List<Integer> counts = players.stream().distinct().sorted().toList();
        counts.forEach(NPlayerGame::checkPlayers);
        Range.check("--repetitions", repetitions, 1);
        NPlayerEvaluation.Plan plan = new NPlayerEvaluation.Plan(repetitions, seed, threads.count());
        PlayersResult result;
        try (RunFolder files = RunFolder.open(run)) {
            DesignConfig config = config();
            int wanted = steps != null ? steps : config.population().longSteps();
            try (Progress progress = Progress.patient("evaluating", plan.plays() * counts.size())) {
                result = PlayersRun.evaluate(files, config, counts, wanted, plan, progress);
            }
            Charts.attempt(() -> result.draw(run.resolve(RunFolder.PLAYERS + ".png")));
        }
        return result;
    }

    private DesignConfig config() throws IOException {
        String command = RunFolder.config(run).command();
        if (!command.equals(DesignKind.DESIGN.command())) {
            throw new InvalidInputException("%s is a run of %s; evaluate takes runs of design".formatted(run, command));
        }
        return Run.config(DesignKind.DESIGN, games.catalogue(), run);
    }
}
