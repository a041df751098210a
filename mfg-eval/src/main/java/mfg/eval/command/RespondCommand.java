package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.io.Range;
import mfg.eval.io.Summary;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.respond.BestResponse;
import mfg.eval.respond.BidderResponse;
import mfg.eval.respond.PlayerResponse;
import mfg.eval.respond.RespondResult;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a best response. */
@Command(
        name = "respond",
        description = {
            "One player learns to do better than all others of a run, who stay as they are.",
            "It learns by PPO; what it gains is a lower bound of its exploitability.",
            "In a run of design it is one bidder among N - 1 who follow what the mean field's population learned; in a run of learn",
            "it is one of those who learned. Leaves response.csv, response.json and response.png in the run's folder, in place of",
            "earlier ones. With --sample several players respond, each by itself: responses.csv, responses.json, responses.png."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg respond runs/taxis",
            "  ./mfg respond runs/taxis --player 17 --epochs 100",
            "  ./mfg respond runs/taxis --sample 20 --repetitions 100",
            "  ./mfg respond runs/first-price --players 1000 --json"
        })
public final class RespondCommand extends AnsweringCommand {

    @Parameters(paramLabel = "RUN", description = "The folder of a run of design or of learn.")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Option(names = "--player", paramLabel = "I", description = "Which player of a run of learn, from 0 (0).")
    private @Nullable Integer player;

    @Option(
            names = "--sample",
            paramLabel = "K",
            description = "K players of a run of learn, drawn by the seed, each by itself.")
    private @Nullable Integer sample;

    @Option(names = "--players", paramLabel = "N", description = "How many bidders (1000), in a run of design.")
    private @Nullable Integer players;

    @Option(
            names = "--steps",
            paramLabel = "T",
            description = "Mirror-descent steps to the policy that other bidders play (the run's --long-steps).")
    private @Nullable Integer steps;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs to learn for (taxis 50, bidders 60, others 40).")
    private @Nullable Integer epochs;

    @Option(
            names = "--copies",
            paramLabel = "N",
            description = "Games played at a time (taxis 200, bidders 4000, others 32).")
    private @Nullable Integer copies;

    @Option(
            names = "--repetitions",
            paramLabel = "R",
            description = "Pairs of plays that measure the gain (200; bidders 10000).")
    private @Nullable Integer repetitions;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private Threads threads = new Threads();

    @Mixin
    private Games games = new Games();

    @Override
    Summary answer() throws IOException {
        String command = RunFolder.config(run).command();
        if (!command.equals(LearnKind.LEARN.command()) && !command.equals(DesignKind.DESIGN.command())) {
            throw new InvalidInputException("%s is a run of %s, and not of design or learn".formatted(run, command));
        }
        try (RunFolder files = RunFolder.open(run)) {
            return command.equals(LearnKind.LEARN.command()) ? player(files) : bidder(files);
        }
    }

    private Summary player(RunFolder files) throws IOException {
        if (players != null || steps != null) {
            throw new InvalidInputException(
                    "--players and --steps are for runs of design; players are those of the run");
        }
        LearnConfig config = Run.config(LearnKind.LEARN, games.catalogue(), run);
        BestResponse.Plan plan = plan(PlayerResponse.plan(config, seed, threads.count()));
        if (sample == null) {
            return PlayerResponse.of(files, config, or(player, 0), plan);
        }
        if (player != null) {
            throw new InvalidInputException("--sample draws players; give it or --player");
        }
        Range.atLeast("--sample", sample, 1);
        return PlayerResponse.of(files, config, PlayerResponse.drawn(config, sample, seed), plan);
    }

    private RespondResult bidder(RunFolder files) throws IOException {
        if (player != null || sample != null) {
            throw new InvalidInputException("--player and --sample are for runs of learn; bidders are all alike");
        }
        if (steps != null) {
            Range.atLeast("--steps", steps, 1);
        }
        DesignConfig config = Run.config(DesignKind.DESIGN, games.catalogue(), run);
        return BidderResponse.of(
                files, config, or(players, 1000), or(steps, 0), plan(BidderResponse.plan(seed, threads.count())));
    }

    private BestResponse.Plan plan(BestResponse.Plan usual) {
        return new BestResponse.Plan(
                or(epochs, usual.epochs()),
                or(copies, usual.copies()),
                or(repetitions, usual.repetitions()),
                seed,
                threads.count());
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given != null ? given : otherwise;
    }
}
