package mfg.eval.command;

import picocli.CommandLine.Command;

/** Measures. */
@Command(
        name = "bench",
        description = "Measures how long things take, on this machine.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./mfg bench gradient", "  ./mfg bench solve"},
        subcommands = {BenchGradientCommand.class, BenchSolveCommand.class})
public final class BenchCommand {}
