package mfg.envs.players;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.envs.Bench;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.FirstPrice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against whole plays of the same auctions. */
class OneBidderTest {

    /** So many values; the state that comes next is ⊥. */
    private static final int N = 6;

    /** Any bid up to the value. */
    private static final Actions POLICY = (h, state, random) -> Draws.below(state + 1, random);

    /** First price sells equal shares. */
    private static NPlayerAuction auction(Bench bench, String setting, int players) {
        AuctionSetting about = AuctionSetting.named(setting);
        return auction(bench, setting, players, FirstPrice.equalShares(Math.min(about.rounds(), 8), 0.7));
    }

    private static NPlayerAuction auction(Bench bench, String setting, int players, double... shares) {
        AuctionSetting about = AuctionSetting.named(setting);
        return new NPlayerAuction(
                about.game(
                        bench.constants,
                        shares.length,
                        about.draw(N, new SplittableRandom(3)),
                        new FirstPrice(bench.constants, N, shares)),
                Bench.NO_THETA,
                about.objective(),
                players,
                bench.manager);
    }

    /** What sums of rewards may be off by is the rounding of several; those who win once are exact. */
    @ParameterizedTest
    @CsvSource({
        "A1, 6, 0",
        "A1, 50, 0",
        "A2, 50, 0",
        "A4, 50, 0",
        "A6, 50, 0",
        "A7, 50, 1e-6",
        "A8, 50, 1e-6",
        "A10, 50, 1e-6"
    })
    void bidsEarnWhatTheyEarnInAWholePlay(String setting, int players, float rounding) {
        int copies = 60;
        try (Bench bench = new Bench()) {
            NPlayerAuction game = auction(bench, setting, players);
            OneBidder bidder = new OneBidder(game, POLICY, copies);
            NPlayerGame.Simulation simulation = game.simulation(POLICY);
            int winners = 0;
            for (long seed = 0; seed < 4; seed++) {
                long all = seed;
                Episode episode = Episode.of(bidder, seed, (h, k, state) -> {
                    long bidding = Draws.at(Draws.at(all, k), 3L * h + 1);
                    return state == N ? 0 : POLICY.action(h, state, Draws.at(bidding, 0));
                });
                for (int k = 0; k < copies; k++) {
                    long own = Draws.at(seed, k);
                    int[] states = new int[bidder.rounds()];
                    Arrays.fill(states, N);
                    NPlayerGame.Play play =
                            simulation.play(own, InitialStates.spread(k, copies, own), (h, state, random) -> {
                                states[h] = state;
                                return POLICY.action(h, state, random);
                            });
                    int agent = k;
                    assertArrayEquals(
                            states,
                            Arrays.stream(episode.states())
                                    .mapToInt(round -> round[agent])
                                    .toArray());
                    assertEquals((float) play.firstReward(), episode.earned(k), rounding);
                    winners += play.firstReward() > 0 ? 1 : 0;
                }
            }
            assertTrue(winners > 20, winners + " agents won more than nothing");
        }
    }

    @ParameterizedTest
    @CsvSource({"A1, false", "A2, false", "A7, true", "A10, true"})
    void whoHasWonComesBackWhereTheSettingSaysSo(String setting, boolean reenters) {
        try (Bench bench = new Bench()) {
            OneBidder bidder = new OneBidder(auction(bench, setting, 20), POLICY, 100);
            Episode episode = Episode.of(bidder, 5, (h, k, state) -> N - 1);
            int gone = 0;
            int back = 0;
            for (int h = 1; h < bidder.rounds(); h++) {
                for (int k = 0; k < bidder.agents(); k++) {
                    boolean out = episode.states()[h - 1][k] == N;
                    boolean won = !out && episode.rewards()[h - 1][k] != 0; // whose value is the bid wins nothing
                    gone += out || won ? 1 : 0;
                    back += (out || won) && episode.states()[h][k] < N ? 1 : 0;
                    assertTrue(!out || episode.rewards()[h - 1][k] == 0);
                }
            }
            assertTrue(gone > 50, gone + " were gone");
            assertEquals(reenters, back > 0, back + " of " + gone + " came back");
        }
    }

