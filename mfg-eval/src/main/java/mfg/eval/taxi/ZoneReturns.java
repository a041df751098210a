package mfg.eval.taxi;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import mfg.envs.taxi.Taxis;
import mfg.eval.io.Spread;

/**
 * What taxis earned, by zone.
 *
 * @param zone1 one for each taxi in zone 1
 * @param zone2 one for each taxi in zone 2
 */
public record ZoneReturns(double[] zone1, double[] zone2) {

    /** Tells some taxis apart by where they are now. */
    static ZoneReturns of(Taxis taxis, double[] returns, IntPredicate which) {
        return new ZoneReturns(in(1, taxis, returns, which), in(2, taxis, returns, which));
    }

    private static double[] in(int zone, Taxis taxis, double[] returns, IntPredicate which) {
        return IntStream.range(0, returns.length)
                .filter(which)
                .filter(k -> taxis.city().layout().zone(taxis.cell(k)) == zone)
                .mapToDouble(k -> returns[k])
                .toArray();
    }

    /** How the returns of zone 1 or 2 lie. */
    public Spread in(int zone) {
        return Spread.of(zone == 1 ? zone1 : zone2);
    }

    /** The standard error of their mean. */
    public double error(int zone) {
        return in(zone).deviation() / Math.sqrt((zone == 1 ? zone1 : zone2).length);
    }
}
