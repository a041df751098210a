package mfg.eval.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mfg.eval.reproduce.Figure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reproduces a figure. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true)
final class FigureCommand implements Callable<Integer> {

    private final Figure figure;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ReproduceOptions options = new ReproduceOptions();

    private FigureCommand(Figure figure) {
        this.figure = figure;
    }

    /** The command of a figure, with its own help. */
    static CommandSpec of(Figure figure) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new FigureCommand(figure));
        List<String> description = new ArrayList<>(figure.about().lines().toList());
        if (!figure.claim().isEmpty()) {
            description.add("The paper: " + figure.claim());
        }
        description.add("Leaves %1$s.png, %1$s.csv and %1$s.txt.".formatted(figure.name()));
        String example = "  ./mfg reproduce " + figure.name();
        command.usageMessage()
                .description(description.toArray(String[]::new))
                .footer(
                        "",
                        "Examples:",
                        example,
                        example + " --budget full --out runs/" + figure.name(),
                        example + " " + figure.smaller());
        return command.name(figure.name());
    }

    @Override
    public Integer call() throws IOException {
        return options.print(options.run(figure.name(), spec, plan -> plan.of(figure)));
    }
}
