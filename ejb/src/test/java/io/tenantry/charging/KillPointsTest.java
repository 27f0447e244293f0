package io.tenantry.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Killer.Killed;
import io.tenantry.charging.Killer.Victim;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An hour passes, a worker charges it and is killed at one step, before or after; half of the time another worker is at it too. Then somebody
 * finishes. Every hour of every service is paid for once, whatever died and wherever.
 *
 * <p>{@code -Dtenantry.kills=9000} and {@code -Dtenantry.kills.database=800} kill more often, {@code -Dtenantry.kills.seed=...} again in the same order.
 */
class KillPointsTest {
    private static final int KILLS = Integer.getInteger("tenantry.kills", 45);
    private static final int OF_THE_DATABASE = Integer.getInteger("tenantry.kills.database", 3);
    private static final long SEED = Long.getLong("tenantry.kills.seed", System.nanoTime());

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final BigDecimal MONTHLY = new BigDecimal("7.30");
    private static final BigDecimal HOURLY = new BigDecimal("0.01");
    private static final int WALLETS = 6;
    private static final int SERVICES = 2;
    private static final Duration DONE_ATMOST = Duration.ofSeconds(60);

    private static final String UNFINISHED =
            "select id from work.charging_run where state <> 'DONE' and tenant like 'killed-%'";

    /** Services that have not paid for each hour once, and wallets that hold something else than what is left. */
    private static final String WRONG = """
            (select s.id || ' has paid for ' || coalesce(sum(p.hours), 0) || ' hours'
               from ${schema}.service s
               left join ${schema}.rated_period p on p.service_id = s.id
              group by s.id
             having coalesce(sum(p.hours), 0) <> ${hours}
              union all
             select id || ' holds ' || balance from ${schema}.wallet where balance <> 1000 - ${spent})
            """;

    private static final List<Books> BOOKS = new ArrayList<>();
    private static final Random RANDOM = new Random(SEED);
    private static final ExecutorService OTHERS = Executors.newSingleThreadExecutor();

    private static List<TenantId> tenants = List.of();
    private static int hours = 1;

    private final Killer killer = new Killer();
    private final MortalRuns mortal = new MortalRuns(killer, tenants);
    private final MortalRuns helpful = new MortalRuns(new Killer(), tenants);

    @BeforeAll
    static void openBooks() {
        System.out.println("kills: seed " + SEED);
        for (var name : List.of("killed-one", "killed-two")) {
            var books = new Books(name, "USD", "UTC");
            books.clock.stopAt(BEGIN);
            var price = books.price(MONTHLY.toPlainString());
            for (var i = 0; i < WALLETS; i++) {
                var wallet = books.wallet("1000");
                for (var k = 0; k < SERVICES; k++) {
                    books.rent(wallet, price, BEGIN);
                }
            }
            BOOKS.add(books);
        }
        tenants = BOOKS.stream().map(books -> books.tenant).toList();
    }

    @AfterAll
    static void nobodyWorks() {
        OTHERS.shutdownNow();
        for (var tenant : tenants) {
            Database.asOwner(
                    "delete from work.charging_slice s using work.charging_run r where r.id = s.run_id and r.tenant = '"
                            + tenant.value() + "'");
            Database.asOwner("delete from work.charging_run where tenant = '" + tenant.value() + "'");
        }
    }

    @AfterEach
    void theAuditorFindsNothing() {
        mortal.close();
        helpful.close();
        for (var books : BOOKS) {
            assertThat(books.faults()).isEmpty();
            assertThat(Rig.found(books.tenant)).isEmpty();
        }
    }

    @Test
    void aDeathAtAnyStepCostsNobodyAnHour() throws InterruptedException {
        kill(List.of(Victim.WORKER, Victim.SESSION, Victim.LINE), KILLS);
    }

    @Test
    void aDeathOfTheDatabaseAtAnyStepCostsNobodyAnHour() throws InterruptedException {
        kill(List.of(Victim.DATABASE), OF_THE_DATABASE);
    }

