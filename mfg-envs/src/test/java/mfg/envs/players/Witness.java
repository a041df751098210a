package mfg.envs.players;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Follows a rule and writes down who chose what; the number that players are handed tells who they are. */
final class Witness implements Actions {

    /** One player's choice. */
    record Choice(int player, int state, int action) {}

    /** Chooses for a player. */
    interface Rule {
        int action(int h, int player, int state, SplittableRandom random);
    }

    private final int players;
    private final Rule rule;
    private final List<List<Choice>> rounds = new ArrayList<>();
    private long seed;

    Witness(int players, int rounds, Rule rule) {
        this.players = players;
        this.rule = rule;
        for (int h = 0; h < rounds; h++) {
            this.rounds.add(new ArrayList<>());
        }
    }

    /** Watches a play from its start; all players follow the rule. */
    NPlayerGame.Play watch(NPlayerGame.Simulation simulation, long seed) {
        this.seed = seed;
        rounds.forEach(List::clear);
        return simulation.play(seed, 0.5, this);
    }

    /** Who took part in a round, in order. */
    List<Choice> round(int h) {
        return rounds.get(h);
    }

    @Override
    public int action(int h, int state, long random) {
        int player = rounds.get(h).isEmpty()
                ? 0
                : rounds.get(h).get(rounds.get(h).size() - 1).player() + 1;
        long stream = Draws.at(seed, 3L * h + 1);
        while (player < players && Draws.at(stream, player) != random) {
            player++;
        }
        int action = rule.action(h, player, state, new SplittableRandom(random));
        rounds.get(h).add(new Choice(player, state, action));
        return action;
    }
}
