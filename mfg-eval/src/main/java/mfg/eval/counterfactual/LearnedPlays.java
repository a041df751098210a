package mfg.eval.counterfactual;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import mfg.envs.bids.LotSale.Outcome;
import mfg.envs.bids.Market.Place;

/**
 * What came of plays of the learned mechanism.
 *
 * @param places the auctions of the log
 * @param outcomes of plays of each size, with a good like the one that values are of
 */
record LearnedPlays(List<Place> places, Map<Size, Outcome[]> outcomes) {

    /** Of an auction. */
    record Size(int bidders, int lots) {

        static Size of(Place place) {
            return new Size(place.bidders(), place.lots());
        }

        double supply() {
            return (double) lots / bidders;
        }
    }

    /** The mean of one sale, in money. */
    Outcome expected(Place place) {
        Outcome[] seen = of(place);
        Outcome sum = Outcome.NONE;
        for (Outcome one : seen) {
            sum = sum.plus(one, 1.0 / seen.length, place.factor() / seen.length);
        }
        return sum;
    }

    /** The mean of all sales together. */
    Outcome expected() {
        Map<Size, Outcome> means = new HashMap<>();
        Outcome sum = Outcome.NONE;
        for (Place place : places) {
            Outcome mean =
                    means.computeIfAbsent(Size.of(place), size -> expected(new Place(size.bidders(), size.lots(), 1)));
            sum = sum.plus(mean, 1, place.factor());
        }
        return sum;
    }

    /** One play of each sale. */
    Outcome drawn(RandomGenerator random) {
        Outcome sum = Outcome.NONE;
        for (Place place : places) {
            Outcome[] seen = of(place);
            sum = sum.plus(seen[random.nextInt(seen.length)], 1, place.factor());
        }
        return sum;
    }

    private Outcome[] of(Place place) {
        return Objects.requireNonNull(outcomes.get(Size.of(place)));
    }
}
