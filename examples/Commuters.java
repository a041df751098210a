import mfg.core.GameShape;
import mfg.core.catalogue.Parameter;
import mfg.envs.SimulatedGame;
import mfg.envs.players.AnonymousSimulator;
import mfg.envs.players.Draws;

/** Commuters choose a road each day: the more take it, the longer it takes. */
public final class Commuters implements SimulatedGame<Commuters.Days> {
    @Parameter(about = "commuters", min = 1, max = 1e6)
    int players = 100;

    @Parameter(about = "days", min = 1, max = 1000)
    int days = 10;

    @Parameter(about = "what another road than yesterday's costs", min = 0)
    double effort = 0.1;

    public String about() { return "commuters who jam each other's roads"; }

    public int players() { return players; }

    public Days simulator(long seed) { return new Days(players, days, effort); }

    /** A state is the road of yesterday, an action that of today. */
    static final class Days extends AnonymousSimulator {
        static final double[] HOURS = {0.2, 0.3, 0.5}; // of an empty road
        final double effort;
        double[] crowd = {};

        Days(int players, int days, double effort) {
            super(new GameShape(days, HOURS.length, HOURS.length), players);
            this.effort = effort;
            reset(0);
        }

        protected int start(long draw) { return (int) (HOURS.length * Draws.unit(draw)); }

        protected void meet(double[] shares) { // of commuters by yesterday * 3 + today
            crowd = new double[HOURS.length];
            for (int pair = 0; pair < shares.length; pair++) {
                crowd[pair % HOURS.length] += shares[pair];
            }
        }

        protected double reward(int player, int pair) {
            int today = pair % HOURS.length;
            return -HOURS[today] - crowd[today] - (pair / HOURS.length == today ? 0 : effort);
        }

        protected int next(int player, int pair, long draw) { return pair % HOURS.length; }
    }
}
