package mfg.envs.taxi;

/**
 * One player among others who do not react: what its best response is learned and measured in. Each copy is the same player in a play
 * of {@link Traffic} of its own, with the draws that it has in that copy of {@link TaxiSimulator}: having done the same there, it sees
 * and earns the same.
 */
public final class OneTaxi extends Taxis {

    private final Traffic traffic;
    private final long worst;

    /**
     * Makes copies, each at the start.
     *
     * @param traffic what the player meets; looked at as the copies drive. Copy k is in play {@code k % plays}
     * @param copies how many
     * @throws mfg.core.InvalidInputException if they are too many
     */
    public OneTaxi(Traffic traffic, int copies) {
        super(traffic.city(), copies, 1, traffic.player());
        this.traffic = traffic;
        this.worst = City.units(traffic.city().worstJam());
    }

    @Override
    void jam(long[] chances) {
        int cells = city().layout().cells() + 1;
        for (int copy = 0; copy < copies(); copy++) {
            long load = traffic.with(copy % traffic.plays(), round(), cell(copy));
            chances[copy * cells + cell(copy)] = Math.min(load, worst);
        }
    }
}
