package mfg.eval.command;

import picocli.CommandLine.Command;

/** Measures. */
@Command(
        name = "bench",
        description = "Measures how long things take, on this machine.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./mfg bench gradient"},
        subcommands = BenchGradientCommand.class)
public final class BenchCommand {}
