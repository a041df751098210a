package mfg.eval.taxi;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mfg.eval.io.Charts;
import mfg.eval.io.RunFolder;
import org.knowm.xchart.XYChart;

/** How learning went, to look at. */
public final class TaxiCharts {

    private TaxiCharts() {}

    static void save(TaxiConfig config, List<TaxiEpoch> epochs, TaxiFiles files) throws IOException {
        String title = "a-taxi, identity %s, %d players, c = %s"
                .formatted(
                        config.identity(),
                        config.players(),
                        BigDecimal.valueOf(config.congestion())
                                .stripTrailingZeros()
                                .toPlainString());
        Charts.save(
                files.file("reward.png"),
                List.of(Charts.lines(
                        title,
                        "epoch",
                        "mean reward of an episode",
                        List.of(
                                line(
                                        "all taxis",
                                        epochs,
                                        epoch -> epoch.learning().meanReturn()),
                                line("in zone 1", epochs, TaxiEpoch::zone1Reward),
                                line("in zone 2", epochs, TaxiEpoch::zone2Reward)))));
        XYChart zones =
                Charts.line(title, "epoch", "share of taxis in zone 1", line("zone 1", epochs, TaxiEpoch::zone1Share));
        zones.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        Charts.save(files.file("zones.png"), List.of(zones));
        Charts.save(
                files.file("learning.png"),
                List.of(
                        panel("entropy", epochs, epoch -> epoch.learning().entropy()),
                        panel(
                                "KL divergence of an epoch",
                                epochs,
                                epoch -> epoch.learning().kl()),
                        panel("share clipped", epochs, epoch -> epoch.learning().clipFraction()),
                        panel(
                                "explained variance",
                                epochs,
                                epoch -> epoch.learning().explainedVariance()),
                        panel("value loss", epochs, epoch -> epoch.learning().valueLoss()),
                        panel("gradient norm", epochs, epoch -> epoch.learning().gradientNorm())),
                3);
    }

    private static XYChart panel(String name, List<TaxiEpoch> epochs, ToDoubleFunction<TaxiEpoch> figure) {
        return Charts.line(name, "epoch", "", line(name, epochs, figure));
    }

    /** Broken where there is no number, as in a zone where nobody was; empty where there is none at all. */
    private static Charts.Series line(String name, List<TaxiEpoch> epochs, ToDoubleFunction<TaxiEpoch> figure) {
        boolean any = epochs.stream().mapToDouble(figure).anyMatch(Double::isFinite);
        List<TaxiEpoch> shown = any ? epochs : List.of();
        return new Charts.Series(
                name,
                shown.stream().mapToDouble(epoch -> epoch.learning().epoch()).toArray(),
                shown.stream().mapToDouble(figure).toArray());
    }

    /** What can be followed along learning. */
    public enum Column {
        REWARD,
        ZONE1_SHARE,
        SECONDS;

        private double of(TaxiEpoch epoch) {
            return switch (this) {
                case REWARD -> epoch.learning().meanReturn();
                case ZONE1_SHARE -> epoch.zone1Share();
                case SECONDS -> epoch.seconds();
            };
        }
    }

    /** A column by epoch, of a run that has come to its end. */
    public static Charts.Series curve(String name, Path run, Column column) throws IOException {
        try (RunFolder folder = RunFolder.open(run)) {
            return line(name, new TaxiFiles(folder).epochs(Integer.MAX_VALUE), column::of);
        }
    }
}
