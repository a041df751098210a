package mfg.envs.auction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import mfg.core.InvalidInputException;
import mfg.core.Tensors;
import mfg.envs.Bench;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UtilityTest {

    /** Page 3 of the specification. */
    enum Kind {
        LINEAR {
            @Override
            Utility utility(double parameter) {
                return Utility.LINEAR;
            }

            @Override
            double of(int h, double surplus, double parameter) {
                return surplus;
            }
        },
        RISK_AVERSE {
            @Override
            Utility utility(double parameter) {
                return Utility.riskAverse(parameter);
            }

            @Override
            double of(int h, double surplus, double parameter) {
                return (1 - Math.exp(-parameter * surplus)) / parameter;
            }
        },
        RISK_SEEKING {
            @Override
            Utility utility(double parameter) {
                return Utility.riskSeeking(parameter);
            }

            @Override
            double of(int h, double surplus, double parameter) {
                return (Math.exp(parameter * surplus) - 1) / parameter;
            }
        },
        HYPERBOLIC {
            @Override
            Utility utility(double parameter) {
                return Utility.hyperbolic(parameter);
            }

            @Override
            double of(int h, double surplus, double parameter) {
                return surplus / (1 + parameter * h);
            }
        };

        abstract Utility utility(double parameter);

        abstract double of(int h, double surplus, double parameter);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void thePartsAddUpToTheUtility(
            @ForAll Kind kind,
            @ForAll @DoubleRange(min = 0.2, max = 3) double parameter,
            @ForAll @IntRange(max = 100) int h,
            @ForAll @DoubleRange(max = 1) double value,
            @ForAll @DoubleRange(max = 3) double payment) {
        Utility utility = kind.utility(parameter);
        double expected = kind.of(h, value - payment, parameter);
        double found = utility.level(h, value) + utility.weight(h, value) * utility.cost(payment);
        assertEquals(expected, found, 1e-11 * (1 + Math.abs(expected)));
        try (Bench bench = new Bench()) {
            NDArray surplus = Tensors.create(bench.manager, bench.type, new double[] {value - payment}, new Shape(1));
            assertEquals(expected, Tensors.toDouble(utility.of(h, surplus)), 1e-11 * (1 + Math.abs(expected)));
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theSlopeOfTheCostIsItsDerivative(
            @ForAll Kind kind,
            @ForAll @DoubleRange(min = 0.2, max = 3) double parameter,
            @ForAll @DoubleRange(max = 1) double payment) {
        Utility utility = kind.utility(parameter);
        double step = 1e-5;
        double difference = (utility.cost(payment + step) - utility.cost(payment - step)) / (2 * step);
        assertEquals(difference, utility.costSlope(payment), 1e-7 * Math.abs(difference));
    }

    @Test
    void numbersThatAreNoUtilityAreRefused() {
        assertThrows(InvalidInputException.class, () -> new Utility(Double.NaN, 0));
        assertThrows(InvalidInputException.class, () -> new Utility(Double.NEGATIVE_INFINITY, 0));
        assertThrows(InvalidInputException.class, () -> new Utility(0, -1));
        assertThrows(InvalidInputException.class, () -> new Utility(0, Double.NaN));
        assertThrows(InvalidInputException.class, () -> new Utility(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void theObjectiveIsAMix() {
        assertThrows(InvalidInputException.class, () -> new AuctionObjective(1.1));
        assertThrows(InvalidInputException.class, () -> new AuctionObjective(-0.1));
        assertThrows(InvalidInputException.class, () -> new AuctionObjective(Double.NaN));
        assertEquals(1, AuctionObjective.REVENUE.lambda());
        assertEquals(0, AuctionObjective.EFFICIENCY.lambda());
    }
}
