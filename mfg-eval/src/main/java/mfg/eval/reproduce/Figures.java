package mfg.eval.reproduce;

import java.util.List;
import java.util.stream.Stream;

/** What can be reproduced. */
public final class Figures {

    private Figures() {}

    /** Those of AMID, in order. */
    public static final List<Figure> AMID = List.of(
            new BeachFigure(),
            TrainingFigure.FIG2,
            new PlayersFigure(),
            TrainingFigure.FIG4,
            new ExploitabilityFigure(),
            new BidsFigure(),
            new MechanismFigure(),
            new StaticFigure(),
            new ResponseFigure());

    /** Those of SYMM, in order. */
    public static final List<Figure> SYMM = List.of(
            new TaxiFigure(), SymmetryFigure.FIG1B, SymmetryFigure.FIG1C, new AsymmetryFigure(), new ZonesFigure());

    /** Every figure. */
    public static final List<Figure> ALL =
            Stream.concat(AMID.stream(), SYMM.stream()).toList();

    /** One of them. */
    public static Figure named(String name) {
        return ALL.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
