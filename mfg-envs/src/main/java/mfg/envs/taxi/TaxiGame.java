package mfg.envs.taxi;

import com.google.auto.service.AutoService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.envs.SimulatedGame;

/** A-Taxi as commands know it (SYMM Sec. 5). */
@Named("a-taxi")
@AutoService(Game.class)
public final class TaxiGame implements SimulatedGame<TaxiSimulator> {

    @Parameter(about = "taxis in a city", min = 1, max = 1e6)
    int players = 1000;

    @Parameter(about = "rounds", min = 1, max = 1e6)
    int horizon = 128;

    @Parameter(about = "cities played in at a time", min = 1, max = 1e6)
    int cities = 1;

    @Parameter(about = "the map, rows from the top: # wall, S start, 1 and 2 zones")
    String layout = CityLayout.DEFAULT;

    @Parameter(about = "how much taxis jam each other", min = 0)
    double congestion = 8;

    @Parameter(about = "how likely an empty cell gets a customer", min = 0, max = 1)
    double customers = 0.2;

    @Override
    public String about() {
        return "taxis who jam each other";
    }

    @Override
    public String source() {
        return "SYMM Sec. 5";
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public TaxiSimulator simulator(long seed) {
        return new TaxiSimulator(city(seed), cities);
    }

    /**
     * Returns the rules.
     *
     * @param seed decides who is who
     * @return the city, with the players of this seed
     */
    public City city(long seed) {
        City usual = City.of(new CityLayout(layout), players, horizon, congestion, seed);
        return new City(
                usual.layout(),
                players,
                horizon,
                congestion,
                customers,
                usual.worstJam(),
                usual.fare1(),
                usual.fare2(),
                usual.weightSpread(),
                usual.fareSpread(),
                seed);
    }

    /**
     * {@inheritDoc} The share of taxis that went to zone 1, what those in either zone earned on average, and the moves of a taxi that
     * failed.
     */
    @Override
    public Map<String, Double> figures(TaxiSimulator taxis, double[] returns) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("zone1Share", taxis.zone1Share());
        figures.put("zone1Reward", meanIn(1, taxis, returns));
        figures.put("zone2Reward", meanIn(2, taxis, returns));
        figures.put("jams", (double) taxis.jams() / taxis.agents());
        return figures;
    }

    private static double meanIn(int zone, TaxiSimulator taxis, double[] returns) {
        return IntStream.range(0, returns.length)
                .filter(k -> taxis.city().layout().zone(taxis.cell(k)) == zone)
                .mapToDouble(k -> returns[k])
                .average()
                .orElse(Double.NaN);
    }
}
