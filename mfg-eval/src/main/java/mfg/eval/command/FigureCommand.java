package mfg.eval.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.io.Summary;
import mfg.eval.reproduce.Figure;
import mfg.eval.reproduce.Reproduction;
import picocli.CommandLine.Model.CommandSpec;

/** Reproduces a figure. */
final class FigureCommand extends ReproducingCommand {

    private final Figure figure;

    private FigureCommand(Figure figure) {
        this.figure = figure;
    }

    /** The command of a figure, with its own help. */
    static CommandSpec of(Figure figure) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new FigureCommand(figure));
        List<String> description = new ArrayList<>(figure.about().lines().toList());
        if (!figure.claim().isEmpty()) {
            description.add("Claim: " + figure.claim());
        }
        description.add("Leaves %1$s.png, %1$s.csv and %1$s.txt.".formatted(figure.name()));
        String example = "  ./mfg reproduce " + figure.name();
        command.usageMessage()
                .description(description.stream()
                        .map(line -> line.replace("%", "%%"))
                        .toArray(String[]::new))
                .footer(
                        "",
                        "Examples:",
                        example,
                        example + " --budget full --out runs/" + figure.name(),
                        example + " " + figure.smaller());
        return command.name(figure.name());
    }

    @Override
    String name() {
        return figure.name();
    }

    @Override
    Summary reproduced(Reproduction plan) throws IOException {
        return plan.of(figure);
    }
}
