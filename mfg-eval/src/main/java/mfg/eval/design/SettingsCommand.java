package mfg.eval.design;

import java.io.PrintWriter;
import mfg.envs.auction.AuctionSetting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what can be designed. */
@Command(
        name = "settings",
        description = "Lists the settings that can be designed, with their defaults.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./mfg settings"})
public final class SettingsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-10s %-42s %7s %7s %8s %-10s%n", "setting", "about", "rounds", "values", "supply", "mechanism");
        for (Setting setting : Setting.ALL) {
            out.printf(
                    "%-10s %-42s %7d %7d %8s %-10s%n",
                    setting.name(),
                    setting.about(),
                    setting.rounds(),
                    setting.values(),
                    supply(setting.auction()),
                    setting.mechanism());
        }
        out.flush();
    }

    private static String supply(@Nullable AuctionSetting auction) {
        if (auction == null) {
            return "-";
        }
        return auction.alphaMin() < auction.alphaMax()
                ? auction.alphaMin() + "-" + auction.alphaMax()
                : Double.toString(auction.alphaMax());
    }
}
