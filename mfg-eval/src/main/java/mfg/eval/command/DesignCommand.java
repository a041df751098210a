package mfg.eval.command;

import java.io.IOException;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionSetting;
import mfg.eval.bids.BidLog;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.BidLogOptions;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.design.Start;
import mfg.eval.design.ValueEstimate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Designs the incentives of a game. */
@Command(
        name = "design",
        description =
                "Trains the design of a game by gradient ascent through the equilibrium of its population, or by a baseline.",
        footer = {
            "",
            "Examples:",
            "  ./mfg design A1",
            "  ./mfg design A1 --iterations 300 --seed 1 --json",
            "  ./mfg design A1 --paper",
            "  ./mfg design A1 --seeds 1..8",
            "  ./mfg design A1 --mechanism first-price --shares 0.006,0.066,0.256,0.180",
            "  ./mfg design A1 --mechanism schedule",
            "  ./mfg design A1 --init imitate:runs/small",
            "  ./mfg design A1 --method two-point --optimizer sgd --radius 0.01 --lr 0.001",
            "  ./mfg design A1 --method anneal --sigma 0.01",
            "  ./mfg design A2 --values 20 --horizon 3 --inner-steps 100 --out runs/small",
            "  ./mfg design A1 --values-from docs/bids-sample.csv --values 20",
            "  ./mfg design beach-bar --max-price 0.8",
            "  ./mfg design RoadTolls.java --set congestion=0.5",
            "  ./mfg design --resume runs/small",
            "  ./mfg design --resume runs/small --iterations 600"
        },
        modelTransformer = DesignCommand.LogOptions.class)
public final class DesignCommand extends RunCommand<DesignConfig, DesignResult> {

    @Option(
            names = "--paper",
            description = "The paper's experiment: AMID at T from a random start; other options stand against it.")
    private boolean paper;

    public DesignCommand() {
        super(DesignKind.DESIGN, "A1");
    }

    /** Adds those of a log of bids. */
    static final class LogOptions extends RunCommand.Options {
        @Override
        public CommandSpec transform(CommandSpec command) {
            super.transform(command);
            ConfigOptions.addGroup(
                    command, BidLogOptions.KIND, BidLogOptions.OF_GOODS, "%nBidders from a log of bids:%n");
            return command;
        }
    }

    @Override
    Given completed(Binder.Kind<DesignConfig> kind, Catalogue catalogue, Given given) throws IOException {
        Given all = paper ? DesignConfig.paper(catalogue, given) : given;
        String init = given.texts().get("init");
        if (init != null && !Start.isNamed(init)) {
            all = all.with(Map.of("init", Start.absolute(init))); // a run may be resumed from another folder
        }
        Map<String, String> fromLog = ConfigOptions.given(spec.commandLine(), BidLogOptions.KIND);
        if (!fromLog.isEmpty()) {
            if (!fromLog.containsKey("values-from")) {
                throw new InvalidInputException("--%s is for a log of bids, and needs --values-from"
                        .formatted(fromLog.keySet().iterator().next()));
            }
            BidLogOptions bidLog = Binder.bind(catalogue, BidLogOptions.KIND, Given.options(fromLog));
            DesignConfig config = Binder.bind(catalogue, kind, all);
            if (!(config.game() instanceof AuctionGame auction)
                    || auction.setting().initial() == AuctionSetting.Initial.DRAWN) {
                throw new InvalidInputException(
                        "--values-from is for auctions whose bidders' values are not drawn, and not for "
                                + config.game().name());
            }
            BidLog log = bidLog.read();
            ValueEstimate bidders = bidLog.estimate(log, auction.values());
            System.err.print(log.table());
            System.err.println(bidders.report());
            all = all.with(Map.of("initial-values", Given.list(bidders.counts()), "values-from", bidders.report()));
        }
        return all;
    }
}
