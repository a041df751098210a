package mfg.core.symmetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import org.junit.jupiter.api.Test;

final class AsymmetryTest {

    private static final NamedGame RANDOM = new RandomGame(3, new GameShape(2, 2, 2), 11);

    /** Players feel others in pair 2 only, each as strongly as its number says; all move alike. */
    private record OneCrowd(int players, double most) implements AnonymousGame {
        @Override
        public GameShape shape() {
            return new GameShape(2, 2, 2);
        }

        @Override
        public double[] initialStates() {
            return new double[] {0.5, 0.5};
        }

        @Override
        public double reward(int i, int s, int a, double[] sigma) {
            return -most * i / (players - 1) * sigma[2];
        }

        @Override
        public void transition(int i, int s, int a, double[] sigma, double[] next) {
            next[0] = 0.3;
            next[1] = 0.7;
        }

        @Override
        public boolean isAffine() {
            return true;
        }

        @Override
        public boolean movesAlone() {
            return true;
        }
    }

    @Test
    void exactMeasuresAreTheLargestOfAll() {
        InducedGame induced = InducedGame.of(RANDOM, Symmetrization.EXACT, Extension.MCSHANE);
        Asymmetry exact = Asymmetry.exact(RANDOM, induced);
        double alpha = 0;
        double beta = 0;
        double effect = 0;
        double[] reward = new double[4];
        double[] kernel = new double[8];
        double[] next = new double[2];
        for (int code = 0; code < 16; code++) {
            int[] others = {code % 4, code / 4};
            double[] distribution = new double[4];
            distribution[others[0]] += 0.5;
            distribution[others[1]] += 0.5;
            induced.at(distribution, reward, kernel);
            for (int i = 0; i < 3; i++) {
                for (int pair = 0; pair < 4; pair++) {
                    double own = RANDOM.reward(i, pair / 2, pair % 2, others);
                    RANDOM.transition(i, pair / 2, pair % 2, others, next);
                    beta = Math.max(beta, Math.abs(own - reward[pair]));
                    alpha = Math.max(
                            alpha, Math.abs(next[0] - kernel[2 * pair]) + Math.abs(next[1] - kernel[2 * pair + 1]));
                    for (int other = 0; other < 4; other++) {
                        effect = Math.max(
                                effect,
                                Math.abs(own - RANDOM.reward(i, pair / 2, pair % 2, new int[] {other, others[1]})));
                        effect = Math.max(
                                effect,
                                Math.abs(own - RANDOM.reward(i, pair / 2, pair % 2, new int[] {others[0], other})));
                    }
                }
            }
        }
        assertEquals(alpha, exact.alpha(), 1e-12);
        assertEquals(beta, exact.beta(), 1e-12);
        assertEquals(effect, exact.effectOnRewards(), 1e-12);
        assertEquals(3, exact.kappa(), "the fourth pair holds who is in none of the others");
        assertEquals("exact", exact.statement());
        assertEquals(effect * 3 * Math.sqrt(3), exact.rewardModulus(), 1e-12);
    }

    @Test
    void sampledMeasuresAreLowerBoundsAndSaySo() {
        InducedGame induced = InducedGame.of(RANDOM, Symmetrization.EXACT, Extension.MCSHANE);
        Asymmetry exact = Asymmetry.exact(RANDOM, induced);
        Asymmetry few = Asymmetry.of(RANDOM, induced, 3, 1);
        Asymmetry many = Asymmetry.of(RANDOM, induced, 2000, 1);
        assertTrue(few.alpha() <= exact.alpha() && few.beta() < exact.beta() && few.kappa() <= exact.kappa());
        assertEquals(exact.alpha(), many.alpha(), 1e-12);
        assertEquals(exact.effectOnTransitions(), many.effectOnTransitions(), 1e-12);
        assertTrue(few.statement().contains("lower bound, from 3 "), few.statement());
    }

    /** Corners are enough, and as good as all configurations. */
    @Test
    void affineGamesAreMeasuredExactlyWhateverTheirSize() {
        OneCrowd small = new OneCrowd(4, 0.8);
        InducedGame induced = InducedGame.of(small);
        Asymmetry all = Asymmetry.exact(small, induced);
        Asymmetry corners = Asymmetry.of(small, induced, 1, 1);
        assertEquals(all.alpha(), corners.alpha(), 1e-12);
        assertEquals(all.beta(), corners.beta(), 1e-12);
        assertEquals(all.effectOnRewards(), corners.effectOnRewards(), 1e-12);
        assertEquals(1, all.kappa());
        assertEquals(1, corners.kappa());
        assertEquals("exact", corners.statement());
        assertEquals(0.8 / 4, corners.effectOnRewards(), 1e-12, "one of four, at the player who feels most");
        OneCrowd large = new OneCrowd(1000, 0.8);
        assertEquals(0.4, Asymmetry.of(large, InducedGame.of(large), 1, 1).beta(), 1e-12);
    }

    /** The same game, by its formula and by tables of all that can be. */
    @Test
    void anAnonymousGameInducesWhatItsTablesDo() {
        OneCrowd game = new OneCrowd(4, 0.8);
        double[] formula = new double[4];
        double[] tables = new double[4];
        for (double[] others : new double[][] {{0.1, 0.2, 0.3, 0.4}, {0, 0, 1, 0}, {0.5, 0, 0.5, 0}, {1, 0, 0, 0}}) {
            InducedGame.of(game).at(others, formula, new double[8]);
            InducedGame.of(game, Symmetrization.EXACT, Extension.INTERPOLATION).at(others, tables, new double[8]);
            assertArrayEquals(formula, tables, 1e-12);
        }
    }

    @Test
    void whatIsTooMuchToListIsRefused() {
        NamedGame large = new RandomGame(30, new GameShape(2, 2, 2), 1);
        assertThrows(
                InvalidInputException.class,
                () -> Asymmetry.exact(large, InducedGame.of(RANDOM, Symmetrization.EXACT, Extension.MCSHANE)));
        assertThrows(InvalidInputException.class, () -> Lattice.of(1000, 9));
    }
}
