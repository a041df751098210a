package mfg.eval.design;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.beach.BeachBar;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be designed, with the defaults of its options.
 *
 * @param name what the command line calls it
 * @param about one line on what it is
 * @param auction the auction, or null for the beach bar
 * @param rounds the horizon
 * @param values the number of values of an auction, or of spots on the beach
 * @param mechanism the default mechanism of an auction; {@code price} on the beach
 * @param eta the step size of mirror descent
 * @param tau the regularization
 * @param innerSteps T
 * @param validationSteps T_val
 * @param iterations training iterations
 * @param learningRate Adam's initial step size
 */
public record Setting(
        String name,
        String about,
        @Nullable AuctionSetting auction,
        int rounds,
        int values,
        String mechanism,
        double eta,
        double tau,
        int innerSteps,
        int validationSteps,
        int iterations,
        double learningRate) {

    /** Every setting, in the order of the paper. */
    public static final List<Setting> ALL = Stream.concat(
                    AuctionSetting.ALL.stream().map(Setting::of), Stream.of(beach()))
            .toList();

    private static Setting of(AuctionSetting auction) {
        boolean blind = auction.name().equals("A10"); // the setting that the paper gives a static mechanism
        return new Setting(
                auction.name(),
                auction.about(),
                auction,
                auction.rounds(),
                100,
                blind ? "static" : "neural",
                10,
                1e-3,
                400,
                500,
                300,
                blind ? 3e-2 : 3e-4);
    }

    private static Setting beach() {
        return new Setting(
                "beach-bar",
                "prices that spread people along a beach",
                null,
                BeachBar.Options.DEFAULT.rounds(),
                BeachBar.Options.DEFAULT.spots(),
                "price",
                0.1,
                1e-3,
                1000,
                2000,
                100,
                0.25);
    }

    /**
     * Finds a setting.
     *
     * @throws InvalidInputException if there is none of that name
     */
    public static Setting named(String name) {
        return ALL.stream()
                .filter(setting -> setting.name.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no setting '%s'; choose one of %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ", ALL.stream().map(Setting::name).toList()))));
    }

    /** Adam's initial step size for a mechanism: logits of a few shares have a longer way to go than a network's weights. */
    public double learningRate(String mechanism) {
        return mechanism.equals("schedule") ? 0.1 : learningRate;
    }

    /** The name as part of a file name. */
    String fileName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
