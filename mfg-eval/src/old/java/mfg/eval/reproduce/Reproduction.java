package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mfg.core.AtomicFile;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignOptions;
import mfg.eval.design.DesignResult;
import mfg.eval.design.RunGrid;
import mfg.eval.io.Charts;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.Yaml;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Where a figure is reproduced, and what it may cost.
 *
 * @param folder the figure's
 * @param runs where its designs are, which figures may share
 * @param budget quick or full
 * @param iterations of training, instead of the budget's; null for those
 * @param options more options of {@code design} for every run, as {@code --name=value}
 * @param threads how many runs or plays at a time; changes no number
 */
record Reproduction(
        Path folder, Path runs, Budget budget, @Nullable Integer iterations, List<String> options, int threads) {

    /** How much a figure may cost: minutes, or what the paper spent. */
    enum Budget {
        QUICK,
        FULL;

        /** The one or the other. */
        <T> T of(T quick, T full) {
            return this == QUICK ? quick : full;
        }
    }

    /** The same elsewhere. */
    Reproduction in(Path other) {
        return new Reproduction(other, runs, budget, iterations, options, threads);
    }

    /**
     * How many players a figure without designs has, whose only option is {@code --players}.
     *
     * @throws InvalidInputException if there are other options
     */
    int players(int usual) {
        int players = usual;
        for (String option : options) {
            if (!option.matches("--players=\\d{1,7}")) {
                throw new InvalidInputException("this figure takes --players N and no other option, not " + option);
            }
            players = Integer.parseInt(option.replaceFirst(".*=", ""));
        }
        return players;
    }

    /** How many training iterations. */
    int iterations(int quick, int full) {
        return iterations != null ? iterations : budget.of(quick, full);
    }

    /**
     * A design that a figure needs.
     *
     * @param name of its folder
     * @param usual options against which those of the user stand
     * @param own options that make it what it is
     */
    RunGrid.Cell cell(String name, String setting, List<String> usual, List<String> own) throws IOException {
        DesignConfig config = DesignOptions.config(setting, DesignOptions.merged(usual, options, own));
        return new RunGrid.Cell(name, JsonNodeFactory.instance.objectNode().put("run", name), config, null);
    }

    /** A setting's mechanism, trained from a random start. */
    RunGrid.Cell trained(String setting, int quick, int full) throws IOException {
        List<String> usual = List.of("--iterations=" + iterations(quick, full), "--seed=1");
        return cell(setting + "-trained", setting, usual, List.of());
    }

    /** The mechanism of A1 that several figures look at. */
    DesignResult trainedA1(Figure figure) throws IOException {
        return designs(figure, List.of(trained("A1", 300, 1000))).get(0);
    }

    /**
     * Runs the designs that are not there yet.
     *
     * @return their results, in order
     * @throws DivergedException if one has none
     */
    List<DesignResult> designs(Figure figure, List<RunGrid.Cell> cells) throws IOException {
        RunGrid.Kind kind = new RunGrid.Kind(figure.name(), "runs.yaml", figure.name() + ".csv", false);
        RunGrid grid = new RunGrid(kind, cells, runs, threads);
        Map<String, DesignConfig> plan = new LinkedHashMap<>();
        cells.forEach(cell -> plan.put(cell.name(), cell.config()));
        List<RunGrid.Outcome> outcomes =
                kind.isAt(runs) ? grid.resume() : grid.start(Provenance.header() + Yaml.text(plan));
        return outcomes.stream()
                .map(outcome -> {
                    if (outcome.result() == null) {
                        throw new DivergedException(
                                "%s: %s".formatted(outcome.cell().name(), outcome.status()));
                    }
                    return outcome.result();
                })
                .toList();
    }

    /**
     * A table of a run.
     *
     * @param name such as {@code bids-after}
     */
    static Table table(DesignResult run, String name) {
        Path file = run.folder().resolve(name + ".csv");
        return Table.read()
                .usingOptions(CsvReadOptions.builder(file.toFile())
                        .columnTypes(column ->
                                List.of("round", "spot").contains(column) ? ColumnType.INTEGER : ColumnType.DOUBLE));
    }

    /** What a user types to have a figure reproduced like this. */
    String command(Figure figure) {
        String command = "./mfg reproduce %s --budget %s"
                .formatted(figure.name(), budget.name().toLowerCase(Locale.ROOT));
        if (iterations != null) {
            command += " --iterations " + iterations;
        }
        return options.isEmpty() ? command : "%s -- %s".formatted(command, String.join(" ", options));
    }

    /** Reproduces a figure: leaves its data, its chart and what is said of it. */
    FigureResult of(Figure figure) throws IOException {
        Figure.Findings findings = figure.measure(this);
        FigureResult result = FigureResult.of(figure, findings, this);
        Files.createDirectories(folder);
        Csv.write(folder.resolve(figure.name() + ".csv"), findings.rows());
        Charts.attempt(() -> Charts.save(
                folder.resolve(figure.name() + ".png"), findings.charts().get(), findings.columns()));
        AtomicFile.write(folder.resolve(figure.name() + ".txt"), result.summary());
        AtomicFile.write(folder.resolve(figure.name() + ".json"), Json.line(result) + System.lineSeparator());
        return result;
    }
}
