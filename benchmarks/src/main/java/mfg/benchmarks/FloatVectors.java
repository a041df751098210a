package mfg.benchmarks;

import mfg.core.kernel.Kernels;
import org.openjdk.jmh.annotations.Fork;

/** The kernels in single precision, with the Vector API. */
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dmfg.kernels=vector", "-XX:ObjectAlignmentInBytes=64"})
public class FloatVectors extends KernelBenchmark<float[]> {

    /** Prepares to measure. */
    public FloatVectors() {
        super(Kernels.floats());
    }
}
