package mfg.envs.taxi;

import java.util.Arrays;

/**
 * A-Taxi (SYMM App. E.2): all players drive, and jam each other. A move from a cell fails with probability {@code min(load, worstJam)},
 * by the {@code load = sum_j w_j} of everybody who is there when the round begins, who waits and the taxi itself included.
 */
public final class TaxiSimulator extends Taxis {

    private final long[] weights;
    private final long worst;

    /**
     * Makes cities, everybody at the start.
     *
     * @param city what they share
     * @param copies how many
     * @throws mfg.core.InvalidInputException if they are too many
     */
    public TaxiSimulator(City city, int copies) {
        super(city, copies, city.players(), 0);
        this.weights = city.weights();
        this.worst = City.units(city.worstJam());
    }

    @Override
    void jam(long[] chances) {
        Arrays.fill(chances, 0);
        for (int copy = 0; copy < copies(); copy++) {
            int row = copy * (city().layout().cells() + 1);
            for (int i = 0; i < weights.length; i++) {
                chances[row + cell(copy * weights.length + i)] += weights[i];
            }
        }
        for (int s = 0; s < chances.length; s++) {
            chances[s] = Math.min(chances[s], worst);
        }
    }
}
