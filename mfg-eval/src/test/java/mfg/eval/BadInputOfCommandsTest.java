package mfg.eval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are not ported yet; to be joined with BadInputTest. */
final class BadInputOfCommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench",
                "bench everything",
                "bench gradient A1",
                "bench gradient --setting A11",
                "bench gradient --setting",
                "bench gradient --setting beach-bar --step fast --inner-steps 3",
                "bench gradient --setting beach-bar --adjoint reversible --inner-steps 3",
                "bench gradient --repetitions 0",
                "bench gradient --repetitions x",
                "bench gradient --threads 0",
                "bench gradient --horizon 0",
                "bench gradient --horizon x",
                "bench gradient --values 1",
                "bench gradient --inner-steps -1",
                "bench gradient --method magic",
                "bench gradient --step slow",
                "bench gradient --adjoint reversible:0",
                "bench gradient --precision float16",
                "bench gradient --device tpu",
                "bench gradient --init nowhere.npz",
                "bench gradient --iterations 3",
            })
    void badCommandsAreRefused(String command) {
        Cli.run(command.split(" ", -1)).assertRefused();
    }
}
