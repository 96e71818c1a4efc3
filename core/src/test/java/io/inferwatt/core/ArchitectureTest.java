package io.inferwatt.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which part of core may know which. A new edge is a decision: it is made here, in the same commit. */
@AnalyzeClasses(packagesOf = EnergyMeter.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CORE = "io.inferwatt.core";
    private static final String[] GSON_FOLDERS = {CORE + ".footprint.live.."};
    private static final String[] SOURCE_FOLDERS = {CORE + ".energy.*.."};

    @ArchTest
    static final ArchRule coreNeedsNoLibraryButOshiJnaAndGson = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CORE + "..",
                    "java..",
                    "javax.management..",
                    "com.sun.management..",
                    "org.jspecify..",
                    "oshi..",
                    "com.sun.jna..",
                    "com.google.gson..")
            .because("core is embedded in other people's JVMs, where logging, metrics or weaving libraries are theirs");

    @ArchTest
    static final ArchRule noLoggingFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class)
            .because("initialising java.util.logging from an agent breaks application servers; core returns its"
                    + " findings");

    @ArchTest
    static final ArchRule oshiIsReachedFromTwoPlacesAlone = noClasses()
            .that()
            .resideOutsideOfPackage(CORE + ".host..")
            .and()
            .doNotHaveFullyQualifiedName(CORE + ".energy.graphics.OshiCards")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("oshi..")
            .because("OSHI is optional");

    @ArchTest
    static final ArchRule jnaIsReachedFromOneClassAlone = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("JnaNvml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..")
            .because("JNA is optional, and is not to be loaded on machines that do not need it");

    @ArchTest
    static final ArchRule gsonIsReachedFromWhereJsonIsReadAlone = noClasses()
            .that()
            .resideOutsideOfPackages(GSON_FOLDERS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.gson..")
            .because("Gson is optional");

    @ArchTest
    static final ArchRule nothingIsPrintedAndNobodyExits = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("standard output belongs to the application");

    @ArchTest
    static final ArchRule hostKnowsNoOther = mayKnow("host");

    @ArchTest
    static final ArchRule energyKnowsHost = mayKnow("energy", "host");

    @ArchTest
    static final ArchRule callKnowsNothingElse = mayKnow("call");

    @ArchTest
    static final ArchRule attributionKnowsCallsEnergyWearAndWhatItReports =
            mayKnow("attribution", "call", "config", "energy", "footprint", "report");

    @ArchTest
    static final ArchRule configKnowsTheValuesItNames = mayKnow("config", "energy");

    @ArchTest
    static final ArchRule footprintKnowsRemoteCallsConfigHostAndDomains =
            mayKnow("footprint", "call", "config", "energy", "host", "net");

    @ArchTest
    static final ArchRule energySourcesKnowNothingOfEachOther =
            slices().matching(CORE + ".energy.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule energySourcesAreFoundAsServices = noClasses()
            .that()
            .resideOutsideOfPackages(SOURCE_FOLDERS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(SOURCE_FOLDERS).and(not(simpleName("ModelledEnergySource"))))
            .because("a new source is a folder and a services line; the power model alone is asked for idle power too");

    @ArchTest
    static final ArchRule theMeterIsAssembledOnTop = noClasses()
            .that()
            .resideOutsideOfPackage(CORE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EnergyMeter.class);

    @ArchTest
    static final ArchRule tenantKnowsCallsAndWhatItReports = mayKnow("tenant", "call", "footprint", "report");

    @ArchTest
    static final ArchRule budgetKnowsConfigFilesNetAndWhatItReports = mayKnow(
                    "budget", "call", "config", "file", "footprint", "net", "report")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule inputKnowsNothingElse = mayKnow("input");

    @ArchTest
    static final ArchRule fileKnowsNothingElse = mayKnow("file");

    @ArchTest
    static final ArchRule netKnowsHowThreadsAreMade = mayKnow("net", "thread");

    @ArchTest
    static final ArchRule threadKnowsNothingElse = mayKnow("thread");

    @ArchTest
    static final ArchRule reportHoldsValues = mayKnow("report", "call", "energy", "footprint");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(CORE + ".(*)..").should().beFreeOfCycles();

    private static ArchRule mayKnow(String folder, String... others) {
        String[] allowed = new String[others.length + 2];
        allowed[0] = CORE + "." + folder + "..";
        allowed[1] = CORE + ".input.."; // bounds for what comes from outside are everybody's
        for (int i = 0; i < others.length; i++) {
            allowed[i + 2] = CORE + "." + others[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage(allowed[0])
                .should()
                .dependOnClassesThat(resideInAPackage(CORE + "..").and(not(resideInAnyPackage(allowed))));
    }
}
