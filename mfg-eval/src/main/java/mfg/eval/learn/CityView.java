package mfg.eval.learn;

import java.util.List;
import mfg.envs.taxi.Taxis;

/**
 * What a picture of a city shows: everybody, on average over copies, and one taxi.
 *
 * @param title when it was
 * @param taxis how many are in each cell, on average over copies, (Z + 1)
 * @param customers the share of taxis which see a customer in each cell, (Z)
 * @param zone1 the share of taxis that are in zone 1
 * @param followed the first taxi of all, or nobody
 */
public record CityView(String title, double[] taxis, double[] customers, double zone1, Followed followed) {

    /**
     * A taxi that one can follow.
     *
     * @param cell where it is, or -1
     * @param target where its passenger wants to go, or -1
     * @param field its customers, a bit for each cell
     */
    public record Followed(int cell, int target, long field) {

        static final Followed NOBODY = new Followed(-1, -1, 0);
    }

    /** Looks at a city between two rounds. */
    public static CityView of(Taxis taxis) {
        int cells = taxis.city().layout().cells();
        double[] counts = new double[cells + 1];
        double[] customers = new double[cells];
        for (int k = 0; k < taxis.agents(); k++) {
            counts[taxis.cell(k)] += 1.0 / taxis.copies();
            for (long left = taxis.field(k); left != 0; left &= left - 1) {
                customers[Long.numberOfTrailingZeros(left)] += 1.0 / taxis.agents();
            }
        }
        return new CityView(
                "round %d of %d".formatted(taxis.round(), taxis.rounds()),
                counts,
                customers,
                taxis.zone1Share(),
                new Followed(taxis.cell(0), taxis.target(0), taxis.field(0)));
    }

    /** The average of the views of an episode. */
    public static CityView mean(List<CityView> views) {
        double[] counts = new double[views.get(0).taxis.length];
        double[] customers = new double[counts.length - 1];
        double zone1 = 0;
        for (CityView view : views) {
            for (int s = 0; s < counts.length; s++) {
                counts[s] += view.taxis[s] / views.size();
            }
            for (int s = 0; s < customers.length; s++) {
                customers[s] += view.customers[s] / views.size();
            }
            zone1 += view.zone1 / views.size();
        }
        return new CityView("mean of the episode", counts, customers, zone1, Followed.NOBODY);
    }
}
