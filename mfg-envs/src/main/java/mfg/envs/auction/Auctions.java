package mfg.envs.auction;

import com.google.auto.service.AutoService;
import java.util.HashMap;
import java.util.Map;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/** The benchmark auctions A1 to A10 (AMID Sec. 5, App. F), and one for bidders and goods of one's own. */
public final class Auctions {

    private Auctions() {}

    /** The same options, with others of its own. */
    private static Map<String, String> with(Map<String, String> usual, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(usual);
        all.putAll(own);
        return all;
    }

    /** A1. */
    @Named("A1")
    @AutoService(Game.class)
    public static final class A1 extends AuctionGame {
        /** The setting of the paper. */
        public A1() {
            super(AuctionSetting.named("A1"));
        }
    }

    /** A2. */
    @Named("A2")
    @AutoService(Game.class)
    public static final class A2 extends AuctionGame {
        /** The setting of the paper. */
        public A2() {
            super(AuctionSetting.named("A2"));
        }
    }

    /** A3. */
    @Named("A3")
    @AutoService(Game.class)
    public static final class A3 extends AuctionGame {
        @Parameter(about = "fresh draws of supply and values for each gradient", min = 1, max = 1e6)
        int draws = 8;

        @Parameter(about = "draws that designs are compared on", min = 1, max = 1e6)
        int validationDraws = 64;

        @Parameter(about = "seed of these; another gives draws that nobody has seen yet")
        long validationSeed = 1;

        /** The setting of the paper. */
        public A3() {
            super(AuctionSetting.named("A3"));
        }

        @Override
        int draws(boolean validation) {
            return validation ? validationDraws : draws;
        }

        @Override
        long validationSeed() {
            return validationSeed;
        }

        /**
         * {@inheritDoc} Where each step sees other draws, no step can be held against the one before; and a price that
         * follows the draw is found from a network that depends on it. So training is the paper's, in small steps, and on
         * a short way to equilibrium.
         */
        @Override
        public Map<String, String> defaults() {
            return with(
                    super.defaults(),
                    Map.of(
                            "init", "default",
                            "method", "amid",
                            "inner-steps", "200",
                            "lr", "5e-4",
                            "validation-steps", "500",
                            "validate-every", "20",
                            "design.iterations", "300"));
        }
    }

    /** A4. */
    @Named("A4")
    @AutoService(Game.class)
    public static final class A4 extends AuctionGame {
        /** The setting of the paper. */
        public A4() {
            super(AuctionSetting.named("A4"));
        }
    }

    /** A5. */
    @Named("A5")
    @AutoService(Game.class)
    public static final class A5 extends AuctionGame {
        /** The setting of the paper. */
        public A5() {
            super(AuctionSetting.named("A5"));
        }
    }

    /** A6. */
    @Named("A6")
    @AutoService(Game.class)
    public static final class A6 extends AuctionGame {
        /** The setting of the paper. */
        public A6() {
            super(AuctionSetting.named("A6"));
        }
    }

    /** A7. */
    @Named("A7")
    @AutoService(Game.class)
    public static final class A7 extends AuctionGame {
        /** The setting of the paper. */
        public A7() {
            super(AuctionSetting.named("A7"));
        }
    }

    /** A8. */
    @Named("A8")
    @AutoService(Game.class)
    public static final class A8 extends AuctionGame {
        /** The setting of the paper. */
        public A8() {
            super(AuctionSetting.named("A8"));
        }
    }

    /** A9. */
    @Named("A9")
    @AutoService(Game.class)
    public static final class A9 extends AuctionGame {
        /** The setting of the paper. */
        public A9() {
            super(AuctionSetting.named("A9"));
        }
    }

    /** A10. */
    @Named("A10")
    @AutoService(Game.class)
    public static final class A10 extends AuctionGame {
        /** The setting of the paper. */
        public A10() {
            super(AuctionSetting.named("A10"));
        }

        /** {@inheritDoc} The paper gives this setting a static mechanism. */
        @Override
        public Map<String, String> defaults() {
            return with(
                    super.defaults(),
                    Map.of("mechanism", "static", "lr", "0.03", "fall", "0.03", "barrier", "0", "inner-steps", "2000"));
        }

        @Override
        public Map<String, String> paper() {
            return with(super.paper(), Map.of("lr", "0.03"));
        }
    }

    /** One of any supply: A1 where supply is 0.8 and there are 4 rounds. */
    @Named("auction")
    @AutoService(Game.class)
    public static final class Any extends AuctionGame {
        @Parameter(about = "goods for each bidder, over all rounds", above = 0, max = 1e6)
        double supply = 0.5;

        /** A single round. */
        public Any() {
            super(new AuctionSetting(
                    "auction",
                    "single-minded bidders, as many goods and rounds as you like",
                    1,
                    1,
                    1,
                    AuctionSetting.Initial.UNIFORM,
                    0,
                    AuctionSetting.Drift.NONE,
                    Utility.LINEAR,
                    AuctionObjective.REVENUE));
        }

        @Override
        public AuctionSetting setting() {
            return super.setting().withSupply(supply);
        }

        @Override
        public String source() {
            return "AMID Sec. 3";
        }
    }
}
