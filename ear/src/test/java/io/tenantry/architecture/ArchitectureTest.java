package io.tenantry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import java.time.temporal.Temporal;
import java.util.HashMap;

/** The architecture rules of STYLE: allowed dependencies, and what each kind of class may do. */
@AnalyzeClasses(
        packages = "io.tenantry",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyWhatShips.class})
class ArchitectureTest {
    /** Production classes only, without the launcher and these tests. */
    static final class OnlyWhatShips implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("/io/tenantry/server/") && !location.contains("test-classes");
        }
    }

    @ArchTest
    static final ArchRule CAPABILITIES_FORM_NO_CIRCLE =
            slices().matching("io.tenantry.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_DEPENDS_ON_WEB = noClasses()
            .that(not(resideInAPackage("io.tenantry.web..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.tenantry.web.."));

    @ArchTest
    static final ArchRule NOBODY_DEPENDS_ON_BATCH = noClasses()
            .that(not(resideInAPackage("io.tenantry.batch..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.tenantry.batch.."));

    @ArchTest
    static final ArchRule TENANCY_DEPENDS_ON_NOBODY_ELSE = noClasses()
            .that()
            .resideInAPackage("io.tenantry.tenancy..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.tenantry..")
                    .and(not(resideInAnyPackage(
                            "io.tenantry.tenancy..", "io.tenantry.config..", "io.tenantry.text.."))));

    /** The directory asks for no permission: pages list tenants through a service that does. */
    @ArchTest
    static final ArchRule PAGES_DO_NOT_LIST_THE_DIRECTORY = noClasses()
            .that(resideInAPackage("io.tenantry.web.."))
            .should()
            .accessTargetWhere(JavaAccess.Predicates.target(name("all").or(name("chargeable")))
                    .and(JavaAccess.Predicates.targetOwner(assignableTo(TenantDirectory.class))));

    /** User input is parsed by {@link DateText}: Java accepts years that the database rejects. Covers calls and method references. */
    @ArchTest
    static final ArchRule DATES_OF_OTHERS_ARE_BOUNDED = noClasses()
            .that(resideInAPackage("io.tenantry.web.."))
            .should()
            .accessTargetWhere(JavaAccess.Predicates.target(name("parse"))
                    .and(JavaAccess.Predicates.targetOwner(
                            assignableTo(Temporal.class).and(resideInAPackage("java.time")))));

    /** JSON from outside is read within bounds; JSON written by the application may be read without them. */
    @ArchTest
    static final ArchRule JSON_OF_OTHERS_IS_BOUNDED = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tenantry.cloud.provider",
                    "io.tenantry.cloud.provider.hetzner..",
                    "io.tenantry.cloud.provider.digitalocean..",
                    "io.tenantry.cloud.provider.linode..",
                    "io.tenantry.cloud.provider.virtfusion..",
                    "io.tenantry.billing.tax..",
                    "io.tenantry.web.cloud.console..")
            .should()
            .callMethod(jakarta.json.Json.class, "createReader", java.io.InputStream.class)
            .orShould()
            .callMethod(jakarta.json.Json.class, "createReader", java.io.Reader.class);

    /** Hosts and addresses have one form, known to one component. */
    @ArchTest
    static final ArchRule HOSTS_ARE_NAMED_BY_ONE_COMPONENT = noClasses()
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "java.net.IDN", one -> one.getName().equals("java.net.IDN")));

    /** Requests of pages and servlets pass the filter and the listener; no class reads a request's body or query directly. */
    @ArchTest
    static final ArchRule NOBODY_READS_AROUND_THE_BORDERS = noClasses()
            .that()
            .resideInAPackage("io.tenantry.web..")
            .should()
            .callMethod(jakarta.servlet.ServletRequest.class, "getReader")
            .orShould()
            .callMethod(jakarta.servlet.ServletRequest.class, "getInputStream")
            .orShould()
            .callMethod(jakarta.servlet.http.HttpServletRequest.class, "getReader")
            .orShould()
            .callMethod(jakarta.servlet.http.HttpServletRequest.class, "getInputStream");

    /** External input is never executed, deserialized as Java objects, or used as a directory or XPath query. */
    @ArchTest
    static final ArchRule NOTHING_FROM_OUTSIDE_IS_RUN = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "javax.script..", "javax.xml.xpath..", "javax.naming.directory..", "javax.naming.ldap..")
                    .or(name("java.lang.ProcessBuilder"))
                    .or(name("java.io.ObjectInputStream"))
                    .or(name("java.beans.XMLDecoder")))
            .orShould()
            .accessTargetWhere(JavaAccess.Predicates.target(name("exec"))
                    .and(JavaAccess.Predicates.targetOwner(assignableTo(Runtime.class))));

    @ArchTest
    static final ArchRule ENTITIES_STAY_IN_EJB = noClasses()
            .that()
            .resideInAnyPackage("io.tenantry.web..", "io.tenantry.batch..")
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.persistence.."));

    @ArchTest
    static final ArchRule ONLY_TENANCY_KNOWS_HIBERNATE = noClasses()
            .that(not(resideInAPackage("io.tenantry.tenancy..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.hibernate.."));

    @ArchTest
    static final ArchRule ONLY_WEB_KNOWS_THE_WEB = noClasses()
            .that(not(resideInAPackage("io.tenantry.web..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "jakarta.faces..",
                    "org.primefaces..",
                    "jakarta.ws.rs..",
                    "jakarta.servlet..",
                    "jakarta.websocket.."));

    @ArchTest
    static final ArchRule ONLY_BATCH_KNOWS_JOBS = noClasses()
            .that(not(resideInAPackage("io.tenantry.batch..")))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.batch.."));

    /** Ensures that the test of the email texts covers all emails. */
    @ArchTest
    static final ArchRule ONLY_MAIL_WRITES_MAILS = noClasses()
            .that(not(resideInAPackage("io.tenantry.documents.mail")))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.mail.."));

    @ArchTest
    static final ArchRule TIMERS_ARE_IN_BATCH = methods()
            .that()
            .areAnnotatedWith(Schedule.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("io.tenantry.batch..");

    @ArchTest
    static final ArchRule MONEY_IS_EXACT = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    "io.tenantry.kernel.money..",
                    "io.tenantry.kernel.ledger..",
                    "io.tenantry.billing.charging..",
                    "io.tenantry.billing.wallet..",
                    "io.tenantry.billing.invoicing..",
                    "io.tenantry.settlement..",
                    "io.tenantry.dunning..",
                    "io.tenantry.billing.bank..",
                    "io.tenantry.billing.accounting..",
                    "io.tenantry.billing.reports..")
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class)
            .andShould()
            .notHaveRawType(Double.class)
            .andShould()
            .notHaveRawType(Float.class);

    @ArchTest
    static final ArchRule VALUES_IMPORT_NOTHING_UPWARD = noClasses()
            .that()
            .resideInAPackage("io.tenantry.kernel.money..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.tenantry..").and(not(resideInAPackage("io.tenantry.kernel.money.."))));

    @ArchTest
    static final ArchRule ENTITIES_HAVE_NO_SETTERS = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .should()
            .haveNameNotMatching("set[A-Z].*");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = classes()
            .should()
            .haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils|DTO|Facade|Bean)")
            .andShould()
            .haveNameNotMatching(".*[a-z]Service");

    @ArchTest
    static final ArchRule USE_CASES_ARE_PUBLIC_CLASSES_WITHOUT_INTERFACES =
            classes().that().areAnnotatedWith(Stateless.class).should().notBeInterfaces();

    /** The server's default executor has few threads and an unbounded queue, so one reseller's slow work would delay that of all. */
    @ArchTest
    static final ArchRule NOBODY_USES_THE_DEFAULT_EXECUTOR = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.enterprise.concurrent..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "executor", one -> one.getSimpleName().endsWith("ExecutorService"))));

    @ArchTest
    static final ArchRule NOBODY_LOOKS_UP_AN_EXECUTOR = fields().that()
            .areAnnotatedWith(Resource.class)
            .should()
            .notHaveRawType(assignableTo(java.util.concurrent.Executor.class));

    /** The compiler allows calls of non-public methods within a package; the container rejects them, and only when the call is made. */
    @ArchTest
    static void beansAreCalledByTheirPublicMethodsAlone(JavaClasses all) {
        var wrong = all.stream()
                .flatMap(one -> one.getMethodCallsFromSelf().stream())
                .filter(call ->
                        isBean(call.getTargetOwner()) && !call.getTargetOwner().equals(call.getOriginOwner()))
                .filter(call -> call.getTarget()
                        .resolveMember()
                        .map(JavaMethod::getModifiers)
                        .filter(modifiers -> !modifiers.contains(JavaModifier.PUBLIC))
                        .filter(modifiers -> !modifiers.contains(JavaModifier.STATIC))
                        .isPresent())
                .map(JavaMethodCall::getDescription)
                .toList();
        assertThat(wrong).isEmpty();
    }

    private static boolean isBean(JavaClass one) {
        return one.isAnnotatedWith(Stateless.class) || one.isAnnotatedWith(Singleton.class);
    }

    @ArchTest
    static void aPackageLivesInOneModule(JavaClasses all) {
        var modules = new HashMap<String, String>();
        for (var one : all) {
            var source = one.getSource().orElseThrow().getUri().toString();
            var file = "/" + one.getPackageName().replace('.', '/') + "/";
            var module = source.substring(0, source.lastIndexOf(file));
            assertThat(modules.merge(one.getPackageName(), module, (known, other) -> known))
                    .as(one.getName())
                    .isEqualTo(module);
        }
        assertThat(modules).isNotEmpty();
    }
}
