package mfg.eval.command;

import mfg.eval.reproduce.Figures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Measures what the paper reports, one subcommand for each of its tables and figures. */
@Command(
        name = "reproduce",
        description = {
            "Measures what the paper reports, and says whether it holds here.",
            "Which figure has which number is our reading: we know what the paper says of them, not their numbers."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        modelTransformer = ReproduceCommand.Subcommands.class,
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce fig6",
            "  ./mfg reproduce all --budget quick --out runs/paper",
            "  ./mfg reproduce table2"
        })
public final class ReproduceCommand {

    /** Adds the figures, then the rest. */
    static final class Subcommands implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec reproduce) {
            Figures.ALL.forEach(
                    figure -> reproduce.addSubcommand(figure.name(), new CommandLine(FigureCommand.of(figure))));
            reproduce.addSubcommand("table2", new CommandLine(new Table2Command()));
            reproduce.addSubcommand("results", new CommandLine(new ResultsCommand()));
            reproduce.addSubcommand("zoo", new CommandLine(new ZooCommand()));
            reproduce.addSubcommand("all", new CommandLine(new ReproduceAllCommand()));
            return reproduce;
        }
    }
}
