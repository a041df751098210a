import java.util.*;
import mfg.core.catalogue.Parameter;
import mfg.envs.*;
import mfg.envs.players.Draws;

/** Boats of unlike size choose fishing grounds. Fish that are caught are missed by all, and grow back slowly. */
public final class Fishery implements SimulatedGame<Fishery.Fleet> {
    static final int GROUNDS = 4;

    @Parameter(about = "boats", min = 2, max = 1e6)
    int players = 200;

    @Parameter(about = "days of a season", min = 1, max = 1000)
    int horizon = 30;

    @Parameter(about = "what a trip to other grounds costs, in fish", min = 0)
    double fuel = 0.05;

    public String about() { return "boats who fish out each other's grounds"; }

    public int players() { return players; }

    public Map<String, String> defaults() { // suits it better than what suits taxis
        return Map.of("learning-rate", "0.003", "minibatch", "1000", "epochs", "100");
    }

    public Fleet simulator(long seed) { // the seed decides which boat is how large
        float[] sizes = new float[players];
        for (int i = 0; i < players; i++) {
            sizes[i] = (float) (0.8 + 0.4 * Draws.unit(Draws.at(seed, i)));
        }
        return new Fleet(sizes, horizon, (float) fuel);
    }

    public Map<String, Double> figures(Fleet fleet, double[] returns) {
        return Map.of("fishLeft", fleet.fish[0] + fleet.fish[1] + fleet.fish[2] + (double) fleet.fish[3]);
    }

    /** All boats of one season; action a is to fish at ground a. */
    static final class Fleet implements Simulator {
        final float[] sizes;
        final int[] ground; // of each boat
        final float[] fish = new float[GROUNDS];
        final float fuel;
        final int horizon;
        int day;

        Fleet(float[] sizes, int horizon, float fuel) {
            this.sizes = sizes;
            this.horizon = horizon;
            this.fuel = fuel;
            ground = new int[sizes.length];
        }

        public int agents() { return sizes.length; } // one season at a time
        public int players() { return sizes.length; }
        public int features() { return 2 * GROUNDS + 1; }
        public int actions() { return GROUNDS; }
        public int rounds() { return horizon; }

        public void reset(long seed) {
            day = 0;
            for (int g = 0; g < GROUNDS; g++) {
                fish[g] = (float) (0.2 + 1.6 * Draws.unit(Draws.at(seed, g))); // rich and poor, anew each season
            }
            for (int i = 0; i < ground.length; i++) {
                ground[i] = i % GROUNDS;
            }
        }

        public void observe(float[] to, int at) { // how many fish are where, where the boat is, and the day
            for (int i = 0; i < ground.length; i++, at += features()) {
                for (int g = 0; g < GROUNDS; g++) {
                    to[at + g] = fish[g];
                    to[at + GROUNDS + g] = ground[i] == g ? 1 : 0;
                }
                to[at + 2 * GROUNDS] = (float) day / horizon;
            }
        }

        public void step(int[] actions, int actionsAt, float[] rewards, int rewardsAt) {
            float[] nets = new float[GROUNDS];
            for (int i = 0; i < ground.length; i++) {
                nets[actions[actionsAt + i]] += sizes[i] / sizes.length;
            }
            for (int i = 0; i < ground.length; i++) { // a boat's share falls as others fish there, too
                int g = actions[actionsAt + i];
                rewards[rewardsAt + i] = sizes[i] * 0.5f * fish[g] / (1 + 4 * nets[g]) - (g == ground[i] ? 0 : fuel);
                ground[i] = g;
            }
            for (int g = 0; g < GROUNDS; g++) {
                fish[g] -= 0.5f * nets[g] * fish[g] / (1 + 4 * nets[g]);
                fish[g] += 0.1f * fish[g] * (1.5f - fish[g]);
            }
            day++;
        }
    }
}
