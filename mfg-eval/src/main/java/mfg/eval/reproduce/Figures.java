package mfg.eval.reproduce;

import java.util.List;
import java.util.stream.Stream;

/** What can be reproduced. */
public final class Figures {

    private Figures() {}

    /** Those of AMID, in order. */
    public static final List<Figure> AMID = List.of(
            BeachFigure.FIG1,
            TrainingFigure.FIG2,
            PlayersFigure.FIG3,
            TrainingFigure.FIG4,
            ExploitabilityFigure.FIG5,
            BidsFigure.FIG6,
            MechanismFigure.FIG7,
            StaticFigure.FIG8,
            ResponseFigure.FIG9);

    /** Those of SYMM, in order. */
    public static final List<Figure> SYMM = List.of(
            TaxiFigure.FIG1A,
            SymmetryFigure.FIG1B,
            SymmetryFigure.FIG1C,
            AsymmetryFigure.FIG2A,
            ZonesFigure.FIG2B,
            SymmetryRates.RATES);

    /** What readers of the paper asked to have checked. */
    public static final List<Figure> CHECKS = List.of(RatesCheck.RATES, EntropyCheck.CHECK2, SizeCheck.CHECK3);

    /** Every figure. */
    public static final List<Figure> ALL =
            Stream.of(AMID, SYMM, CHECKS).flatMap(List::stream).toList();

    /** One of them. */
    public static Figure named(String name) {
        return ALL.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
