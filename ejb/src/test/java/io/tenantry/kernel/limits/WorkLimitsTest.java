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

    private final WorkLimits limits = limits("1000");

    @Test
    void aResellerHasSomeAtOnceAndAPersonFewerOfThem() {
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
                .as("a permit is given back once")
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void bankFilesOfFewResellersAreReadAtOnceOnANode() {
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
    void kindsOfWorkAreCountedEachForItself() {
        limits.waitMax = Duration.ZERO;
        in(AURORA, ADA, () -> limits.take(HeavyWork.PICTURE));
        assertThatThrownBy(() -> in(AURORA, BEN, () -> limits.take(HeavyWork.PICTURE)))
                .isInstanceOf(LimitExceededException.class);
        in(AURORA, ADA, () -> limits.take(HeavyWork.PRICE_CALCULATION));
    }

    @Test
    void aResellerHasSomeAMinute() {
        var few = limits("3");
        for (int i = 0; i < 3; i++) {
            assertThat(in(AURORA, ADA, () -> few.within(HeavyWork.EXPORT, () -> "file")))
                    .isEqualTo("file");
        }
        assertThatThrownBy(() -> in(AURORA, BEN, () -> few.within(HeavyWork.EXPORT, () -> "file")))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        refused -> assertThat(refused.retryAfterSeconds()).isBetween(1L, 20L));
        assertThat(in(BOREALIS, ADA, () -> few.within(HeavyWork.EXPORT, () -> "file")))
                .isEqualTo("file");
    }

    @Test
    void whatFailsGivesItsPermitBack() {
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
    void aRequestWaitsForItsTurnAndNeverMoreRunThanMay() throws Exception {
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
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.STAFF, person, "Sam"))) {
            return Tenancy.in(scope, work::get);
        }
    }

    private static WorkLimits limits(String perMinute) {
        var limits = new WorkLimits();
        var names = List.of("documents", "exports", "pictures", "price-calculations");
        var settings = new HashMap<String, String>();
        names.forEach(name -> settings.put("tenantry.limit." + name, perMinute));
        limits.settings = new Settings(Map.copyOf(settings)::get, name -> null);
        return limits;
    }
}
