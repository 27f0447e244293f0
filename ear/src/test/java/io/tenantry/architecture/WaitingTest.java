package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * No transaction is open during a slow wait: PostgreSQL ends a transaction that is idle for thirty seconds, and until then it holds a
 * connection and its locks. Suspending the caller's transaction does not help: it stays open.
 */
@AnalyzeClasses(
        packages = "io.tenantry",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyWhatShips.class})
class WaitingTest {
    /** Methods that wait: for a schema, for a turn, or for a remote response. */
    private static final Map<String, Set<String>> SLOW = Map.of(
            "io.tenantry.tenancy.Schemas", Set.of("migrate", "migratePlatform", "migrateWork", "building", "drop"),
            "io.tenantry.people.identity.Passwords", Set.of("inTurn"),
            "io.tenantry.brand.ImageDecoder", Set.of("of", "rasterOf"),
            "io.tenantry.kernel.limits.WorkLimits", Set.of("take", "within"),
            "io.tenantry.kernel.http.HttpGateway", Set.of("send"));

    /** The demo creates its resellers before it serves any request. */
    private static final Set<String> NOT_FOR_REQUESTS = Set.of("io.tenantry.demo");

    /** Uses the provider interface, but only with the sandbox, which is part of this process and makes no remote call. */
    private static final String SANDBOX = "io.tenantry.cloud.provisioning.SandboxTarget";

    @ArchTest
    static void noTransactionIsOpenWhileSomethingSlowIsWaitedFor(JavaClasses all) {
        var wrong = all.stream()
                .filter(one -> !NOT_FOR_REQUESTS.contains(one.getPackageName()))
                .flatMap(one -> one.getMethods().stream())
                .filter(WaitingTest::hasTransaction)
                .map(WaitingTest::wayToWaiting)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wrong).isEmpty();
    }

    @ArchTest
    static void whatWaitsIsThere(JavaClasses all) {
        SLOW.forEach((owner, names) -> assertThat(all.get(owner).getMethods())
                .extracting(JavaMethod::getName)
                .as(owner)
                .containsAll(names));
    }

    /** Returns the call chain from a method to the nearest one that waits, as one text; empty if there is none. */
    private static List<String> wayToWaiting(JavaMethod first) {
        var before = new HashMap<JavaMethod, @Nullable JavaMethod>();
        var next = new ArrayDeque<JavaMethod>();
        before.put(first, null);
        next.add(first);
        while (!next.isEmpty()) {
            var method = next.poll();
            if (isSlow(method)) {
                return List.of(way(method, before));
            }
            called(method).filter(target -> !before.containsKey(target)).forEach(target -> {
                before.put(target, method);
                next.add(target);
            });
        }
        return List.of();
    }

    private static String way(JavaMethod last, Map<JavaMethod, @Nullable JavaMethod> before) {
        var all = new ArrayList<String>();
        for (var method = last; method != null; method = before.get(method)) {
            all.add(0, method.getOwner().getSimpleName() + "." + method.getName());
        }
        return String.join(" > ", all);
    }

    /** Returns the possible targets of a call, including all overriding methods. */
    private static Stream<JavaMethod> called(JavaMethod method) {
        if (method.getOwner().getName().equals(SANDBOX)) {
            return Stream.empty();
        }
        return method.getMethodCallsFromSelf().stream()
                .flatMap(call -> call.getTarget().resolveMember().stream())
                .filter(target -> target.getOwner().getPackageName().startsWith("io.tenantry"))
                .flatMap(target -> Stream.concat(
                        Stream.of(target),
                        target.getModifiers().contains(JavaModifier.STATIC)
                                ? Stream.empty()
                                : target.getOwner().getAllSubclasses().stream()
                                        .flatMap(sub -> overriding(sub, target))));
    }

    private static Stream<JavaMethod> overriding(JavaClass sub, JavaMethod target) {
        return sub
                .tryGetMethod(
                        target.getName(),
                        target.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toArray(String[]::new))
                .stream();
    }

    private static boolean isSlow(JavaMethod method) {
        return SLOW.getOrDefault(method.getOwner().getName(), Set.of()).contains(method.getName());
    }

    private static boolean hasTransaction(JavaMethod method) {
        if (!method.getModifiers().contains(JavaModifier.PUBLIC)) {
            return false;
        }
        var owner = method.getOwner();
        if (method.isAnnotatedWith(Transactional.class) || owner.isAnnotatedWith(Transactional.class)) {
            return true;
        }
        if (!owner.isAnnotatedWith(Stateless.class) && !owner.isAnnotatedWith(Singleton.class)) {
            return false;
        }
        var attribute = method.tryGetAnnotationOfType(TransactionAttribute.class)
                .or(() -> owner.tryGetAnnotationOfType(TransactionAttribute.class))
                .map(TransactionAttribute::value)
                .orElse(TransactionAttributeType.REQUIRED);
        return Set.of(
                        TransactionAttributeType.REQUIRED,
                        TransactionAttributeType.REQUIRES_NEW,
                        TransactionAttributeType.MANDATORY)
                .contains(attribute);
    }
}
