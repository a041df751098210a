package mfg.eval;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "solve")
final class SolveCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
