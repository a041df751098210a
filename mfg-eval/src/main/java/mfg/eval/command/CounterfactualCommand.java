package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.counterfactual.CounterfactualConfig;
import mfg.eval.counterfactual.CounterfactualKind;
import mfg.eval.io.Interruption;
import mfg.eval.io.Summary;
import mfg.eval.run.Context;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks what other rules would have earned with the bidders of a log. */
@Command(
        name = "counterfactual",
        description = {
            "Reads a log of bids and says what other rules would have earned: first, second and uniform price without and with the best reserve, the best posted price, and a learned mechanism.",
            "Values are estimated from the bids; intervals come from resamples of the auctions, of which each is estimated anew."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg counterfactual docs/timber-sample.csv --bids-are first-price --covariates 'log(Festmeter),Holzart'",
            "  ./mfg counterfactual bids.csv --bids-are ascending --bidders 5..8",
            "  ./mfg counterfactual bids.csv.gz --value-column Gebot --covariates 'log(size),category'",
            "  ./mfg counterfactual bids.csv --lots-column lots --rounds 3",
            "  ./mfg counterfactual bids.csv --no-learned --resamples 1000",
            "  ./mfg counterfactual --resume runs/counterfactual-20260101-120000"
        },
        modelTransformer = CounterfactualCommand.Options.class)
public final class CounterfactualCommand extends AnsweringCommand {

    private static final String LOG = "log";
    private static final Set<String> WITH_RESUME = Set.of("--resume", "--json", "--threads");
    private static final CounterfactualKind KIND = CounterfactualKind.COUNTERFACTUAL;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A table of bids as text, packed by gzip or not.")
    private @Nullable Path file;

    @Mixin
    private Threads threads = new Threads();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run's folder, new or empty (runs/counterfactual-TIME).")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with the run in DIR; with more --resamples it goes further.")
    private @Nullable Path resume;

    /** Adds the options of the configuration. */
    static final class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            ConfigOptions.add(command, CounterfactualConfig.KIND, Set.of(LOG));
            return command;
        }
    }

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    Summary answer() throws IOException {
        Map<String, String> given = ConfigOptions.given(spec.commandLine(), CounterfactualConfig.KIND);
        Context context = Context.alone(threads.count());
        if (resume != null) {
            boolean others = file != null
                    || spec.commandLine().getParseResult().matchedOptions().stream()
                            .map(option -> option.longestName())
                            .anyMatch(name -> !WITH_RESUME.contains(name) && !name.equals("--" + KIND.stepsOption()));
            if (others) {
                throw new InvalidInputException(
                        "--resume takes everything from the run; give no other option but --%s, --threads and --json"
                                .formatted(KIND.stepsOption()));
            }
            try (Interruption hint = hint(resume)) {
                return Run.resume(KIND, Catalogue.builtIn(), resume, given.get(KIND.stepsOption()), context);
            }
        }
        if (file == null) {
            throw new InvalidInputException(
                    "say which log to read, as in: ./mfg counterfactual docs/timber-sample.csv --bids-are first-price");
        }
        given.put(LOG, file.toAbsolutePath().normalize().toString()); // a run may be resumed from another folder
        CounterfactualConfig config = Binder.bind(Catalogue.builtIn(), CounterfactualConfig.KIND, Given.options(given));
        Path folder = out != null ? out : RunFolder.fresh(KIND.command());
        try (Interruption hint = hint(folder)) {
            return Run.start(KIND, config, null, folder, context);
        } catch (IOException | RuntimeException | Error e) {
            if (out == null) {
                RunFolder.discard(folder);
            }
            throw e;
        }
    }

    private static Interruption hint(Path folder) {
        return Interruption.hint(
                folder.resolve(RunFolder.CONFIG), List.of(KIND.command(), "--resume", folder.toString()));
    }
}
