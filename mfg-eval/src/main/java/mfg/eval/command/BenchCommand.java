package mfg.eval.command;

import picocli.CommandLine.Command;

/** Measures. */
@Command(
        name = "bench",
        description = "Measures how long things take, on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = BenchGradientCommand.class)
public final class BenchCommand {}
