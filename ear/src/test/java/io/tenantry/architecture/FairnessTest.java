package io.tenantry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tenantry.brand.ImageDecoder;
import io.tenantry.brand.ImageUpload;
import io.tenantry.kernel.idempotency.IdempotencyKeys;
import io.tenantry.kernel.idempotency.SlowRequests;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.web.api.IdempotentRequests;
import io.tenantry.web.list.ListFile;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HeaderParam;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Isolates resellers from each other's load: heavy work is limited, and idempotent requests take one path. */
@AnalyzeClasses(
        packages = "io.tenantry",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyWhatShips.class})
class FairnessTest {
    /** Heavy work requested by pages, servlets and API clients. New heavy operations belong here. */
    private static final Map<String, Set<String>> HEAVY = Map.ofEntries(
            Map.entry("io.tenantry.documents.InvoiceFiles", Set.of("one", "proforma")),
            Map.entry("io.tenantry.documents.StatementFiles", Set.of("pdf")),
            Map.entry("io.tenantry.documents.SettlementFiles", Set.of("one")),
            Map.entry("io.tenantry.documents.DocumentPreviews", Set.of("picture")),
            Map.entry("io.tenantry.documents.mail.MailLog", Set.of("file")),
            Map.entry("io.tenantry.billing.accounting.DatevExport", Set.of("export")),
            Map.entry("io.tenantry.catalog.pricing.PriceListCsv", Set.of("write")),
            Map.entry("io.tenantry.billing.reports.PriceBacktest", Set.of("ask")),
            Map.entry("io.tenantry.web.list.ListFile", Set.of("write")),
            Map.entry("io.tenantry.billing.bank.StatementImports", Set.of("upload", "reread")));

    /** Files that are built from a few rows, or served as stored. */
    private static final Set<String> LIGHT = Set.of("/sitemap.xml");

    @ArchTest
    static void heavyWorkIsAskedForWithAPermit(JavaClasses all) {
        var wrong = all.stream()
                .filter(one -> one.getPackageName().startsWith("io.tenantry.web"))
                .filter(one -> one.getMethodCallsFromSelf().stream().anyMatch(FairnessTest::isHeavy))
                .filter(one -> !takesPermits(one))
                .map(JavaClass::getName)
                .toList();
        assertThat(wrong).isEmpty();
    }

    /** Ensures that the list above does not name renamed members. */
    @ArchTest
    static void whatIsHeavyIsThere(JavaClasses all) {
        HEAVY.forEach((owner, names) -> assertThat(all.get(owner).getMethods())
                .extracting(JavaMethod::getName)
                .as(owner)
                .containsAll(names));
    }

    @ArchTest
    static void filesAreMadeWithAPermit(JavaClasses all) {
        var wrong = all.stream()
                .filter(one -> one.isAssignableTo(HttpServlet.class) && one.isAnnotatedWith(WebServlet.class))
                .filter(one -> Stream.of(one.getAnnotationOfType(WebServlet.class))
                        .flatMap(address ->
                                Stream.concat(Arrays.stream(address.value()), Arrays.stream(address.urlPatterns())))
                        .anyMatch(FairnessTest::isFile))
                .filter(one -> !one.isAssignableTo(ListFile.class) && !takesPermits(one))
                .map(JavaClass::getName)
                .toList();
        assertThat(wrong).isEmpty();
    }

    @ArchTest
    static final ArchRule PICTURES_ARE_READ_BY_THE_DECODER = noClasses()
            .that()
            .resideInAPackage("io.tenantry.web..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "Picture reads an upload",
                    call -> call.getTargetOwner().isEquivalentTo(ImageUpload.class)
                            && Set.of("of", "rasterOf").contains(call.getName())));

    @ArchTest
    static void theDecoderTakesPermits(JavaClasses all) {
        assertThat(takesPermits(all.get(ImageDecoder.class))).isTrue();
    }

    /** Idempotency keys are scoped to an organization; the scope is set in one place for the API and in one for orders from pages. */
    @ArchTest
    static final ArchRule KEYS_ARE_CLAIMED_IN_ONE_PLACE = noClasses()
            .that(DescribedPredicate.describe(
                    "neither the API's place nor that of orders",
                    one -> !one.getName().startsWith(IdempotentRequests.class.getName())
                            && !one.getName().startsWith("io.tenantry.cloud.provisioning.ServiceOrders")
                            && !one.getPackageName().equals("io.tenantry.kernel.idempotency")))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(IdempotencyKeys.class, SlowRequests.class);

    /** Work that shares a transaction with its response requires one; long-running work must not run in one. */
    @ArchTest
    static void requestsThatAreDoneOnceHaveTheRightTransaction(JavaClasses all) {
        var wrong = all.stream()
                .flatMap(one -> one.getMethods().stream())
                .filter(FairnessTest::hasKey)
                .filter(method -> {
                    var ways = method.getMethodCallsFromSelf().stream()
                            .filter(call -> call.getTargetOwner().isEquivalentTo(IdempotentRequests.class))
                            .map(JavaMethodCall::getName)
                            .toList();
                    return ways.isEmpty() || method.isAnnotatedWith(Transactional.class) == ways.contains("slow");
                })
                .map(JavaMethod::getFullName)
                .toList();
        assertThat(wrong).isEmpty();
        assertThat(all.stream().flatMap(one -> one.getMethods().stream()).filter(FairnessTest::hasKey))
                .isNotEmpty();
    }

    private static boolean hasKey(JavaMethod method) {
        return method.getOwner().getPackageName().equals("io.tenantry.web.api")
                && method.getParameters().stream()
                        .filter(parameter -> parameter.isAnnotatedWith(HeaderParam.class))
                        .anyMatch(parameter -> parameter
                                .getAnnotationOfType(HeaderParam.class)
                                .value()
                                .equals(IdempotentRequests.HEADER));
    }

    private static boolean isFile(String address) {
        return Stream.of(".csv", ".xlsx", ".pdf", ".xml").anyMatch(address::endsWith) && !LIGHT.contains(address);
    }

    private static boolean isHeavy(JavaMethodCall call) {
        return HEAVY.getOrDefault(call.getTargetOwner().getName(), Set.of()).contains(call.getName());
    }

    private static boolean takesPermits(JavaClass one) {
        return one.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(WorkLimits.class));
    }
}
