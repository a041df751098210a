package mfg.eval.reproduce;

import java.io.IOException;
import java.util.Locale;
import mfg.eval.taxi.TaxiConfig;
import mfg.eval.taxi.TaxiResult;
import mfg.eval.taxi.TaxiRun;
import mfg.nn.Identity;

/**
 * A way in which taxis learn (SYMM Sec. 5).
 *
 * @param label what the paper calls it
 * @param identity how networks know who drives
 * @param regularized whether entropy counts
 */
record TaxiVariant(String label, Identity identity, boolean regularized) {

    static final TaxiVariant SYM = new TaxiVariant("Sym-NN", Identity.NONE, true);
    static final TaxiVariant OH = new TaxiVariant("OH-NN", Identity.ONE_HOT, true);
    static final TaxiVariant ID = new TaxiVariant("ID-NN", Identity.NUMBER, true);
    static final TaxiVariant IND = new TaxiVariant("Ind-NN", Identity.INDEPENDENT, true);
    static final TaxiVariant NR = new TaxiVariant("Sym-NN-NR", Identity.NONE, false);

    /** A run that is there, or is made now. */
    TaxiResult run(Reproduction plan, int players, int epochs, int congestion, long seed) throws IOException {
        TaxiConfig config = TaxiConfig.of(players, epochs, seed).variant(identity, regularized, congestion);
        String folder = "%s-c%d-n%d-%d".formatted(label.toLowerCase(Locale.ROOT), congestion, players, seed);
        return TaxiRun.at(plan.runs().resolve(folder), config, plan.threads());
    }
}