    /** Goes round the moments of an hour until so many have died. */
    private void kill(List<Victim> victims, int times) throws InterruptedException {
        var moments = momentsOfAnHour();
        var began = System.nanoTime();
        for (var round = 0; killer.count() < times; round++) {
            anHourWith(Killer.inTurn(victims, moments, round), RANDOM.nextBoolean());
        }
        tell(victims, Duration.ofNanos(System.nanoTime() - began));
        assertThat(killer.kills()).hasSizeGreaterThan(Math.min(times / 5, 20));
    }

    /** All moments of an hour that nobody disturbs, in an order of chance. */
    private List<Integer> momentsOfAnHour() throws InterruptedException {
        anHourWith(new Killer.Order(Victim.WORKER, Integer.MAX_VALUE), false);
        var all = new ArrayList<>(IntStream.range(0, killer.seen()).boxed().toList());
        assertThat(all).hasSizeGreaterThan(50);
        Collections.shuffle(all, RANDOM);
        return all;
    }

    private void anHourWith(Killer.Order order, boolean another) throws InterruptedException {
        hours++;
        var until = BEGIN.plus(Duration.ofHours(hours));
        Future<?> other = another ? OTHERS.submit(() -> finish(until)) : null;
        killer.take(order);
        try {
            mortal.open(until);
            new ChargingWorker(mortal, parked -> {}).work(() -> true);
        } catch (Killed | RuntimeException dead) {
            // As was meant: who finishes is somebody else.
        } finally {
            killer.retire();
        }
        if (other != null) {
            try {
                other.get();
            } catch (ExecutionException failure) {
                throw new AssertionError("the other worker, at " + order, failure);
            }
        }
        finish(until);
        everyHourIsPaidForOnce(order);
    }

    /** Somebody comes, opens what is not open, and works until all is done; what was parked an operator lets go at once. */
    private void finish(Instant until) {
        var end = System.nanoTime() + DONE_ATMOST.toNanos();
        while (System.nanoTime() < end) {
            try {
                helpful.open(until);
                new ChargingWorker(helpful, parked -> {}).work(() -> true);
                var unfinished = Database.texts(UNFINISHED);
                if (unfinished.isEmpty()) {
                    return;
                }
                unfinished.forEach(run -> helpful.retry(Long.parseLong(run)));
            } catch (RuntimeException databaseIsAway) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("not done after " + DONE_ATMOST);
    }

    private static void everyHourIsPaidForOnce(Killer.Order order) {
        assertThat(Database.texts(tenants.stream()
                        .map(tenant -> WRONG.replace("${schema}", tenant.schema())
                                .replace("${hours}", String.valueOf(hours))
                                .replace("${spent}", spent().toPlainString()))
                        .collect(Collectors.joining(" union all "))))
                .as("what is wrong after %d hours and %s", hours, order)
                .isEmpty();
    }

    /** What a wallet has paid: a cent an hour for each service, and no more than 7.30 in a month. */
    private static BigDecimal spent() {
        var end = BEGIN.plus(Duration.ofHours(hours)).atOffset(ZoneOffset.UTC);
        var perService = BigDecimal.ZERO;
        for (var month = BEGIN.atOffset(ZoneOffset.UTC); month.isBefore(end); month = month.plusMonths(1)) {
            var next = month.plusMonths(1);
            var started =
                    Duration.between(month, next.isBefore(end) ? next : end).toHours();
            perService =
                    perService.add(HOURLY.multiply(BigDecimal.valueOf(started)).min(MONTHLY));
        }
        return perService.multiply(BigDecimal.valueOf(SERVICES));
    }

    private void tell(List<Victim> victims, Duration took) {
        System.out.printf(
                "kills: %d of %s at %d named moments, at each at least %d, in %d s; %d hours of %d services, each paid for once%n",
                killer.count(),
                victims,
                killer.kills().size(),
                Collections.min(killer.kills().values()),
                took.toSeconds(),
                hours,
                WALLETS * SERVICES * tenants.size());
    }
}
