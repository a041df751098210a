package mfg.core.catalogue;

/** A game that players learn from its plays alone. Which learners can is said by what else it is, such as a {@link CrowdGame}. */
public interface LearnableGame extends Game {}
