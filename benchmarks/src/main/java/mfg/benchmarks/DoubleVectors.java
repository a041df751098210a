package mfg.benchmarks;

import mfg.core.kernel.Kernels;
import org.openjdk.jmh.annotations.Fork;

/** The kernels in double precision, with the Vector API. */
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dmfg.kernels=vector", "-XX:ObjectAlignmentInBytes=64"})
public class DoubleVectors extends KernelBenchmark<double[]> {

    /** Prepares to measure. */
    public DoubleVectors() {
        super(Kernels.doubles());
    }
}
