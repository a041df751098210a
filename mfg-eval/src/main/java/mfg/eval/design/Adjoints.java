package mfg.eval.design;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;
import mfg.train.Adjoint;
import mfg.train.CheapestAdjoint;
import mfg.train.EverySqrt;
import mfg.train.Reversible;
import mfg.train.Revolve;
import mfg.train.StoreAll;

/** Checkpoint schedules by name. */
final class Adjoints {

    private static final Pattern NUMBERED = Pattern.compile("(revolve|reversible):(\\d{1,6})");

    private Adjoints() {}

    static Adjoint named(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            int number = Integer.parseInt(numbered.group(2));
            return numbered.group(1).equals("revolve") ? new Revolve(number) : new Reversible(number);
        }
        return switch (name) {
            case "auto" -> new CheapestAdjoint();
            case "store" -> new StoreAll();
            case "sqrt" -> new EverySqrt();
            case "reversible" -> Reversible.DEFAULT;
            default ->
                throw new InvalidInputException(
                        "--adjoint must be auto, store, sqrt, revolve:C, reversible or reversible:K with numbers C and K, not "
                                + name);
        };
    }
}
