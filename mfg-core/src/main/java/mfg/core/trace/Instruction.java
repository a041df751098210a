package mfg.core.trace;

/**
 * What is done with numbers in one array, and how cotangents flow back through it. An instruction holds places only, so that
 * any number of arrays may be used with it, by several threads.
 */
interface Instruction {

    /**
     * Computes.
     *
     * @param v the numbers; this instruction's result is written
     */
    void run(double[] v);

    /**
     * Flows back.
     *
     * @param v the numbers as {@link #run} left them
     * @param g a cotangent of each number; what this instruction's operands contribute is added
     */
    void pull(double[] v, double[] g);
}
