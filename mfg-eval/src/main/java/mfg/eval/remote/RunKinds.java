package mfg.eval.remote;

import java.util.List;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignKind;
import mfg.eval.learn.LearnKind;
import mfg.eval.run.RunKind;
import mfg.eval.solve.SolveKind;

/** The kinds of run, by their command. */
public final class RunKinds {

    private static final List<RunKind<?, ?>> ALL = List.of(DesignKind.DESIGN, LearnKind.LEARN, SolveKind.SOLVE);

    private RunKinds() {}

    /**
     * Finds a kind.
     *
     * @throws InvalidInputException if there is none of that command
     */
    public static RunKind<?, ?> named(String command) {
        return ALL.stream()
                .filter(kind -> kind.command().equals(command))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("'command' must be %s, not '%s'"
                        .formatted(ALL.stream().map(RunKind::command).collect(Collectors.joining(" or ")), command)));
    }
}
