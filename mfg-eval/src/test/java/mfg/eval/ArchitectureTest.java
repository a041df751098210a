package mfg.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.training.GradientCollector;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import mfg.nn.Autodiff;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchitectureTest {

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("mfg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "nn", "envs", "train", "eval"})
    void everyModuleIsLookedAt(String module) {
        assertTrue(
                classes.stream().anyMatch(c -> c.getPackageName().startsWith("mfg." + module)),
                "no class of " + module);
    }

    @ParameterizedTest
    @CsvSource({
        "core, nn",
        "core, envs",
        "core, train",
        "core, eval",
        "nn, envs",
        "nn, train",
        "nn, eval",
        "envs, nn",
        "envs, train",
        "envs, eval",
        "train, eval",
    })
    void modulesDependInOneDirection(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage("mfg." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("mfg." + to + "..")
                .check(classes);
    }

    /** Each line may use those above it: files and charts know of no run, kinds of run of no grid of them, nothing of commands. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("io"),
            List.of("bids"),
            List.of("view"),
            List.of("catalogue"),
            List.of("config"),
            List.of("run"),
            List.of("grid"),
            List.of("solve", "design", "learn", "taxi", "players", "respond"),
            List.of("counterfactual"),
            List.of("remote"),
            List.of("compare", "sweep", "bench", "contest"),
            List.of("reproduce"),
            List.of("report"),
            List.of("show"),
            List.of("command"));

    @Test
    void packagesOfTheCommandLineDependInOneDirection() {
        slices().matching("mfg.eval.(*)..").should().beFreeOfCycles().check(classes);
        List<String> known = LAYERS.stream().flatMap(List::stream).toList();
        List<String> found = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("mfg.eval."))
                .map(name -> name.substring("mfg.eval.".length()))
                .distinct()
                .toList();
        assertTrue(known.containsAll(found), "a package without a place: " + found);
        for (int i = 0; i < LAYERS.size(); i++) {
            String[] above = LAYERS.subList(i + 1, LAYERS.size()).stream()
                    .flatMap(List::stream)
                    .map(name -> "mfg.eval." + name + "..")
                    .toArray(String[]::new);
            for (String name : LAYERS.get(i)) {
                if (found.contains(name)) {
                    noClasses()
                            .that()
                            .resideInAPackage("mfg.eval." + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(withRoot(above))
                            .check(classes);
                }
            }
        }
    }

    private static String[] withRoot(String... packages) {
        return Stream.concat(Stream.of("mfg.eval"), Stream.of(packages)).toArray(String[]::new);
    }

    /** A grid runs any kind of run, and so is none of any. A kind of run is run by itself, and knows of no grid. */
    @Test
    void gridsAndKindsOfRunKnowNothingOfEachOther() {
        String[] kinds = Stream.of("solve", "design", "learn", "taxi", "players", "respond")
                .map(name -> "mfg.eval." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("mfg.eval.grid")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(kinds)
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage(kinds)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("mfg.eval.grid..", "mfg.eval.command..")
                .check(classes);
    }

    /** What commands ask is the catalogue: no game, mechanism or example is named, but where a benchmark is about it. */
    @Test
    void theHouseNamesNoGame() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "mfg.eval.io",
                        "mfg.eval.view",
                        "mfg.eval.config",
                        "mfg.eval.run",
                        "mfg.eval.grid",
                        "mfg.eval.solve")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("mfg.envs..")
                .check(classes);
    }

    /** Steps by hand are found, not named: what replaces the engine's step can be taken away. */
    @Test
    void nothingNamesTheStepOfAuctionsByHand() {
        noClasses()
                .that()
                .resideOutsideOfPackage("mfg.train.auction")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("mfg.train.auction")
                .check(classes);
        slices().matching("mfg.train.(*)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void noCodeNamesTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(classes);
    }

    /** The module incubates: it may be missing, and its classes change from one Java to the next. */
    @Test
    void onlyKernelsUseTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("mfg.core.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(classes);
        assertTrue(classes.stream().anyMatch(c -> c.getSimpleName().equals("FloatVectors")), "nothing was looked at");
    }

    @Test
    void oneClassOwnsAutomaticDifferentiation() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Autodiff.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(GradientCollector.class)
                .orShould()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("newGradientCollector")))
                .check(classes);
    }

    /** The engine keeps such a number for the backward pass, in memory that Java may free before. {@code Tensors.times} does not. */
    @Test
    void noProductHasAPlainNumber() {
        noClasses()
                .that()
                .resideOutsideOfPackage("mfg.core.trace") // where the engine computes nothing
                .should()
                .callMethodWhere(DescribedPredicate.describe("a plain number is kept", ArchitectureTest::keepsANumber))
                .check(classes);
    }

    private static boolean keepsANumber(JavaMethodCall call) {
        AccessTarget.MethodCallTarget target = call.getTarget();
        boolean takesANumber =
                target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Number.class));
        return target.getOwner().getPackageName().startsWith("ai.djl.")
                && (takesANumber
                        ? List.of("mul", "div", "pow", "maximum", "minimum").contains(target.getName())
                        : List.of("toDegrees", "toRadians", "scaleGradient", "relu6", "swish")
                                .contains(target.getName()));
    }

    @Test
    void nothingIsSerializedTheOldWay() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                .check(classes);
    }

    @Test
    void allThatIsRandomHasASeed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(classes);
    }
}
