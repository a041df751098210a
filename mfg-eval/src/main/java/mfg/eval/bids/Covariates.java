package mfg.eval.bids;

import ai.djl.basicdataset.tabular.utils.DynamicBuffer;
import ai.djl.basicdataset.tabular.utils.Featurizer;
import ai.djl.basicdataset.tabular.utils.Featurizers;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import mfg.eval.io.Text;

/**
 * Covariates as numbers. One with categories becomes a column for each of them but the first, which is 1 in auctions of this
 * category and 0 in others.
 */
final class Covariates {

    private static final double[] NONE = {};

    private final List<String> names = new ArrayList<>();

    /** Of each covariate its numbers in an auction. */
    private final List<IntFunction<double[]>> parts = new ArrayList<>();

    /**
     * Finds the columns.
     *
     * @param auctions those whose categories have columns
     */
    Covariates(List<Covariate> covariates, int[] auctions) {
        for (Covariate covariate : covariates) {
            AuctionColumn column = covariate.column();
            if (column.isNumeric()) {
                names.add(Text.visible(covariate.name()));
                parts.add(auction -> new double[] {covariate.number(auction)});
            } else {
                List<String> categories = Arrays.stream(auctions)
                        .mapToObj(column::category)
                        .distinct()
                        .toList();
                Map<String, double[]> codes = codes(categories);
                categories.stream()
                        .skip(1)
                        .forEach(category -> names.add(Text.visible(covariate.name() + "=" + category)));
                parts.add(auction -> Objects.requireNonNull(codes.get(column.category(auction))));
            }
        }
    }

    private static Map<String, double[]> codes(List<String> categories) {
        Map<String, Integer> places = new LinkedHashMap<>();
        categories.forEach(category -> places.put(category, places.size()));
        Featurizer featurizer = Featurizers.getStringFeaturizer(places, true);
        Map<String, double[]> codes = new HashMap<>();
        for (String category : categories) {
            DynamicBuffer buffer = new DynamicBuffer();
            featurizer.featurize(buffer, category);
            FloatBuffer oneHot = buffer.getBuffer();
            double[] code = new double[categories.size() - 1];
            Arrays.setAll(code, k -> oneHot.get(k + 1));
            codes.put(category, code);
        }
        return codes;
    }

    /** What the columns are called: {@code size}, {@code log(size)}, {@code category=car}. */
    List<String> names() {
        return names;
    }

    /** The numbers of an auction, one in each column. */
    double[] of(int auction) {
        if (names.isEmpty()) {
            return NONE;
        }
        double[] numbers = new double[names.size()];
        int column = 0;
        for (IntFunction<double[]> part : parts) {
            double[] some = part.apply(auction);
            System.arraycopy(some, 0, numbers, column, some.length);
            column += some.length;
        }
        return numbers;
    }
}
