package mfg.benchmarks;

import mfg.core.kernel.Kernels;
import org.openjdk.jmh.annotations.Fork;

/** The kernels in double precision, as plain loops. */
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dmfg.kernels=loops"})
public class DoubleLoops extends KernelBenchmark<double[]> {

    /** Prepares to measure. */
    public DoubleLoops() {
        super(Kernels.doubles());
    }
}
