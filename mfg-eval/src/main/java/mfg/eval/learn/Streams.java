package mfg.eval.learn;

import mfg.envs.players.Draws;

/** The random streams of a run, by its seed. Who is who and where networks start is drawn from the seed itself. */
final class Streams {

    private Streams() {}

    /** Of learning. */
    static long learning(long seed) {
        return Draws.at(seed, 0);
    }

    /** Of the k-th play that is shown. */
    static long shown(long seed, int k) {
        return Draws.at(seed, 1L + k);
    }

    /** Of what measures the exploitability. */
    static long measuring(long seed) {
        return ~seed;
    }
}
