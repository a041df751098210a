package mfg.eval;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.training.GradientCollector;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
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

    /** Files and charts know of no run, runs of no grid of them. */
    @Test
    void packagesOfTheCommandLineDependInOneDirection() {
        slices().matching("mfg.eval.(*)").should().beFreeOfCycles().check(classes);
        noClasses()
                .that()
                .resideInAPackage("mfg.eval.io")
                .should()
                .dependOnClassesThat(resideInAPackage("mfg.eval..").and(not(resideInAPackage("mfg.eval.io"))))
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage("mfg.eval.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("mfg.eval")
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
