package mfg.train.ppo;

import ai.djl.ndarray.NDList;
import mfg.core.InvalidInputException;
import mfg.core.Sizes;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;

/**
 * One player of a game, among others who follow a policy and react to what it does: what an agent gains by leaving them. Each
 * copy of the game has one agent, the same player. What the agent does changes nobody's draws.
 */
public final class OneAmong implements Simulator {

    private final Simulator everybody;
    private final Episodes.Policy others;
    private final int player;
    private final int[] actions;
    private final float[] rewards;
    private final float[] seen;
    private long seed;
    private int h;

    /**
     * Prepares to play among networks.
     *
     * @param everybody the game; driven by this object alone from now on
     * @param networks of all players
     * @param theta their parameters; not modified
     * @param player who is the agent, from 0
     * @throws InvalidInputException if there is no such player
     */
    public OneAmong(Simulator everybody, ActorCritic networks, NDList theta, int player) {
        this(everybody, new Actor(everybody, networks, theta), player);
    }

    /**
     * Prepares to play.
     *
     * @param everybody the game; driven by this object alone from now on
     * @param others what all others do there
     * @param player who is the agent, from 0
     * @throws InvalidInputException if there is no such player
     */
    public OneAmong(Simulator everybody, Episodes.Policy others, int player) {
        if (player < 0 || player >= everybody.players()) {
            throw new InvalidInputException(
                    "the player must be between 0 and %d, not %d".formatted(everybody.players() - 1, player));
        }
        this.everybody = everybody;
        this.others = others;
        this.player = player;
        this.actions = new int[everybody.agents()];
        this.rewards = new float[everybody.agents()];
        this.seen = new float[Sizes.product("agents x features", everybody.agents(), everybody.features())];
    }

    /**
     * Plays the episode that {@link Episodes#play} of such an object has by a seed, with the same draws, but nobody leaves.
     *
     * @param everybody the game
     * @param others what all do
     * @param seed decides all that is random
     * @return what each agent of everybody earned, (agents)
     */
    public static double[] nobody(Simulator everybody, Episodes.Policy others, long seed) {
        return Episodes.play(everybody, others, Draws.at(seed, 0), () -> {}); // what one among others is reset by
    }

    @Override
    public int agents() {
        return everybody.agents() / everybody.players();
    }

    /** {@inheritDoc} One: the others are none who act, but part of what happens. */
    @Override
    public int players() {
        return 1;
    }

    @Override
    public int features() {
        return everybody.features();
    }

    @Override
    public int actions() {
        return everybody.actions();
    }

    @Override
    public int rounds() {
        return everybody.rounds();
    }

    @Override
    public void reset(long seed) {
        this.seed = seed;
        h = 0;
        everybody.reset(Draws.at(seed, 0));
    }

    @Override
    public void observe(float[] to, int at) {
        everybody.observe(seen, 0);
        for (int copy = 0; copy < agents(); copy++) {
            System.arraycopy(seen, agent(copy) * features(), to, at + copy * features(), features());
        }
    }

    @Override
    public void step(int[] own, int ownAt, float[] earned, int earnedAt) {
        others.act(Draws.at(seed, 1L + h), actions);
        for (int copy = 0; copy < agents(); copy++) {
            actions[agent(copy)] = own[ownAt + copy];
        }
        everybody.step(actions, 0, rewards, 0);
        for (int copy = 0; copy < agents(); copy++) {
            earned[earnedAt + copy] = rewards[agent(copy)];
        }
        h++;
    }

    private int agent(int copy) {
        return copy * everybody.players() + player;
    }
}
