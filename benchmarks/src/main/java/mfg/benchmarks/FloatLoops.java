package mfg.benchmarks;

import mfg.core.kernel.Kernels;
import org.openjdk.jmh.annotations.Fork;

/** The kernels in single precision, as plain loops. */
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dmfg.kernels=loops"})
public class FloatLoops extends KernelBenchmark<float[]> {

    /** Prepares to measure. */
    public FloatLoops() {
        super(Kernels.floats());
    }
}
