package io.flexhandoff;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the code: each package says what it is for, and none knows one that knows it. */
class PackagesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.flexhandoff");

    @Test
    void noPackageKnowsOneThatKnowsIt() {
        slices().matching("io.flexhandoff.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyWhoStartsItKnowsTheSandbox() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.flexhandoff.sandbox..")
                .and()
                .haveNameNotMatching("io\\.flexhandoff\\.runtime\\.(TwilioTarget|HandoffRuntime).*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.flexhandoff.sandbox..")
                .check(CLASSES);
    }

    @Test
    void eachPackageSaysWhatItIsFor() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (String root : List.of("src/main/java/io/flexhandoff", "src/sandbox/java/io/flexhandoff")) {
            try (Stream<Path> folders = Files.walk(Path.of(root), 2)) {
                folders.filter(Files::isDirectory)
                        .skip(1)
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .forEach(silent::add);
            }
        }
        assertThat(silent).isEmpty();
    }
}
