package mfg.eval.command;

import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.learn.LearnResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns to play. */
@Command(
        name = "learn",
        description = {
            "Learns policies for many players from simulated play alone.",
            "It takes any game that can be played (see ./mfg games), or a Simulator of your own in a file. Where players have",
            "states it measures how much one could gain by leaving; for others, such as taxis, see respond."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg learn a-sis",
            "  ./mfg learn a-rps --algorithm ipmd --json",
            "  ./mfg learn a-sis --seeds 1..4",
            "  ./mfg learn a-sis --players 200 --epochs 20 --out runs/small",
            "  ./mfg learn a-taxi --players 200 --epochs 100",
            "  ./mfg learn A1 --players 200 --algorithm ppo",
            "  ./mfg learn examples/Fishery.java",
            "  ./mfg learn a-taxi --identity one-hot --congestion 3 --out runs/one-hot",
            "  ./mfg learn --resume runs/small",
            "  ./mfg learn --resume runs/small --epochs 200"
        })
public final class LearnCommand extends RunCommand<LearnConfig, LearnResult> {

    @Option(
            names = "--paper",
            description =
                    "The paper's settings to the letter: --xi0 1, and --td-data player-1 for symm-pmd; --value-clipping absolute for ppo.")
    private boolean paper;

    public LearnCommand() {
        super(LearnKind.LEARN, "a-sis");
    }

    @Override
    Given completed(Binder.Kind<LearnConfig> kind, Catalogue catalogue, Given given) {
        if (!paper) {
            return given;
        }
        LearnConfig config = Binder.bind(catalogue, kind, given);
        Map<String, String> schedules = config.algorithm().paper();
        if (schedules.isEmpty()) {
            throw new InvalidInputException("--paper changes nothing for --algorithm " + config.learner());
        }
        return new Given(schedules, given.label()).with(given.texts());
    }
}