    /** If nobody else bids more than 0, a bid of 1/n wins at once. */
    @Test
    void whoOutbidsEverybodyGetsItsValueLessItsBid() {
        try (Bench bench = new Bench()) {
            OneBidder bidder = new OneBidder(auction(bench, "A1", 10, 0.1, 0.1, 0.1), (h, state, random) -> 0, 2 * N);
            int agents = bidder.agents();
            int[] actions = new int[agents + 3];
            Arrays.fill(actions, 3, actions.length, 1);
            float[] rewards = new float[agents + 5];
            Arrays.fill(rewards, Float.NaN);
            bidder.reset(1);
            bidder.step(actions, 3, rewards, 2);
            for (int k = 0; k < agents; k++) {
                int value = k / 2; // mu0 is even, and two agents start with each
                assertEquals((value - 1f) / N, rewards[2 + k], 1e-7);
            }
            bidder.step(actions, 3, rewards, 2);
            assertArrayEquals(new float[agents], Arrays.copyOfRange(rewards, 2, 2 + agents));
            for (int outside : new int[] {0, 1, agents + 2, agents + 3, agents + 4}) {
                assertTrue(Float.isNaN(rewards[outside]));
            }
        }
    }

    /** All that the others are told, in a number; goods are sold in the last round, and nobody is gone before. */
    @Test
    void whatAgentsBidChangesNoDrawOfOthers() {
        try (Bench bench = new Bench()) {
            NPlayerAuction game = auction(bench, "A2", 30, 0, 0, 0, 0.5);
            assertEquals(told(game, 7, (h, k, state) -> 0), told(game, 7, (h, k, state) -> (state + h + k) % N));
            assertNotEquals(told(game, 7, (h, k, state) -> 0), told(game, 8, (h, k, state) -> 0));
        }
    }

    @Test
    void whatThoseBidWhoDoNotTakePartIsWithoutEffect() {
        try (Bench bench = new Bench()) {
            for (String setting : List.of("A1", "A10")) {
                NPlayerAuction game = auction(bench, setting, 30);
                Episode.Bids high = (h, k, state) -> N - 1;
                assertEquals(told(game, 7, high), told(game, 7, (h, k, state) -> state == N ? (h + k) % N : N - 1));
                assertNotEquals(told(game, 7, high), told(game, 7, (h, k, state) -> state == N ? N - 1 : 0));
            }
        }
    }

    private static long told(NPlayerAuction game, long seed, Episode.Bids bids) {
        long[] sum = new long[1];
        Actions others = (h, state, random) -> {
            sum[0] = 31 * sum[0] + random + state;
            return POLICY.action(h, state, random);
        };
        Episode.of(new OneBidder(game, others, 10), seed, bids);
        return sum[0];
    }

    @Test
    void copiesShareNothing() {
        try (Bench bench = new Bench()) {
            OneBidder bidder = new OneBidder(auction(bench, "A10", 12), POLICY, 30);
            Episode one = Episode.of(bidder, 3, (h, k, state) -> k == 4 ? N - 1 : 2);
            Episode other = Episode.of(bidder, 3, (h, k, state) -> k == 4 ? 0 : 2);
            for (int h = 0; h < bidder.rounds(); h++) {
                for (int k = 0; k < bidder.agents(); k++) {
                    if (k != 4) {
                        assertEquals(one.states()[h][k], other.states()[h][k]);
                        assertEquals(one.rewards()[h][k], other.rewards()[h][k]);
                    }
                }
            }
            assertNotEquals(one.earned(4), other.earned(4));
        }
    }

    @Test
    void everyValueBeginsAsOftenAsItShould() {
        try (Bench bench = new Bench()) {
            OneBidder bidder = new OneBidder(auction(bench, "A1", 5), POLICY, 3 * N);
            for (long seed = 0; seed < 50; seed++) {
                int[] counts = new int[N];
                for (int state : Episode.of(bidder, seed, (h, k, value) -> 0).states()[0]) {
                    counts[state]++;
                }
                for (int count : counts) {
                    assertEquals(3, count);
                }
            }
        }
    }

