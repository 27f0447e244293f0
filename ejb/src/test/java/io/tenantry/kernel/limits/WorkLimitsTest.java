package io.tenantry.kernel.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WorkLimitsTest {
    private static final Scope AURORA = Scope.of(new TenantId("aurora"));
    private static final Scope BOREALIS = Scope.of(new TenantId("borealis"));
    private static final UUID ADA = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID BEN = UUID.fromString("00000000-0000-7000-8000-00000000000b");
    private static final UUID CAT = UUID.fromString("00000000-0000-7000-8000-00000000000c");

    private static final UUID DAN = UUID.fromString("00000000-0000-7000-8000-00000000000d");
    private static final UUID ORANGE = UUID.fromString("00000000-0000-7000-8000-0000000000f1");
    private static final UUID PLUM = UUID.fromString("00000000-0000-7000-8000-0000000000f2");

    private final Map<UUID, UUID> organizations = new HashMap<>();
    private final WorkLimits limits = limits("1000");

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void limitsConcurrentWorkPerResellerAndPerson() {
        limits.waitMax = Duration.ZERO;
        take(AURORA, ADA);
        take(AURORA, ADA);
        assertThatThrownBy(() -> take(AURORA, ADA))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(1));
        take(AURORA, BEN);
        var last = take(AURORA, BEN);
        assertThatThrownBy(() -> take(AURORA, CAT)).isInstanceOf(LimitExceededException.class);
        take(BOREALIS, ADA);
        take(Scope.PLATFORM, ADA);
        last.close();
        last.close();
        take(AURORA, CAT);
        assertThatThrownBy(() -> take(AURORA, BEN))
                .as("a permit is returned only once")
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void countsKindsOfWorkSeparately() {
        limits.waitMax = Duration.ZERO;
        in(AURORA, ADA, () -> limits.take(HeavyWork.PICTURE));
        assertThatThrownBy(() -> in(AURORA, BEN, () -> limits.take(HeavyWork.PICTURE)))
                .isInstanceOf(LimitExceededException.class);
        in(AURORA, ADA, () -> limits.take(HeavyWork.PRICE_CALCULATION));
    }

    @Test
    void limitsStaffPerMinuteAndEachPersonToHalf() {
        var few = limits("4");
        assertExports(few, AURORA, staff(ADA), 2);
        assertRefused(few, AURORA, staff(ADA), 30);
        assertExports(few, AURORA, staff(BEN), 2);
        assertRefused(few, AURORA, staff(CAT), 15);
        assertExports(few, BOREALIS, staff(ADA), 2);
    }

    @Test
    void limitsCustomersToTheirShare() {
        var few = limits("16");
        organizations.put(ADA, ORANGE);
        organizations.put(BEN, ORANGE);
        organizations.put(CAT, PLUM);
        assertExports(few, AURORA, member(ADA), 2);
        assertRefused(few, AURORA, member(ADA), 30);
        assertExports(few, AURORA, member(BEN), 2);
        organizations.put(DAN, ORANGE);
        assertRefused(few, AURORA, member(DAN), 15);
        assertExports(few, AURORA, member(CAT), 2);
        for (int i = 0; i < 40; i++) {
            var other = UUID.randomUUID();
            organizations.put(other, UUID.randomUUID());
            exportOrBeRefused(few, AURORA, member(other));
        }
        assertRefused(few, AURORA, member(UUID.randomUUID()), 4);
        assertExports(few, AURORA, staff(ADA), 8);
        assertExports(few, AURORA, staff(BEN), 8);
    }

    @Test
    void doesNotChargePersonsForRefusalsOfTheOrganization() {
        var few = limits("16");
        organizations.put(ADA, ORANGE);
        organizations.put(BEN, ORANGE);
        organizations.put(CAT, ORANGE);
        assertExports(few, AURORA, member(ADA), 2);
        assertExports(few, AURORA, member(BEN), 2);
        for (int i = 0; i < 10; i++) {
            assertRefused(few, AURORA, member(CAT), 15);
        }
        organizations.put(CAT, PLUM);
        assertExports(few, AURORA, member(CAT), 2);
    }

    @Test
    void doesNotCountRefusedWork() {
        var few = limits("8");
        organizations.put(ADA, ORANGE);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> as(
                            AURORA,
                            member(ADA),
                            () -> few.within(HeavyWork.EXPORT, () -> {
                                throw new Refusal();
                            })))
                    .isInstanceOf(Refusal.class);
            as(AURORA, member(ADA), () -> {
                try (var permit = few.take(HeavyWork.EXPORT)) {
                    permit.refused();
                    permit.refused();
                }
                return true;
            });
        }
        assertExports(few, AURORA, member(ADA), 1);
        assertRefused(few, AURORA, member(ADA), 60);
    }

    @Test
    void doesNotCountWorkThatTimedOutWaiting() {
        var few = limits("8");
        few.waitMax = Duration.ZERO;
        var held = as(AURORA, staff(ADA), () -> few.take(HeavyWork.PICTURE));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> as(AURORA, staff(BEN), () -> few.take(HeavyWork.PICTURE)))
                    .isInstanceOfSatisfying(
                            LimitExceededException.class,
                            refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(1));
        }
        held.close();
        as(AURORA, staff(BEN), () -> few.take(HeavyWork.PICTURE)).close();
    }

    @Test
    void reservesPlacesForStaffAndOtherOrganizations() {
        limits.waitMax = Duration.ZERO;
        organizations.put(ADA, ORANGE);
        organizations.put(BEN, ORANGE);
        organizations.put(CAT, PLUM);
        organizations.put(DAN, UUID.randomUUID());
        as(AURORA, member(ADA), () -> limits.take(HeavyWork.EXPORT));
        as(AURORA, member(BEN), () -> limits.take(HeavyWork.EXPORT));
        assertThatThrownBy(() -> as(AURORA, member(BEN), () -> limits.take(HeavyWork.EXPORT)))
                .as("the limit of an organization equals that of a person")
                .isInstanceOf(LimitExceededException.class);
        as(AURORA, member(CAT), () -> limits.take(HeavyWork.EXPORT));
        assertThatThrownBy(() -> as(AURORA, member(DAN), () -> limits.take(HeavyWork.EXPORT)))
                .isInstanceOf(LimitExceededException.class);
        as(AURORA, staff(ADA), () -> limits.take(HeavyWork.EXPORT));
    }

    @Test
    void releasesThePermitOfFailedWork() {
        limits.waitMax = Duration.ZERO;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> in(
                            AURORA,
                            ADA,
                            () -> limits.within(HeavyWork.PICTURE, () -> {
                                throw new IllegalArgumentException("no picture");
                            })))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void limitsBankStatementsPerNode() {
        limits.waitMax = Duration.ZERO;
        var first = in(AURORA, ADA, () -> limits.take(HeavyWork.BANK_STATEMENT));
        var second = in(BOREALIS, ADA, () -> limits.take(HeavyWork.BANK_STATEMENT));
        assertThatThrownBy(() -> in(Scope.PLATFORM, ADA, () -> limits.take(HeavyWork.BANK_STATEMENT)))
                .isInstanceOf(LimitExceededException.class);
        first.close();
        in(Scope.PLATFORM, ADA, () -> limits.take(HeavyWork.BANK_STATEMENT)).close();
        second.close();
    }

    @Test
    void queuesRequestsWithoutExceedingTheLimit() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        limits.waitMax = Duration.ofSeconds(60);
        var threads = Executors.newCachedThreadPool();
        try {
            var all = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> in(
                        AURORA,
                        UUID.randomUUID(),
                        () -> limits.within(HeavyWork.EXPORT, () -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            pause();
                            running.decrementAndGet();
                            return true;
                        }))));
            }
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, HeavyWork.EXPORT.atOnce());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private WorkLimits.Permit take(Scope scope, UUID person) {
        return in(scope, person, () -> limits.take(HeavyWork.DOCUMENT));
    }

    private static <T> T in(Scope scope, UUID person, Supplier<T> work) {
        return as(scope, staff(person), work);
    }

    private static <T> T as(Scope scope, Actor actor, Supplier<T> work) {
        try (var acting = Actors.enter(actor)) {
            return Tenancy.in(scope, work::get);
        }
    }

    private static Actor staff(UUID person) {
        return new Actor(Actor.Kind.STAFF, person, "Sam");
    }

    private static Actor member(UUID person) {
        return new Actor(Actor.Kind.MEMBER, person, "Mia");
    }

    private static void assertExports(WorkLimits limits, Scope scope, Actor actor, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(as(scope, actor, () -> limits.within(HeavyWork.EXPORT, () -> "file")))
                    .isEqualTo("file");
        }
    }

    private static void assertRefused(WorkLimits limits, Scope scope, Actor actor, long secondsMax) {
        assertThatThrownBy(() -> as(scope, actor, () -> limits.within(HeavyWork.EXPORT, () -> "file")))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        refused -> assertThat(refused.retryAfterSeconds()).isBetween(1L, secondsMax));
    }

    private static void exportOrBeRefused(WorkLimits limits, Scope scope, Actor actor) {
        try {
            as(scope, actor, () -> limits.within(HeavyWork.EXPORT, () -> "file"));
        } catch (LimitExceededException usedUp) {
            assertThat(usedUp.work()).isEqualTo(HeavyWork.EXPORT);
        }
    }

    private WorkLimits limits(String perMinute) {
        var limits = new WorkLimits();
        limits.customers = new Customers() {
            @Override
            public Optional<UUID> organization() {
                return Actors.current().map(Actor::personId).map(organizations::get);
            }

            @Override
            public boolean isRefusal(RuntimeException failure) {
                return failure instanceof Refusal;
            }
        };
        var names = List.of("documents", "exports", "pictures", "price-calculations");
        var settings = new HashMap<String, String>();
        names.forEach(name -> settings.put("tenantry.limit." + name, perMinute));
        limits.settings = new Settings(Map.copyOf(settings)::get, name -> null);
        return limits;
    }
}
