package io.tenantry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.TreeSet;

/** The order of the districts of {@code ejb}, as drawn in {@code docs/ARCHITECTURE.md}: a district depends only on earlier ones. */
@AnalyzeClasses(
        packages = "io.tenantry",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyWhatShips.class})
class DistrictsTest {
    private static final String BASE = "io.tenantry.";

    /** From the bottom to the top. The first five are packages of the module {@code tenants}. */
    static final List<String> ORDER = List.of(
            "text",
            "config",
            "files",
            "tenancy",
            "health",
            "kernel",
            "people",
            "workqueue",
            "catalog",
            "billing",
            "settlement",
            "cloud",
            "brand",
            "documents",
            "dunning",
            "admin",
            "demo",
            "batch",
            "web");

    /** Pages depend on their frame and on each other; the packages below them are ordered. */
    @ArchTest
    static final ArchRule CAPABILITIES_OF_A_DISTRICT_FORM_NO_CYCLE = slices().matching("io.tenantry.(*).(*)..")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage("io.tenantry.web.."), alwaysTrue());

    @ArchTest
    static void everyPackageIsInADistrict(JavaClasses all) {
        var districts = new TreeSet<String>();
        all.forEach(one -> districts.add(district(one)));
        assertThat(districts).containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @ArchTest
    static void aDistrictUsesOnlyThoseBelowIt(JavaClasses all) {
        var upward = new TreeSet<String>();
        for (var one : all) {
            var district = ORDER.indexOf(district(one));
            for (var dependency : one.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(BASE) && ORDER.indexOf(district(target)) > district) {
                    upward.add(one.getName() + " -> " + target.getName());
                }
            }
        }
        assertThat(upward).isEmpty();
    }

    private static String district(JavaClass one) {
        return one.getPackageName().substring(BASE.length()).replaceFirst("\\..*", "");
    }
}
