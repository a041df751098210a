package mfg.core.trace;

import java.util.List;

/**
 * What flows back to the same parameters from several products, row by row from all of them: a matrix of weights is then passed
 * once, however many rounds it has served.
 *
 * @param rows how many
 * @param parts the way back of each product
 */
record Deferred(int rows, List<WayBack> parts) implements Instruction {

    @Override
    public void run(double[] v) {
        // the products themselves do that
    }

    @Override
    public void pull(double[] v, double[] g) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).pull(v, g, row);
            }
        }
    }
}
