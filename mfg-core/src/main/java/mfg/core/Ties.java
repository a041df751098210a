package mfg.core;

import ai.djl.ndarray.NDArray;

/** What a player does where several actions are best, to the last bit. */
public enum Ties {

    /** The first of them, as OpenSpiel has it. */
    FIRST {
        @Override
        Policy greedy(NDArray q) {
            return Policy.of(q.argMax(-1)
                    .oneHot((int) q.getShape().get(q.getShape().dimension() - 1), q.getDataType()));
        }
    },

    /** All of them with equal probability, as MFGLib has it. */
    EVEN {
        @Override
        Policy greedy(NDArray q) {
            NDArray best = q.gte(q.max(new int[] {-1}, true)).toType(q.getDataType(), false);
            return Policy.of(best.div(best.sum(new int[] {-1}, true)));
        }
    };

    /**
     * Takes the best actions.
     *
     * @param q the values of actions, (H, S, A); not modified
     * @return the policy
     */
    abstract Policy greedy(NDArray q);
}
