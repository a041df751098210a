package mfg.envs.players;

/** What agents saw and got in an episode: where they were and what they earned, by round and agent. */
record Episode(int[][] states, float[][] rewards) {

    /** What an agent bids. */
    interface Bids {
        int bid(int h, int agent, int state);
    }

    static Episode of(OneBidder bidder, long seed, Bids bids) {
        int agents = bidder.agents();
        Episode seen = new Episode(new int[bidder.rounds()][agents], new float[bidder.rounds()][agents]);
        float[] rows = new float[agents * bidder.features()];
        int[] actions = new int[agents];
        bidder.reset(seed);
        for (int h = 0; h < bidder.rounds(); h++) {
            bidder.observe(rows, 0);
            for (int k = 0; k < agents; k++) {
                seen.states[h][k] = state(rows, k * bidder.features());
                actions[k] = bids.bid(h, k, seen.states[h][k]);
            }
            bidder.step(actions, 0, seen.rewards[h], 0);
        }
        return seen;
    }

    private static int state(float[] rows, int row) {
        int state = 0;
        while (rows[row + state] == 0) {
            state++;
        }
        return state;
    }

    /** What an agent got in all rounds. */
    float earned(int agent) {
        float sum = 0;
        for (float[] round : rewards) {
            sum += round[agent];
        }
        return sum;
    }
}
