package mfg.eval;

import picocli.CommandLine.Command;

/** Measures what the paper reports, one subcommand for each of its tables and figures. */
@Command(
        name = "reproduce",
        description = "Measures what the paper reports, and says whether it holds here.",
        mixinStandardHelpOptions = true,
        subcommands = {Table2Command.class, ResultsCommand.class})
final class ReproduceCommand {}
