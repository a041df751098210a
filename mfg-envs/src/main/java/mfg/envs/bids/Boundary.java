package mfg.envs.bids;

/** What becomes of bids within a bandwidth of the lowest or highest bid, where a kernel density is too low. */
public enum Boundary {

    /** They are dropped, as Guerre, Perrigne and Vuong (2000) do. */
    TRIM,

    /**
     * The density is corrected there and all bids are kept, as Hickman and Hubbard (2015, Journal of Applied Econometrics 30) do: the
     * bids are reflected at the boundary, moved so that the slope of the density there is kept (Karunamuni and Zhang 2008, Statistics
     * and Probability Letters 78).
     */
    CORRECT
}
