package mfg.eval.bids;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Where in a row things are. Columns have numbers from 0 here, and -1 where there is none.
 *
 * @param bid what was bid
 * @param bidder who did
 * @param auction in which auction
 * @param currency of the bid, in a column of its own
 * @param bidders how many bidders the auction has
 * @param lots how many lots
 * @param covariates what else describes it
 */
record Columns(
        int bid, int bidder, int auction, int currency, int bidders, int lots, List<CovariateColumn> covariates) {

    /**
     * A covariate.
     *
     * @param column where it stands
     * @param logarithm whether that of the column is meant
     */
    record CovariateColumn(int column, boolean logarithm) {}

    private static final Pattern LOGARITHM = Pattern.compile("log\\((.+)\\)");

    /** Usual names, in the order of how sure they are: where one column has a name of the first list, the second does not count. */
    private static final List<Pattern> BID = List.of(
            Pattern.compile(
                    "bids?|bid(amount|price|value)|(amount|price)bid|gebote?|gebots(betrag|preis)|offre|puja|oferta"),
            Pattern.compile("amount|price|value|offer|betrag|preis|wert|montant|prix|importe|precio"));

    private static final List<Pattern> BIDDER = List.of(
            Pattern.compile("bidders?|bidder(id|name|no|nr|number)|bieter(id|name|nr|nummer)?|encherisseur|postor"),
            Pattern.compile("(user|buyer|customer|participant|kaufer|kunde|acheteur|comprador)(id|name|nr)?"));

    private static final List<Pattern> AUCTION = List.of(
            Pattern.compile("auctions?|auction(id|name|no|nr|number)|auktion(en|sid|snr|snummer)?|subasta"),
            Pattern.compile("(lot|item|listing)(id|name|no|nr|number)?"));

    private static final List<Pattern> CURRENCY =
            List.of(Pattern.compile("currency(code)?|ccy|wahrung|waehrung|devise|moneda"));

    /**
     * Finds them.
     *
     * @param header whether there are names of columns
     * @param first the cells of the header or, without one, the first row
     * @param place of that row, for sentences
     * @throws InvalidInputException if there is none, or several that may be meant
     */
    static Columns find(Hints hints, boolean header, List<String> first, String place) {
        Search search = new Search(header, first, place);
        return new Columns(
                hints.bid() == null ? search.bid() : search.named(hints.bid()),
                hints.bid() == null ? search.usual(BIDDER) : search.orNone(hints.bidder()),
                hints.bid() == null ? search.usual(AUCTION) : search.orNone(hints.auction()),
                search.usual(CURRENCY),
                search.orNone(hints.biddersColumn()),
                search.orNone(hints.lotsColumn()),
                hints.covariates().stream().map(search::covariate).toList());
    }

    private record Search(boolean header, List<String> first, String place) {

        int orNone(@Nullable String name) {
            return name == null ? -1 : named(name);
        }

        int bid() {
            int bid = header ? usual(BID) : -1;
            if (bid < 0) {
                throw new InvalidInputException(
                        header
                                ? "%s: no column is called like bids; choose one of %.200s with --value-column"
                                        .formatted(place, String.join(", ", first))
                                : noHeader("name the columns"));
            }
            return bid;
        }

        /** By a usual name. */
        int usual(List<Pattern> names) {
            for (Pattern name : header ? names : List.<Pattern>of()) {
                int[] found = all(heading -> name.matcher(plain(heading)).matches());
                if (found.length > 1) {
                    throw new InvalidInputException(
                            "%s: it is not clear which of the columns %s is meant; %s"
                                    .formatted(
                                            place,
                                            Arrays.stream(found)
                                                    .mapToObj(first::get)
                                                    .collect(Collectors.joining(" and ")),
                                            "name all that are to be used, with --value-column, --bidder-column, --auction-column"));
                }
                if (found.length == 1) {
                    return found[0];
                }
            }
            return -1;
        }

        /** One whose name looks like a logarithm is meant itself. */
        CovariateColumn covariate(String name) {
            Matcher logarithm = LOGARITHM.matcher(name);
            return find(name) < 0 && logarithm.matches()
                    ? new CovariateColumn(named(logarithm.group(1)), true)
                    : new CovariateColumn(named(name), false);
        }

        int named(String name) {
            int column = find(name);
            if (column < 0) {
                throw new InvalidInputException(
                        header
                                ? "%s: there is no column '%s'; the columns are %.200s"
                                        .formatted(place, name, String.join(", ", first))
                                : noHeader("there is no column '%s'".formatted(name)));
            }
            return column;
        }

        /** By its name, by its name but for case and surrounding spaces, or by its number; -1 if there is none. */
        private int find(String name) {
            List<Predicate<String>> ways =
                    List.of(name::equals, heading -> heading.equalsIgnoreCase(Cell.stripped(name)));
            for (Predicate<String> way : header ? ways : List.<Predicate<String>>of()) {
                int[] found = all(way);
                if (found.length > 1) {
                    throw new InvalidInputException(
                            "%s: there are %d columns '%s'; choose one by its number, from 1 to %d"
                                    .formatted(place, found.length, name, first.size()));
                }
                if (found.length == 1) {
                    return found[0];
                }
            }
            if (name.matches("[1-9]\\d{0,5}") && Integer.parseInt(name) <= first.size()) {
                return Integer.parseInt(name) - 1;
            }
            return -1;
        }

        private String noHeader(String what) {
            return "%s: %s, for this looks like a row, not a header: %.100s; %s"
                    .formatted(
                            place,
                            what,
                            String.join(", ", first),
                            "without a header columns have numbers, as in --value-column 1");
        }

        private int[] all(Predicate<String> way) {
            return IntStream.range(0, first.size())
                    .filter(i -> way.test(first.get(i)))
                    .toArray();
        }
    }

    /** A name without accents, case, currency and all but letters and digits: {@code Bid amount (EUR)} is {@code bidamount}. */
    private static String plain(String heading) {
        List<String> words = new ArrayList<>();
        for (String word : Normalizer.normalize(heading, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+", -1)) {
            boolean currency = Currency.getAvailableCurrencies().stream()
                    .anyMatch(code -> code.getCurrencyCode().equalsIgnoreCase(word));
            if (!currency && !word.equals("in")) {
                words.add(word);
            }
        }
        return String.join("", words);
    }
}
