package mfg.eval.command;

import mfg.eval.solve.SolveConfig;
import mfg.eval.solve.SolveKind;
import mfg.eval.solve.SolveResult;
import picocli.CommandLine.Command;

/** Solves a game. */
@Command(
        name = "solve",
        description = "Finds an equilibrium of a game, in double precision.",
        footer = {
            "",
            "Examples:",
            "  ./mfg solve mfglib-beach-bar",
            "  ./mfg solve crowd-modelling --algorithm fictitious-play --iterations 200",
            "  ./mfg solve beach-bar --eta 0.1 --tau 0.001 --iterations 2000 --json",
            "  ./mfg solve RoadTolls.java --set congestion=0.5",
            "  ./mfg solve --resume runs/sis-20260101-120000 --iterations 1000"
        })
public final class SolveCommand extends RunCommand<SolveConfig, SolveResult> {
    public SolveCommand() {
        super(SolveKind.SOLVE, "rps");
    }
}