    @Test
    void rowsMarkTheStateAndTheRound() {
        try (Bench bench = new Bench()) {
            OneBidder bidder = new OneBidder(auction(bench, "A10", 20), POLICY, 25);
            int features = N + 1 + bidder.rounds();
            assertEquals(features, bidder.features());
            float[] to = new float[7 + 25 * features + 1];
            bidder.reset(2);
            int[] bids = new int[25];
            Arrays.fill(bids, N - 1);
            for (int h = 0; h <= bidder.rounds(); h++) {
                Arrays.fill(to, Float.NaN);
                bidder.observe(to, 7);
                for (int k = 0; k < 25; k++) {
                    float[] row = Arrays.copyOfRange(to, 7 + k * features, 7 + (k + 1) * features);
                    assertOneHot(Arrays.copyOf(row, N + 1), 1);
                    float[] round = Arrays.copyOfRange(row, N + 1, features);
                    assertOneHot(round, h < bidder.rounds() ? 1 : 0);
                    assertTrue(h == bidder.rounds() || round[h] == 1);
                }
                for (int outside : new int[] {0, 1, 2, 3, 4, 5, 6, to.length - 1}) {
                    assertTrue(Float.isNaN(to[outside]));
                }
                if (h < bidder.rounds()) {
                    bidder.step(bids, 0, new float[25], 0);
                }
            }
        }
    }

    private static void assertOneHot(float[] row, int ones) {
        int marked = 0;
        for (float entry : row) {
            assertTrue(entry == 0 || entry == 1);
            marked += (int) entry;
        }
        assertEquals(ones, marked);
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        try (Bench bench = new Bench()) {
            NPlayerAuction game = auction(bench, "A1", 10);
            for (int copies : new int[] {-1, 0, 1_000_001}) {
                assertThrows(InvalidInputException.class, () -> new OneBidder(game, POLICY, copies));
            }
            OneBidder bidder = new OneBidder(game, POLICY, 3);
            float[] rows = new float[3 * bidder.features()];
            refused(bidder, 3, 0, 3, 0); // nothing has begun
            bidder.reset(1);
            refused(bidder, 2, 0, 3, 0);
            refused(bidder, 3, 1, 3, 0);
            refused(bidder, 3, 0, 3, -1);
            refused(bidder, 4, Integer.MAX_VALUE, 3, 0);
            refused(bidder, 3, 0, 4, 2);
            assertThrows(InvalidInputException.class, () -> bidder.observe(rows, 1));
            assertThrows(InvalidInputException.class, () -> bidder.observe(rows, -1));
            for (int h = 0; h < bidder.rounds(); h++) {
                bidder.observe(rows, 0);
                assertEquals(1, rows[N + 1 + h]);
                bidder.step(new int[3], 0, new float[3], 0);
            }
            refused(bidder, 3, 0, 3, 0); // all is over
        }
    }

    private static void refused(OneBidder bidder, int actions, int actionsAt, int rewards, int rewardsAt) {
        assertThrows(
                InvalidInputException.class,
                () -> bidder.step(new int[actions], actionsAt, new float[rewards], rewardsAt));
    }

    @Test
    void episodesAllocateNothing() {
        try (Bench bench = new Bench()) {
            OneBidder bidder = new OneBidder(auction(bench, "A2", 100), POLICY, 8);
            int episodes = 300;
            float[] rows = new float[8 * bidder.features()];
            float[] rewards = new float[8];
            int[] bids = new int[8];
            long before = 0;
            for (int seed = -1; seed < episodes; seed++) {
                bidder.reset(seed);
                for (int h = 0; h < bidder.rounds(); h++) {
                    bidder.observe(rows, 0);
                    bidder.step(bids, 0, rewards, 0);
                }
                before = seed < 0 ? Bench.allocated() : before;
            }
            long bytes = Bench.allocated() - before;
            assertTrue(bytes < 100L * episodes, bytes + " bytes");
        }
    }
}
