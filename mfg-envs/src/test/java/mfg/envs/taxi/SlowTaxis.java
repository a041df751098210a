package mfg.envs.taxi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.envs.players.Draws;
import org.jspecify.annotations.Nullable;

/** One copy of A-Taxi as plainly as possible: objects, sets and maps, cell by cell from the text of the map. */
final class SlowTaxis {

    private static final long ONE = 1L << 32;

    /** A place on the map. */
    record Place(int row, int column) {}

    /** A taxi and its customers. */
    static final class Taxi {
        final long weight;
        final double[] fares;
        Place place;
        final Set<Place> customers = new HashSet<>();

        @Nullable
        Place target;

        Taxi(Place place, long weight, double[] fares) {
            this.place = place;
            this.weight = weight;
            this.fares = fares;
        }
    }

    private final City city;
    private final String[] rows;
    private final List<Place> cells = new ArrayList<>();
    private final long seed;
    final List<Taxi> taxis = new ArrayList<>();
    private int round;

    SlowTaxis(City city, long episode, int copy) {
        this.city = city;
        this.rows = city.layout().toString().split("/", -1);
        this.seed = Draws.at(episode, copy);
        Place start = new Place(-1, -1);
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < rows[r].length(); c++) {
                Place place = new Place(r, c);
                if (sign(place) == 'S') {
                    start = place;
                } else if (sign(place) != '#') {
                    cells.add(place);
                }
            }
        }
        for (int i = 0; i < city.players(); i++) {
            double w = city.congestion() / city.players() * (1 + city.weightSpread() * trait(i, 0));
            double fare1 = city.fare1() * (1 + city.fareSpread() * trait(i, 1));
            double fare2 = city.fare2() * (1 + city.fareSpread() * trait(i, 2));
            taxis.add(new Taxi(start, Math.round(w * ONE), new double[] {fare1, fare2}));
        }
    }

    private double trait(int i, int which) {
        return 2 * Draws.unit(Draws.at(city.seed(), 3L * i + which)) - 1;
    }

    private char sign(Place place) {
        boolean inside = place.row >= 0
                && place.row < rows.length
                && place.column >= 0
                && place.column < rows[place.row].length();
        return inside ? rows[place.row].charAt(place.column) : '#';
    }

    /** The number of a place: cells of zones row by row, then the start. */
    int number(Place place) {
        return sign(place) == 'S' ? cells.size() : cells.indexOf(place);
    }

    private static Place ahead(Place place, int action) {
        return switch (action) {
            case CityLayout.UP -> new Place(place.row - 1, place.column);
            case CityLayout.DOWN -> new Place(place.row + 1, place.column);
            case CityLayout.LEFT -> new Place(place.row, place.column - 1);
            case CityLayout.RIGHT -> new Place(place.row, place.column + 1);
            default -> place;
        };
    }

    double[] step(int[] actions) {
        Map<Place, Long> loads = new HashMap<>();
        for (Taxi taxi : taxis) {
            loads.merge(taxi.place, taxi.weight, Long::sum);
        }
        double[] rewards = new double[taxis.size()];
        long stream = Draws.at(seed, round);
        int digits = 32 - Math.min(32, Long.numberOfTrailingZeros(threshold()));
        int planes = 64 / cells.size();
        int words = 1 + (digits + planes - 1) / planes;
        for (int i = 0; i < taxis.size(); i++) {
            long chance = Math.min(loads.getOrDefault(taxis.get(i).place, 0L), Math.round(city.worstJam() * ONE));
            long random = Draws.at(stream, (long) i * words);
            rewards[i] = drive(taxis.get(i), actions[i], chance, random >>> 32, random & (ONE - 1));
            for (int s = 0; s < cells.size(); s++) {
                long number = 0;
                for (int d = 0; d < digits; d++) {
                    long word = Draws.at(stream, (long) i * words + 1 + d / planes);
                    number |= (word >>> (d % planes * cells.size() + s) & 1) << (31 - d);
                }
                if (number < threshold()) {
                    taxis.get(i).customers.add(cells.get(s));
                }
            }
        }
        round++;
        return rewards;
    }

    private long threshold() {
        return Math.min(Math.round(city.customers() * ONE), ONE - 1);
    }

    private double drive(Taxi taxi, int action, long chance, long jam, long chosen) {
        if (action != CityLayout.WAIT) {
            Place to = ahead(taxi.place, action);
            if (jam >= chance && sign(to) != '#' && sign(to) != 'S') {
                taxi.place = to;
            }
            return 0;
        }
        if (taxi.target != null) {
            if (!taxi.target.equals(taxi.place)) {
                return 0;
            }
            taxi.target = null;
            return taxi.fares[sign(taxi.place) - '1'];
        }
        if (taxi.customers.remove(taxi.place)) {
            List<Place> zone = cells.stream()
                    .filter(place -> sign(place) == sign(taxi.place))
                    .toList();
            taxi.target = zone.get((int) (chosen * zone.size() / ONE));
        }
        return 0;
    }

    /** What a taxi sees, number by number. */
    List<Double> see(Taxi taxi) {
        List<Double> seen = new ArrayList<>();
        for (int s = 0; s <= cells.size(); s++) {
            seen.add(number(taxi.place) == s ? 1.0 : 0.0);
        }
        for (Place place : cells) {
            seen.add(taxi.customers.contains(place) ? 1.0 : 0.0);
        }
        seen.add(taxi.target == null ? 1.0 : 0.0);
        for (Place place : cells) {
            seen.add(place.equals(taxi.target) ? 1.0 : 0.0);
        }
        seen.add((double) round / city.rounds());
        return seen;
    }
}
